public import Foundation
import Postgres

/// How one target of this tenant is doing: how far its news are read, and whether it is left alone for a while.
public struct TargetCondition: Sendable, Hashable {
    /// The target.
    public let target: String

    /// News up to this instant have been read; nil when never asked.
    public var updatesReadTo: Date?

    /// When to ask for news next; nil when not.
    public var nextPollAt: Date?

    /// Failures since the last success.
    public var failuresInARow: Int

    /// Nothing is sent before this instant; nil when open.
    public var closedUntil: Date?

    /// What went wrong last.
    public var lastFault: String?

    /// When it last answered well.
    public var lastSuccessAt: Date?

    /// When this was written.
    public var updatedAt: Date

    /// A target nothing is known of yet.
    public init(target: String, updatedAt: Date) {
        self.target = target
        self.updatedAt = updatedAt
        self.updatesReadTo = nil
        self.nextPollAt = nil
        self.failuresInARow = 0
        self.closedUntil = nil
        self.lastFault = nil
        self.lastSuccessAt = nil
    }
}

/// How this tenant's targets are doing.
public struct ForwardingTargets {
    let transaction: TenantTransaction

    /// The targets of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues the condition of a target; the older one is replaced.
    public func put(_ condition: TargetCondition) async throws {
        try await transaction.queue(
            """
            INSERT INTO forwarding_target
                (target, updates_read_to, next_poll_at, failures_in_a_row, closed_until, last_fault, last_success_at,
                updated_at)
            VALUES
                (\(condition.target), \(condition.updatesReadTo), \(condition.nextPollAt), \(condition.failuresInARow),
                \(condition.closedUntil), \(condition.lastFault), \(condition.lastSuccessAt), \(condition.updatedAt))
            ON CONFLICT (target) DO UPDATE
            SET updates_read_to = excluded.updates_read_to, next_poll_at = excluded.next_poll_at,
                failures_in_a_row = excluded.failures_in_a_row, closed_until = excluded.closed_until,
                last_fault = excluded.last_fault, last_success_at = excluded.last_success_at,
                updated_at = excluded.updated_at
            """
        )
    }

    /// The condition of a target; nil when nothing is known.
    public func read(_ target: String) async throws -> TargetCondition? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM forwarding_target
            WHERE target = \(target)
            """
        )
        return try row.map(TargetCondition.init)
    }

    /// The condition of every target, by name.
    public func all() async throws -> [TargetCondition] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM forwarding_target
            ORDER BY target
            """
        )
        return try rows.map(TargetCondition.init)
    }

    private static let columns: SQL = """
        target, updates_read_to, next_poll_at, failures_in_a_row, closed_until, last_fault, last_success_at, updated_at
        """
}

extension TargetCondition {
    init(_ row: Row) throws {
        self.init(target: try row.decode("target"), updatedAt: try row.decode("updated_at"))
        updatesReadTo = try row.decode("updates_read_to")
        nextPollAt = try row.decode("next_poll_at")
        failuresInARow = try row.decode("failures_in_a_row")
        closedUntil = try row.decode("closed_until")
        lastFault = try row.decode("last_fault")
        lastSuccessAt = try row.decode("last_success_at")
    }
}
