import Domain
import Foundation

/// Reads the body of a call: one message, or a list of them under `updates`, or one in the envelope of Standard Webhooks under `data`.
struct ReadConnectorJSON {
    /// Most messages in one call.
    static let mostWords = 500

    /// What is wrong with a body, for whoever sent it.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    let names: [String: String]

    /// The messages; none of them is believed yet.
    func callAsFunction(_ body: [UInt8]) throws(Malformed) -> [ConnectorWord] {
        let entries: [[String: Loose]]
        do {
            let envelope = try JSONDecoder().decode(Envelope.self, from: Data(body))
            if let updates = envelope.updates {
                entries = updates
            } else if let data = envelope.data {
                entries = [data]
            } else {
                entries = [try JSONDecoder().decode([String: Loose].self, from: Data(body))]
            }
        } catch {
            throw Malformed(description: "the body must be a JSON object, or {\"updates\": [ {…}, … ]}")
        }
        guard (1...Self.mostWords).contains(entries.count) else {
            throw Malformed(description: "a call holds 1 to \(Self.mostWords) updates, not \(entries.count)")
        }
        return entries.map { ConnectorWord($0.mapValues(\.text), names: names) }
    }

    private struct Envelope: Decodable {
        var updates: [[String: Loose]]?
        var data: [String: Loose]?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            if container.contains(.updates) {
                updates = try container.decode([[String: Loose]].self, forKey: .updates)
            }
            data = try? container.decode([String: Loose].self, forKey: .data)
        }

        private enum CodingKeys: String, CodingKey { case updates, data }
    }

    /// A text, number or truth value as text; what is deeper counts as there, without its content.
    private struct Loose: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(String.self) {
                text = value
            } else if let value = try? container.decode(Int.self) {
                text = String(value)
            } else if let value = try? container.decode(Double.self) {
                text = String(value)
            } else if let value = try? container.decode(Bool.self) {
                text = String(value)
            } else {
                text = container.decodeNil() ? "" : "(nested)"
            }
        }
    }
}
