public import Domain
public import Foundation
import Postgres

/// Offers of this tenant and to it.
public struct HandOvers {
    let transaction: TenantTransaction

    /// The offers of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues an open offer.
    ///
    /// ``StorageError/alreadyThere`` at COMMIT says that the request is offered to somebody already, or the offer
    /// known.
    public func insert(_ offer: StoredHandOver) async throws {
        let decision = try offer.decision.map(JSONValue.init)
        try await transaction.queue(
            """
            INSERT INTO hand_over
                (hand_over_id, service_request_id, direction, origin, peer, state, earlier_bounces, message, decision,
                offered_at, due_at)
            VALUES
                (\(offer.id), \(offer.handOver.reference.rawValue), \(offer.direction.rawValue),
                \(offer.handOver.origin.rawValue), \(offer.handOver.peer.stored), 'offered',
                \(offer.handOver.earlierBounces), \(offer.message), \(decision), \(offer.handOver.offeredAt),
                \(offer.handOver.answerDue))
            """
        )
    }

    /// Saves the answer to an offer; false when somebody else has answered it meanwhile, or it is not ours.
    ///
    /// Only an open offer can be answered, and an accepted one refused after all.
    public func save(_ offer: StoredHandOver, answeredBy actor: String) async throws -> Bool {
        let before = offer.handOver.refusal == nil ? ["offered"] : ["offered", "accepted"]
        let count = try await transaction.change(
            """
            UPDATE hand_over
            SET state = \(offer.handOver.state.name), reason_code = \(offer.handOver.refusal?.code.rawValue),
                reason = \(offer.handOver.refusal?.text), answered_at = \(offer.handOver.answeredAt),
                answered_by = \(actor)
            WHERE hand_over_id = \(offer.id)
                AND direction = \(offer.direction.rawValue)
                AND state = ANY (\(before))
            """
        )
        return count == 1
    }

    /// One side of an offer; nil when this tenant has none of that id.
    public func read(_ id: UUID, _ direction: StoredHandOver.Direction) async throws -> StoredHandOver? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM hand_over
            WHERE hand_over_id = \(id)
                AND direction = \(direction.rawValue)
            """
        )
        return try row.map(StoredHandOver.init)
    }

    /// All offers of one request, the oldest first.
    public func of(_ reference: RequestReference) async throws -> [StoredHandOver] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hand_over
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY offered_at, earlier_bounces, direction
            """
        )
        return try rows.map(StoredHandOver.init)
    }

    /// Open offers of one side, the one that runs out first first; `dueBefore` keeps those that have run out by then.
    public func open(
        _ direction: StoredHandOver.Direction,
        dueBefore: Date? = nil,
        limit: Int = 100
    ) async throws -> [StoredHandOver] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hand_over
            WHERE state = 'offered'
                AND direction = \(direction.rawValue)
                AND due_at <= \(dueBefore ?? .distantFuture)
            ORDER BY due_at, hand_over_id
            LIMIT \(limit)
            """
        )
        return try rows.map(StoredHandOver.init)
    }

    static let columns: SQL = """
        hand_over_id, service_request_id, direction, origin, peer, state, earlier_bounces, reason_code, reason, message,
        decision, offered_at, due_at, answered_at
        """
}
