public import Domain
public import Foundation
import Postgres

/// Something a person or a program did that may be asked about later.
///
/// Holds ids, nothing personal.
public struct AuditEntry: Sendable, Hashable {
    /// When it was done.
    public let happenedAt: Date

    /// Who did it: `cli:root`, `key:<id>`, `staff:<account>`.
    public let actor: String

    /// What was done: `tenant.apply`, `geo.activate`, `apikey.revoke`.
    public let action: String

    /// The jurisdiction concerned; nil for the hub as a whole.
    public let jurisdiction: JurisdictionID?

    /// What it was done to: an id or a reference.
    public let subject: String?

    /// Particulars.
    public let details: [String: String]

    /// An entry.
    public init(
        happenedAt: Date,
        actor: String,
        action: String,
        jurisdiction: JurisdictionID? = nil,
        subject: String? = nil,
        details: [String: String] = [:]
    ) {
        self.happenedAt = happenedAt
        self.actor = actor
        self.action = action
        self.jurisdiction = jurisdiction
        self.subject = subject
        self.details = details
    }
}

/// The record of what was done; written once, never changed or removed (the hub's role may not).
public struct AuditEntries {
    let transaction: HubTransaction

    /// The audit record of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues an entry.
    public func append(_ entry: AuditEntry) async throws {
        let details = try JSONValue(entry.details)
        try await transaction.queue(
            """
            INSERT INTO hub.audit_entry
                (happened_at, actor, action, jurisdiction_id, subject, details)
            VALUES
                (\(entry.happenedAt), \(entry.actor), \(entry.action), \(entry.jurisdiction?.rawValue),
                \(entry.subject), \(details))
            """
        )
    }

    /// The latest entries, the newest first; of one jurisdiction or of all.
    public func latest(of jurisdiction: JurisdictionID? = nil, limit: Int = 100) async throws -> [AuditEntry] {
        let condition: SQL = jurisdiction.map { "jurisdiction_id = \($0.rawValue)" } ?? "true"
        let rows = try await transaction.all(
            """
            SELECT happened_at, actor, action, jurisdiction_id, subject, details
            FROM hub.audit_entry
            WHERE \(condition)
            ORDER BY entry DESC
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            AuditEntry(
                happenedAt: try row.decode("happened_at"),
                actor: try row.decode("actor"),
                action: try row.decode("action"),
                jurisdiction: try row.decode("jurisdiction_id", as: String?.self).map(JurisdictionID.init(trusted:)),
                subject: try row.decode("subject"),
                details: try row.decodeJSON("details")
            )
        }
    }
}
