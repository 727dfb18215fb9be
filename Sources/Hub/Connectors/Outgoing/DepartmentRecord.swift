import DataFiles
import Domain
import Foundation

/// The fields of one message under the names its receiver has for them, as JSON or as a file.
///
/// Written from what the outbox row holds and nothing else, so every attempt sends the same bytes.
struct DepartmentRecord: Sendable {
    /// One value.
    enum Value: Sendable, Encodable {
        case text(String)
        /// Degrees, and how they are written in a cell.
        case degrees(Double, String)
        case list([String])
        case answers([String: [String]])
        case none

        /// As one cell of a table.
        var cell: String {
            switch self {
            case .text(let text): text
            case .degrees(_, let written): written
            case .list(let texts): texts.joined(separator: " ")
            case .answers(let answers):
                answers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: "|"))" }
                    .joined(separator: "; ")
            case .none: ""
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .degrees(let number, _): try container.encode(number)
            case .list(let texts): try container.encode(texts)
            case .answers(let answers): try container.encode(answers)
            case .none: try container.encodeNil()
            }
        }
    }

    /// Names and values in the order of the target's file.
    let fields: [(name: String, value: Value)]

    private let word: String
    private let happenedAt: Date

    init(
        _ message: DepartmentMessage,
        delivery: UUID,
        target: ForwardingTarget,
        serviceName: String,
        replyTo: String?
    ) {
        let request = message.request
        let answers = target.receivesStaffOnly ? request.answers : request.publicAnswers(of: nil)
        func text(_ text: String?) -> Value { text.map { $0.isEmpty ? .none : .text($0) } ?? .none }
        func instant(_ date: Date?) -> Value { date.map { .text($0.formatted(.iso8601)) } ?? .none }
        func value(_ field: ConnectorField) -> Value {
            switch field {
            case .reference: .text(request.reference.rawValue)
            case .delivery: .text(delivery.uuidString.lowercased())
            case .event: .text(message.word)
            case .happenedAt: instant(message.happenedAt)
            case .serviceCode: .text(target.serviceCodes[request.serviceCode] ?? request.serviceCode.rawValue)
            case .serviceName: text(serviceName)
            case .status: .text(request.status.rawValue)
            case .step: .text(request.step.rawValue)
            case .outcome: text(request.outcome?.rawValue)
            case .priority: .text(request.priority.rawValue)
            case .department: text(request.department)
            case .description: .text(request.description)
            case .text: text(message.event?.description?[request.language])
            case .address: text(request.address)
            case .latitude: request.coordinate.map { .degrees($0.latitude, $0.latitudeText) } ?? .none
            case .longitude: request.coordinate.map { .degrees($0.longitude, $0.longitudeText) } ?? .none
            case .answers: .answers(answers.values)
            case .mediaURLs: .list(request.mediaURLs)
            case .requestedAt: instant(request.requestedAt)
            case .completeDue: instant(request.completeDue)
            case .replyTo: text(replyTo)
            }
        }
        let named = target.terms.fields
        fields =
            named.isEmpty
            ? ConnectorField.allCases.map { ($0.rawValue, value($0)) } : named.map { ($0.name, value($0.field)) }
        word = message.word
        happenedAt = message.happenedAt
    }

    /// The body of a webhook: `{"type": "service_request.created", "timestamp": …, "data": {…}}`.
    func webhookBody() throws -> [UInt8] {
        struct Envelope: Encodable {
            let type: String
            let timestamp: String
            let data: [String: Value]
        }
        return try Self.json(
            Envelope(
                type: word == "request" ? "service_request.created" : "service_request.\(word)",
                timestamp: happenedAt.formatted(.iso8601),
                data: Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
            )
        )
    }

    /// One file: a header and a row, or one line of JSON.
    func file(_ format: ConnectorTerms.FileFormat) throws -> [UInt8] {
        switch format {
        case .csv:
            let rows = [fields.map(\.name), fields.map(\.value.cell)]
            return Array(rows.map { CSVCell.row($0) }.joined().utf8)
        case .jsonLines:
            return try Self.json(Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }) + [10]
        }
    }

    private static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
