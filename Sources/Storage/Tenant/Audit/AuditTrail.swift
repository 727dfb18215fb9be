public import Domain
public import Foundation
import Postgres

/// A tenant's own record of what was done to it beside its requests' history: who read across bodies, whose files changed, who looked up
/// what; written once, never changed or removed (the tenant's role may not).
public struct AuditTrail {
    let transaction: TenantTransaction

    /// The record of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues an entry; its jurisdiction is the tenant's own and is not written.
    public func append(_ entry: AuditEntry) async throws {
        let details = try JSONValue(entry.details)
        try await transaction.queue(
            """
            INSERT INTO audit_entry
                (happened_at, actor, on_behalf_of, origin, action, subject, purpose, details)
            VALUES
                (\(entry.happenedAt), \(entry.actor), \(entry.onBehalfOf), \(entry.origin), \(entry.action),
                \(entry.subject), \(entry.purpose), \(details))
            """
        )
    }

    /// The latest entries, the newest first.
    public func latest(limit: Int = 100) async throws -> [AuditEntry] {
        let rows = try await transaction.all(
            """
            SELECT happened_at, actor, on_behalf_of, origin, action, subject, purpose, details
            FROM audit_entry
            ORDER BY entry DESC
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            AuditEntry(
                happenedAt: try row.decode("happened_at"),
                actor: try row.decode("actor"),
                action: try row.decode("action"),
                subject: try row.decode("subject"),
                details: try row.decodeJSON("details"),
                onBehalfOf: try row.decode("on_behalf_of"),
                origin: try row.decode("origin"),
                purpose: try row.decode("purpose")
            )
        }
    }
}
