internal import Domain
internal import Foundation
public import Hub

/// Text messages of the hub through a gateway over HTTP.
///
/// The neutral form takes an idempotency key, so a message may be sent again when nobody knows whether it arrived. Twilio's takes none:
/// such a message is sent at most once, and an operator decides.
public struct SMSGateway: Sendable {
    private let settings: SMSSettings
    private let http: OutboundHTTP

    /// A gateway.
    public init(_ settings: SMSSettings, http: OutboundHTTP) {
        self.settings = settings
        self.http = http
    }

    /// What the hub calls.
    public func send(_ message: OutgoingText) async -> MessageOutcome {
        if settings.kind == .twilio, message.isDoubtful {
            return .refused(
                "it may have been sent before, and the gateway cannot be asked; an operator decides",
                addressIsGone: false
            )
        }
        do throws(AddressPolicy.Refusal) {
            let request = try settings.kind == .twilio ? twilio(message) : neutral(message)
            do throws(OutboundFault) {
                return outcome(try await http.send(request))
            } catch {
                switch error {
                case .refused(let refusal): return .notNow(refusal.description, retryAfter: 3600)
                case .notSent(let reason): return .notNow(reason)
                case .uncertain(let reason):
                    return settings.kind == .twilio
                        ? .refused("\(reason); it may have arrived, an operator decides", addressIsGone: false)
                        : .uncertain(reason)
                }
            }
        } catch {
            return .notNow(error.description, retryAfter: 3600)
        }
    }

    /// `{"id", "from", "to", "text", "language"}` with the delivery key as idempotency key.
    private func neutral(_ message: OutgoingText) throws(AddressPolicy.Refusal) -> OutboundRequest {
        let key = message.deliveryKey.uuidString.lowercased()
        let fields = [
            "id": key, "from": settings.from, "to": message.to, "text": message.text,
            "language": message.language.rawValue,
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return OutboundRequest(
            .post,
            try http.policy.check(settings.url),
            headers: [
                OutboundRequest.Header("Content-Type", "application/json"),
                OutboundRequest.Header("Accept", "application/json"),
                OutboundRequest.Header("Authorization", "Bearer \(settings.secret)"),
                OutboundRequest.Header("Idempotency-Key", key),
            ],
            // A dictionary of texts is always JSON.
            body: (try? encoder.encode(fields)).map { Array($0) } ?? [],
            largestAnswer: 64 << 10
        )
    }

    private func twilio(_ message: OutgoingText) throws(AddressPolicy.Refusal) -> OutboundRequest {
        let root = settings.url.hasSuffix("/") ? String(settings.url.dropLast()) : settings.url
        let url = "\(root)/2010-04-01/Accounts/\(settings.account)/Messages.json"
        let credentials = Data("\(settings.account):\(settings.secret)".utf8).base64EncodedString()
        let form = [("To", message.to), ("From", settings.from), ("Body", message.text)]
            .map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        return OutboundRequest(
            .post,
            try http.policy.check(url),
            headers: [
                OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded"),
                OutboundRequest.Header("Accept", "application/json"),
                OutboundRequest.Header("Authorization", "Basic \(credentials)"),
            ],
            body: Array(form.utf8),
            largestAnswer: 64 << 10
        )
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~".utf8.contains(byte)
            if isPlain {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return out
    }

    private struct Answer: Decodable {
        let sid: String?
        let id: String?
        let code: Int?
        let message: String?
    }

    private func outcome(_ answer: OutboundAnswer) -> MessageOutcome {
        let said = try? JSONDecoder().decode(Answer.self, from: Data(answer.body))
        let words = "status \(answer.status)\(said?.message.map { ": \($0.prefix(200))" } ?? "")"
        switch answer.status {
        case 200...299: return .sent(said?.sid ?? said?.id ?? "status \(answer.status)")
        case 408, 425, 429, 503: return .notNow(words, retryAfter: answer.retryAfter)
        case 401, 403: return .notNow("the gateway refused the login: \(words)", retryAfter: 1800)
        case 410: return .stopped(words)
        case 400...499:
            // Twilio: 21610 the person said STOP; 21211, 21614 no number that takes text messages.
            if said?.code == 21610 { return .stopped(words) }
            return .refused(words, addressIsGone: [21211, 21614].contains(said?.code ?? 0))
        default:
            return settings.kind == .twilio
                ? .refused("\(words); it may have been sent, an operator decides", addressIsGone: false)
                : .uncertain(words)
        }
    }
}
