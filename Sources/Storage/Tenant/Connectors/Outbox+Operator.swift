public import Foundation
import Postgres

/// What an operator does with items that could not be finished, and what a reconciliation asks.
extension Outbox {
    /// Puts every dead item of a target back in the queue; how many.
    ///
    /// Items that may have arrived are left where they are: for those an operator says whether they did (``settle(_:arrived:by:now:)``).
    public func retryAll(of target: String, givingUpAfter seconds: TimeInterval = 72 * 3600, now: Date) async throws
        -> Int
    {
        try await transaction.change(
            """
            UPDATE outbox
            SET state = 'failed', due_at = \(now), finished_at = NULL, give_up_at = \(now.addingTimeInterval(seconds))
            WHERE target = \(target)
                AND state = 'dead'
                AND NOT is_doubtful
            """
        )
    }

    /// Writes down what an operator found out of an item that may have arrived; false when it is in no doubt and not given up.
    ///
    /// Arrived: it is sent. Not arrived: it is due now, and goes out without asking again.
    public func settle(
        _ id: UUID,
        arrived: Bool,
        by actor: String,
        givingUpAfter seconds: TimeInterval = 72 * 3600,
        now: Date
    ) async throws -> Bool {
        let answer = try StoredJSON(["settled_by": actor])
        let count = try await transaction.change(
            """
            UPDATE outbox
            SET state = \(arrived ? "sent" : "failed"), is_doubtful = false, due_at = \(now),
                finished_at = \(arrived ? now : nil), answer = \(arrived ? answer.value : nil),
                give_up_at = \(now.addingTimeInterval(seconds))
            WHERE outbox_id = \(id)
                AND state IN ('dead', 'uncertain')
            """
        )
        return count == 1
    }

    /// Rows of a target that are not sent, the oldest first.
    public func unsent(to target: String, limit: Int = 10_000) async throws -> [OutboxRow] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.rowColumns)
            FROM outbox
            WHERE target = \(target)
                AND state <> 'sent'
            ORDER BY sequence
            LIMIT \(limit)
            """
        )
        return try rows.map(OutboxRow.init)
    }

    /// How many rows of a target written from `start` until before `end` were sent.
    public func sentCount(to target: String, from start: Date, until end: Date) async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT count(*) AS rows
            FROM outbox
            WHERE target = \(target)
                AND state = 'sent'
                AND created_at >= \(start)
                AND created_at < \(end)
            """
        )
        return try row?.decode("rows") ?? 0
    }
}
