public import Domain
public import Foundation
import Postgres

/// Hints that a tenant has something to send, so that the dispatcher need not look into every schema.
///
/// Only hints: they are written after the tenant's COMMIT by another role and may be lost. The dispatcher looks into
/// every schema now and then all the same.
public struct WorkHints {
    let transaction: HubTransaction

    /// The hints of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a hint; of two for one tenant the earlier time counts.
    public func put(_ code: TenantCode, dueAt: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.work_hint
                (code, due_at)
            VALUES
                (\(code.rawValue), \(dueAt))
            ON CONFLICT (code) DO UPDATE
            SET due_at = LEAST(work_hint.due_at, excluded.due_at)
            """
        )
    }

    /// Takes the hints that are due, the longest due first; whoever takes one looks into that schema.
    public func take(now: Date, limit: Int = 100) async throws -> [TenantCode] {
        let rows = try await transaction.all(
            """
            WITH due AS MATERIALIZED (
                SELECT code, due_at
                FROM hub.work_hint
                WHERE due_at <= \(now)
                ORDER BY due_at, code
                LIMIT \(limit)
                FOR UPDATE SKIP LOCKED
            ), taken AS (
                DELETE FROM hub.work_hint AS hint
                USING due
                WHERE hint.code = due.code
            )
            SELECT code
            FROM due
            ORDER BY due_at, code
            """
        )
        return try rows.map { TenantCode(trusted: try $0.decode("code")) }
    }

    /// When the next hint falls due; nil when there is none.
    public func nextDue() async throws -> Date? {
        let row = try await transaction.first(
            """
            SELECT min(due_at) AS next_due
            FROM hub.work_hint
            """
        )
        return try row?.decode("next_due", as: Date?.self) ?? nil
    }
}
