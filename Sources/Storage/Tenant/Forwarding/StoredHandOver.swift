public import Domain
public import Foundation
import Postgres

/// One offer of a request to another body, as one side of it keeps it: the same id at the sender (out) and the
/// receiver (in).
public struct StoredHandOver: Sendable, Hashable, Identifiable {
    /// Identity of the offer, chosen by the body that offers.
    public let id: UUID

    /// Which side of the offer this row is.
    public let direction: Direction

    /// The offer with its state; changed by its own functions, then saved.
    public var handOver: HandOver

    /// Words that came with the offer.
    public let message: String?

    /// The decision that led to the offer.
    public let decision: Decision?

    /// Sides of an offer.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// This tenant offers.
        case out
        /// This tenant is offered.
        case into = "in"
    }

    /// One side of an offer.
    public init(
        id: UUID,
        direction: Direction,
        handOver: HandOver,
        message: String? = nil,
        decision: Decision? = nil
    ) {
        self.id = id
        self.direction = direction
        self.handOver = handOver
        self.message = message
        self.decision = decision
    }
}

extension StoredHandOver {
    init(_ row: Row) throws {
        var offer = HandOver(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            origin: JurisdictionID(trusted: try row.decode("origin")),
            peer: try ReceivingBody(stored: try row.decode("peer")),
            offeredAt: try row.decode("offered_at"),
            answerDue: try row.decode("due_at"),
            earlierBounces: try row.decode("earlier_bounces")
        )
        if let instant = try row.decode("answered_at", as: Date?.self) {
            try offer.replay(
                state: try row.decode("state"),
                at: instant,
                reasonCode: try row.decode("reason_code"),
                reason: try row.decode("reason")
            )
        }
        self.init(
            id: try row.decode("hand_over_id"),
            direction: try row.word("direction"),
            handOver: offer,
            message: try row.decode("message"),
            decision: try row.jsonIfPresent("decision")?.decoded()
        )
    }
}

extension HandOver {
    /// The refusal, when that is how it stands.
    var refusal: Refusal? {
        if case .refused(let refusal, _) = state { refusal } else { nil }
    }

    /// When it was answered, ran out or was taken back; nil while open.
    var answeredAt: Date? {
        switch state {
        case .offered: nil
        case .accepted(let instant), .refused(_, let instant), .timedOut(let instant), .withdrawn(let instant): instant
        }
    }

    /// Walks an open offer to the state its row names.
    fileprivate mutating func replay(
        state: String,
        at instant: Date,
        reasonCode: String?,
        reason: String?
    ) throws {
        switch state {
        case "accepted": _ = try accept(at: instant)
        case "refused":
            let code = reasonCode.flatMap(Refusal.Code.init(rawValue:)) ?? .other
            _ = try refuse(try Refusal(code, text: reason ?? ""), at: instant)
        case "timed_out": _ = try timeOut(at: max(instant, answerDue))
        case "withdrawn": _ = try withdraw(at: instant)
        default: throw StorageError.unreadable(what: "hand-over state \(state)")
        }
    }
}

extension ReceivingBody {
    /// The form of a column: `tenant:lakeside`, `partner:hydro-one`.
    var stored: String {
        switch self {
        case .tenant(let id): "tenant:\(id)"
        case .partner(let id): "partner:\(id)"
        }
    }

    /// Reads the form of a column.
    init(stored text: String) throws(StorageError) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("tenant", 2): self = .tenant(JurisdictionID(trusted: parts[1]))
        case ("partner", 2): self = .partner(PartnerID(trusted: parts[1]))
        default: throw .unreadable(what: "body \(text)")
        }
    }
}
