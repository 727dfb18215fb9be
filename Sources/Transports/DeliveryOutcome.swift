public import Foundation

/// What became of one attempt to deliver something to a system outside: what the outbox writes down.
public enum DeliveryOutcome: Sendable, Hashable {
    /// It arrived and was taken.
    case sent(Receipt)

    /// It did not arrive, or was not taken this time. `after` is what the server asked for in seconds; nil leaves it to the usual backoff.
    case retry(after: TimeInterval?, reason: String)

    /// It will never be taken as it is; a person must look.
    case dead(reason: String)

    /// It left, and nobody knows whether it was taken: ask first, never just send again.
    case uncertain(reason: String)

    /// What the server gave for it.
    public struct Receipt: Sendable, Hashable, Codable {
        /// The server's own `service_request_id`; nil for batch and blackbox services.
        public let remoteID: String?

        /// Token of a batch service, to be exchanged for the id later.
        public let token: String?

        /// What the server wants the requester to know.
        public let notice: String?

        /// A receipt.
        public init(remoteID: String?, token: String? = nil, notice: String? = nil) {
            self.remoteID = remoteID
            self.token = token
            self.notice = notice
        }

        private enum CodingKeys: String, CodingKey {
            case remoteID = "remote_id"
            case token, notice
        }
    }
}

extension DeliveryOutcome {
    /// What an attempt without an answer means.
    init(_ fault: OutboundFault) {
        switch fault {
        case .uncertain(let reason): self = .uncertain(reason: reason)
        case .notSent(let reason): self = .retry(after: nil, reason: reason)
        // A name may point inside for a moment (split DNS, a wrong entry); its form will not mend itself.
        case .refused(.invalid), .refused(.notEncrypted), .refused(.port): self = .dead(reason: fault.description)
        case .refused: self = .retry(after: 3600, reason: fault.description)
        }
    }

    /// What a status that is no success means for something that was sent.
    ///
    /// - 4xx is final, but for 408, 409, 425 and 429, which ask for another try.
    /// - 503 says that nothing was taken. Any other 5xx may come from a gateway in front of a server that has taken it, or from a server that
    ///   failed after taking it: unless an errors body says plainly that it was refused, that is uncertain.
    /// - 3xx is not followed. After 302 and 303 the thing may have been taken; the others say that it was not.
    init(status: Int, retryAfter: TimeInterval?, isPlainRefusal: Bool, words: String) {
        let reason = "status \(status): \(words)"
        switch status {
        case 408, 409, 425, 429, 503: self = .retry(after: retryAfter, reason: reason)
        case 400...499: self = .dead(reason: reason)
        case 302, 303: self = .uncertain(reason: reason)
        case 300...399: self = .retry(after: retryAfter, reason: reason)
        case 500...599 where isPlainRefusal: self = .retry(after: retryAfter, reason: reason)
        default: self = .uncertain(reason: reason)
        }
    }
}
