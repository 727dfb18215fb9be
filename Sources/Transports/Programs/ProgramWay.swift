internal import Crypto
public import Foundation
public import Hub

/// Messages to programs that asked for news: a POST of JSON, signed.
///
/// `Hub-Signature: t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "t.body">`, and `Hub-Delivery`, which stays the same on a repetition.
public struct ProgramWay: Sendable {
    private let http: OutboundHTTP
    private let now: @Sendable () -> Date

    /// A way out; `now` stamps the signature, so that a copy sent later by somebody else is refused.
    public init(http: OutboundHTTP, now: @escaping @Sendable () -> Date) {
        self.http = http
        self.now = now
    }

    /// What the hub calls.
    public func send(_ notice: OutgoingNotice) async -> MessageOutcome {
        do throws(AddressPolicy.Refusal) {
            let address = try http.policy.check(notice.url)
            let request = OutboundRequest(
                .post,
                address,
                headers: [
                    OutboundRequest.Header("Content-Type", "application/json"),
                    OutboundRequest.Header("Hub-Delivery", notice.deliveryKey.uuidString.lowercased()),
                    OutboundRequest.Header("Hub-Signature", Self.signature(notice.body, notice.secret, at: now())),
                ],
                body: notice.body,
                largestAnswer: 16 << 10
            )
            do throws(OutboundFault) {
                let answer = try await http.send(request)
                switch answer.status {
                case 200...299: return .sent("status \(answer.status)")
                case 410: return .refused("status 410: the program wants no more", addressIsGone: true)
                default: return .notNow("status \(answer.status)", retryAfter: answer.retryAfter)
                }
            } catch {
                if case .uncertain(let reason) = error { return .uncertain(reason) }
                return .notNow(error.description)
            }
        } catch {
            return .notNow(error.description, retryAfter: 3600)
        }
    }

    /// The signature header of a body at an instant.
    static func signature(_ body: [UInt8], _ secret: String, at instant: Date) -> String {
        let time = String(Int(instant.timeIntervalSince1970))
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(time).".utf8) + Data(body),
            using: SymmetricKey(data: Data(secret.utf8))
        )
        return "t=\(time),v1=\(code.map { String(format: "%02x", $0) }.joined())"
    }
}
