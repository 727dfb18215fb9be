internal import Domain
public import Foundation
public import Open311

/// Speaks GeoReport v2 to one server outside: sends requests, exchanges tokens, follows what becomes of them.
///
/// Whatever the server answers is bounded, read as data and nothing else; a hostile answer is a typed error.
public struct Open311Client: Sendable {
    /// The server.
    public let endpoint: Open311Endpoint

    private let http: OutboundHTTP

    /// Why a question was not answered.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// No answer came.
        case unreachable(OutboundFault)
        /// The server answered with a status that is no success.
        case status(Int, words: String, retryAfter: TimeInterval?)
        /// The answer could not be understood, was too large or broke off.
        case unreadable(String)

        /// The reason, for an operator.
        public var description: String {
            switch self {
            case .unreachable(let fault): fault.description
            case .status(let status, let words, _): "status \(status): \(words)"
            case .unreadable(let reason): reason
            }
        }
    }

    /// A client for one server.
    public init(endpoint: Open311Endpoint, http: OutboundHTTP) {
        self.endpoint = endpoint
        self.http = http
    }

    /// Sends a request; the outcome says what the outbox writes down.
    ///
    /// A page of HTML with status 200 counts as uncertain: something answered, but no receipt came.
    public func submit(_ request: OutgoingRequest) async -> DeliveryOutcome {
        let answer: OutboundAnswer
        do throws(OutboundFault) {
            answer = try await http.send(
                OutboundRequest(
                    .post,
                    endpoint.root.appending("requests.\(endpoint.format.rawValue)"),
                    headers: [
                        OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                        accept,
                    ],
                    body: FormBody.encoded(request.form(for: endpoint)),
                    timeLimit: endpoint.timeLimit
                )
            )
        } catch { return DeliveryOutcome(error) }
        guard answer.isSuccess else {
            let errors = try? OutsideAnswer(answer.body).postedRequest()
            let isRefusal = Self.hasErrors(answer.body) && errors == nil
            return DeliveryOutcome(
                status: answer.status,
                retryAfter: answer.retryAfter,
                isPlainRefusal: isRefusal,
                words: Self.words(of: answer)
            )
        }
        if let cutShort = answer.cutShort { return .uncertain(reason: cutShort) }
        do throws(OutsideAnswer.Fault) {
            let posted = try OutsideAnswer(answer.body).postedRequest()
            return switch posted.receipt {
            case .id(let id): .sent(DeliveryOutcome.Receipt(remoteID: id, notice: posted.serviceNotice))
            case .token(let token):
                .sent(DeliveryOutcome.Receipt(remoteID: nil, token: token, notice: posted.serviceNotice))
            case .nothing: .sent(DeliveryOutcome.Receipt(remoteID: nil, notice: posted.serviceNotice))
            }
        } catch {
            guard case .errors(let message) = error, let first = message.entries.first else {
                return .uncertain(reason: error.description)
            }
            // Some servers put their errors into a 200: the code inside is what they mean.
            guard (400...599).contains(first.code) || first.code >= 4000 else {
                return .uncertain(reason: error.description)
            }
            return DeliveryOutcome(
                status: first.code >= 4000 ? Int(String(first.code).prefix(3)) ?? 400 : first.code,
                retryAfter: answer.retryAfter,
                isPlainRefusal: true,
                words: error.description
            )
        }
    }

    /// The server's id for a token; nil while there is none.
    public func identifier(ofToken token: String) async throws(Fault) -> String? {
        let answer = try await ask("tokens/\(Self.escaped(token))")
        do throws(OutsideAnswer.Fault) {
            return try OutsideAnswer(answer.body).token(token).serviceRequestID
        } catch { throw .unreadable(error.description) }
    }

    /// One request as the server shows it; nil when it shows none.
    public func request(_ remoteID: String) async throws(Fault) -> ServiceRequestMessage? {
        do throws(Fault) {
            let answer = try await ask("requests/\(Self.escaped(remoteID))")
            do throws(OutsideAnswer.Fault) {
                return try OutsideAnswer(answer.body).requests().first { $0.serviceRequestID == remoteID }
            } catch { throw .unreadable(error.description) }
        } catch {
            if case .status(404, _, _) = error { return nil }
            throw error
        }
    }

    /// Updates between two instants, both inclusive, oldest first; a server without the extension answers 404.
    public func updates(from start: Date, to end: Date) async throws(Fault) -> [ServiceRequestUpdateMessage] {
        let answer = try await ask(
            "servicerequestupdates",
            [
                FormField("start_date", WireDateTime.text(start)),
                FormField("end_date", WireDateTime.text(end)),
            ]
        )
        do throws(OutsideAnswer.Fault) {
            return try OutsideAnswer(answer.body).updates().sorted {
                ($0.updatedAt ?? .distantPast, $0.updateID) < ($1.updatedAt ?? .distantPast, $1.updateID)
            }
        } catch { throw .unreadable(error.description) }
    }

    /// One page of the requests of a kind received between two instants, newest first.
    public func requests(
        of serviceCode: String?,
        from start: Date,
        to end: Date,
        page: Int = 1,
        pageSize: Int = 100
    ) async throws(Fault) -> [ServiceRequestMessage] {
        var fields = [
            FormField("start_date", WireDateTime.text(start)),
            FormField("end_date", WireDateTime.text(end)),
            FormField("page", String(page)),
            FormField("page_size", String(pageSize)),
        ]
        if let serviceCode { fields.append(FormField("service_code", serviceCode)) }
        let answer = try await ask("requests", fields)
        do throws(OutsideAnswer.Fault) {
            return try OutsideAnswer(answer.body).requests()
        } catch { throw .unreadable(error.description) }
    }

    /// Kinds of matter the server takes.
    public func services() async throws(Fault) -> [ServiceMessage] {
        let answer = try await ask("services")
        do throws(OutsideAnswer.Fault) {
            return try OutsideAnswer(answer.body).services()
        } catch { throw .unreadable(error.description) }
    }

    /// Questions the server asks for a kind of matter.
    public func definition(of serviceCode: String) async throws(Fault) -> ServiceDefinitionMessage {
        let answer = try await ask("services/\(Self.escaped(serviceCode))")
        do throws(OutsideAnswer.Fault) {
            return try OutsideAnswer(answer.body).definition(of: serviceCode)
        } catch { throw .unreadable(error.description) }
    }

    private var accept: OutboundRequest.Header {
        OutboundRequest.Header("Accept", endpoint.format == .xml ? "text/xml, application/xml" : "application/json")
    }

    /// Asks; a whole answer with a status of success, or a fault.
    private func ask(_ path: String, _ fields: [FormField] = []) async throws(Fault) -> OutboundAnswer {
        var query = fields
        if let id = endpoint.jurisdictionID { query.insert(FormField("jurisdiction_id", id), at: 0) }
        let address = endpoint.root.appending(
            "\(path).\(endpoint.format.rawValue)",
            query: String(decoding: FormBody.encoded(query), as: UTF8.self)
        )
        let answer: OutboundAnswer
        do throws(OutboundFault) {
            answer = try await http.send(
                OutboundRequest(.get, address, headers: [accept], timeLimit: endpoint.timeLimit)
            )
        } catch { throw .unreachable(error) }
        guard answer.isSuccess else {
            throw .status(answer.status, words: Self.words(of: answer), retryAfter: answer.retryAfter)
        }
        if let cutShort = answer.cutShort { throw .unreadable(cutShort) }
        return answer
    }

    private static func words(of answer: OutboundAnswer) -> String {
        ErrorsMessage(reading: answer.body, status: answer.status).entries.prefix(3)
            .map(\.description).joined(separator: "; ")
    }

    /// Whether a body is an errors body of GeoReport.
    private static func hasErrors(_ body: [UInt8]) -> Bool {
        do throws(OutsideAnswer.Fault) {
            _ = try OutsideAnswer(body).postedRequest()
            return false
        } catch {
            if case .errors = error { return true }
            return false
        }
    }

    /// A piece of a path: everything but letters, digits and a few marks becomes an escape.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F
            if isPlain {
                escaped.append(Character(UnicodeScalar(byte)))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return escaped
    }
}
