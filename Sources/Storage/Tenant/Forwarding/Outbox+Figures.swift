public import Foundation
import Postgres

extension Outbox {
    /// Rows of each target and state that are not sent, and the age of the oldest.
    public func depths() async throws -> [OutboxDepth] {
        let rows = try await transaction.all(
            """
            SELECT target, state, count(*) AS rows, min(created_at) AS oldest
            FROM outbox
            WHERE state <> 'sent'
            GROUP BY target, state
            ORDER BY target, state
            """
        )
        return try rows.map { row in
            OutboxDepth(
                target: try row.decode("target"),
                state: try row.word("state"),
                count: try row.decode("rows"),
                oldest: try row.decode("oldest")
            )
        }
    }

    /// Rows in one state, the oldest first.
    public func listed(_ state: OutboxState, limit: Int = 100) async throws -> [OutboxRow] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.rowColumns)
            FROM outbox
            WHERE state = \(state.rawValue)
            ORDER BY sequence
            LIMIT \(limit)
            """
        )
        return try rows.map(OutboxRow.init)
    }

    /// All rows of one service request, in the order they were written.
    public func rows(orderKey: String) async throws -> [OutboxRow] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.rowColumns)
            FROM outbox
            WHERE order_key = \(orderKey)
            ORDER BY sequence
            """
        )
        return try rows.map(OutboxRow.init)
    }

    /// One row; nil when this tenant has none of that id.
    public func read(_ id: UUID) async throws -> OutboxRow? {
        let row = try await transaction.first(
            """
            SELECT \(Self.rowColumns)
            FROM outbox
            WHERE outbox_id = \(id)
            """
        )
        return try row.map(OutboxRow.init)
    }

    /// The row with a delivery key; nil when this tenant has none.
    public func read(deliveryKey: UUID) async throws -> OutboxRow? {
        let row = try await transaction.first(
            """
            SELECT \(Self.rowColumns)
            FROM outbox
            WHERE delivery_key = \(deliveryKey)
            """
        )
        return try row.map(OutboxRow.init)
    }

    /// Removes rows that were sent before an instant; how many.
    public func removeSent(before instant: Date) async throws -> Int {
        try await transaction.change(
            """
            DELETE FROM outbox
            WHERE state = 'sent'
                AND finished_at < \(instant)
            """
        )
    }

    static let rowColumns: SQL = """
        outbox_id, kind, target, delivery_key, order_key, payload, created_at, due_at, give_up_at, state, attempts,
        is_doubtful, fault, answer, finished_at
        """
}

extension OutboxItem {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("outbox_id"),
            kind: try row.decode("kind"),
            target: try row.decode("target"),
            deliveryKey: try row.decode("delivery_key"),
            orderKey: try row.decode("order_key"),
            payload: try row.json("payload"),
            createdAt: try row.decode("created_at"),
            dueAt: try row.decode("due_at"),
            giveUpAt: try row.decode("give_up_at")
        )
    }
}

extension LeasedItem {
    init(_ row: Row) throws {
        self.init(
            item: try OutboxItem(row),
            attempt: try row.decode("attempts"),
            isDoubtful: try row.decode("is_doubtful"),
            leaseToken: try row.decode("lease_token"),
            leaseUntil: try row.decode("lease_until")
        )
    }
}

extension OutboxRow {
    init(_ row: Row) throws {
        self.init(
            item: try OutboxItem(row),
            state: try row.word("state"),
            attempts: try row.decode("attempts"),
            isDoubtful: try row.decode("is_doubtful"),
            fault: try row.decode("fault"),
            answer: try row.jsonIfPresent("answer"),
            finishedAt: try row.decode("finished_at")
        )
    }
}
