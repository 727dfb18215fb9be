internal import Foundation
internal import Hub

/// Posts a signed call to a department's own system.
///
/// The receiver knows a repetition by `webhook-id`, so whatever stays unknown is posted again under the same id. Only an answer that a
/// receiver of calls would give counts as one: a page of HTML with status 200 is somebody else's.
struct WebhookCaller: Sendable {
    let http: OutboundHTTP

    /// Longest time for one call in seconds, whatever a file says; it fits into a lease.
    static let longestSeconds = 15
    /// Most bytes of an answer that are read.
    static let largestAnswer = 65_536

    func callAsFunction(_ call: OutsideCall) async -> OutsideOutcome {
        let answer: OutboundAnswer
        do throws(OutboundFault) {
            let address: OutboundAddress
            do throws(AddressPolicy.Refusal) { address = try http.policy.check(call.url) } catch {
                return .refused(error.description)
            }
            answer = try await http.send(
                OutboundRequest(
                    .post,
                    address,
                    headers: call.headers.map { OutboundRequest.Header($0.name, $0.value) },
                    body: call.body,
                    largestAnswer: Self.largestAnswer,
                    timeLimit: .seconds(min(max(call.seconds, 1), Self.longestSeconds))
                )
            )
        } catch { return OutsideOutcome(DeliveryOutcome(error)) }
        guard answer.isSuccess else {
            return OutsideOutcome(
                DeliveryOutcome(
                    status: answer.status,
                    retryAfter: answer.retryAfter,
                    isPlainRefusal: false,
                    words: "from the receiver"
                )
            )
        }
        if let cutShort = answer.cutShort { return .uncertain(cutShort) }
        let type = answer.contentType?.lowercased() ?? ""
        if type.contains("html") { return .uncertain("a page of HTML instead of a receipt") }
        return .taken(remoteID: Self.id(in: answer.body), token: nil)
    }

    /// The receiver's own id where it gives one: `{"id": "…"}`.
    private static func id(in body: [UInt8]) -> String? {
        struct Receipt: Decodable {
            let id: String?
        }
        let id = (try? JSONDecoder().decode(Receipt.self, from: Data(body)))?.id
        return id.flatMap { (1...200).contains($0.utf8.count) ? $0 : nil }
    }
}

extension OutsideOutcome {
    /// The outcome as the hub writes it down.
    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .sent(let receipt): self = .taken(remoteID: receipt.remoteID, token: receipt.token)
        case .retry(let after, let reason): self = .notArrived(reason, retryAfter: after, asked: false)
        case .dead(let reason): self = .refused(reason)
        case .uncertain(let reason): self = .uncertain(reason)
        }
    }
}
