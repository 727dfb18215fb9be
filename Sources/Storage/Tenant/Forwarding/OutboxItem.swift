public import Foundation

/// Something that must leave this tenant: written in the transaction that caused it, sent later outside any
/// transaction.
///
/// Source: rules.md section 4.
///
/// ```
/// new ──claim──► leased ──► sent
///  ▲               │ ├────► dead          (refused for good, or given up)
///  │               │ ├────► failed ──┐    (surely not arrived; due again later)
///  │               │ └────► uncertain│    (may have arrived: ask before sending again)
///  │ operator      │ lease ran out   │
///  └── dead        └────────► claim ◄┘
/// ```
public struct OutboxItem: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID

    /// What it is: `offer`, `open311_request`, `acknowledgement`.
    ///
    /// The dispatcher picks the way of sending by it.
    public let kind: String

    /// Where it goes; rows of one target and one order key are sent one after the other.
    public let target: String

    /// Told to the target on every attempt, so that it can recognise a repetition.
    public let deliveryKey: UUID

    /// What the order is kept within: the reference of the service request.
    public let orderKey: String

    /// What is sent.
    public let payload: StoredJSON

    /// When it was written.
    public let createdAt: Date

    /// Not sent before this instant.
    public let dueAt: Date

    /// After this instant it is given up and shown to an operator.
    public let giveUpAt: Date

    /// An item due at once, given up after 72 hours unless said otherwise.
    public init(
        id: UUID = UUID(),
        kind: String,
        target: String,
        deliveryKey: UUID = UUID(),
        orderKey: String,
        payload: StoredJSON,
        createdAt: Date,
        dueAt: Date? = nil,
        giveUpAt: Date? = nil
    ) {
        self.id = id
        self.kind = kind
        self.target = target
        self.deliveryKey = deliveryKey
        self.orderKey = orderKey
        self.payload = payload
        self.createdAt = createdAt
        self.dueAt = dueAt ?? createdAt
        self.giveUpAt = giveUpAt ?? createdAt.addingTimeInterval(72 * 3600)
    }
}

/// An item one worker holds for a while.
public struct LeasedItem: Sendable, Hashable, Identifiable {
    /// What is to be sent.
    public let item: OutboxItem

    /// Which attempt this is, counted from 1.
    public let attempt: Int

    /// Whether an earlier attempt may have reached the target: ask first where the target can be asked.
    public let isDoubtful: Bool

    /// Proof of the lease; a worker that comes too late no longer has the right one.
    public let leaseToken: UUID

    /// End of the lease by the database's clock.
    public let leaseUntil: Date

    /// Identity of the row.
    public var id: UUID { item.id }
}

/// What became of one attempt.
public enum DeliveryResult: Sendable, Hashable {
    /// It arrived; the answer is kept.
    case sent(answer: StoredJSON)

    /// It surely did not arrive; try again after some seconds. `doubtCleared`: the target was asked and has nothing.
    case failed(fault: String, retryAfter: TimeInterval, doubtCleared: Bool = false)

    /// It may have arrived: the time ran out, or the connection broke, after the body was sent.
    case uncertain(fault: String, retryAfter: TimeInterval)

    /// It will never arrive; an operator looks at it.
    case dead(fault: String)
}

/// States of an outbox row.
public enum OutboxState: String, Sendable, Hashable, CaseIterable {
    /// Never tried. Goes to ``leased``.
    case new
    /// A worker has it. Goes to ``sent``, ``failed``, ``uncertain``, ``dead``; to ``leased`` again when the lease
    /// runs out.
    case leased
    /// Arrived. The end.
    case sent
    /// Did not arrive. Goes to ``leased``.
    case failed
    /// May have arrived. Goes to ``leased``.
    case uncertain
    /// Given up. Goes to ``failed`` or ``uncertain`` when an operator says retry.
    case dead
}

/// A row as an operator sees it.
public struct OutboxRow: Sendable, Hashable, Identifiable {
    /// What is sent.
    public let item: OutboxItem

    /// Where it stands.
    public let state: OutboxState

    /// Attempts so far.
    public let attempts: Int

    /// Whether an attempt may have reached the target.
    public let isDoubtful: Bool

    /// What went wrong last; nil when nothing did.
    public let fault: String?

    /// The target's answer; nil before.
    public let answer: StoredJSON?

    /// When it was sent or given up.
    public let finishedAt: Date?

    /// Identity of the row.
    public var id: UUID { item.id }
}

/// How many rows of one target are in one state, and since when the oldest waits.
public struct OutboxDepth: Sendable, Hashable {
    /// The target.
    public let target: String

    /// The state.
    public let state: OutboxState

    /// Number of rows.
    public let count: Int

    /// When the oldest was written.
    public let oldest: Date
}

/// Which clock leases and retries are measured by.
public enum OutboxClock: Sendable, Hashable {
    /// The database's, read in the same transaction: workers on machines with wrong clocks agree on it.
    case database

    /// A given instant: for tests that move time.
    case fixed(Date)
}
