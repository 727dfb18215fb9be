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

    /// For whom it was done, when that is another than the actor: `resident`, `tenant:<id>`.
    public let onBehalfOf: String?

    /// From where: a network, `cli`, a door.
    public let origin: String?

    /// What it was done for; named for every read of another body's data.
    public let purpose: String?

    /// An entry.
    public init(
        happenedAt: Date,
        actor: String,
        action: String,
        jurisdiction: JurisdictionID? = nil,
        subject: String? = nil,
        details: [String: String] = [:],
        onBehalfOf: String? = nil,
        origin: String? = nil,
        purpose: String? = nil
    ) {
        self.happenedAt = happenedAt
        self.actor = actor
        self.action = action
        self.jurisdiction = jurisdiction
        self.subject = subject
        self.details = details
        self.onBehalfOf = onBehalfOf
        self.origin = origin
        self.purpose = purpose
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
                (happened_at, actor, action, jurisdiction_id, subject, details, on_behalf_of, origin, purpose)
            VALUES
                (\(entry.happenedAt), \(entry.actor), \(entry.action), \(entry.jurisdiction?.rawValue),
                \(entry.subject), \(details), \(entry.onBehalfOf), \(entry.origin), \(entry.purpose))
            """
        )
    }

    /// The latest entries, the newest first; of one jurisdiction or of all.
    public func latest(of jurisdiction: JurisdictionID? = nil, limit: Int = 100) async throws -> [AuditEntry] {
        let condition: SQL = jurisdiction.map { "jurisdiction_id = \($0.rawValue)" } ?? "true"
        let rows = try await transaction.all(
            """
            SELECT happened_at, actor, action, jurisdiction_id, subject, details, on_behalf_of, origin, purpose
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
                details: try row.decodeJSON("details"),
                onBehalfOf: try row.decode("on_behalf_of"),
                origin: try row.decode("origin"),
                purpose: try row.decode("purpose")
            )
        }
    }

    /// Where a body's chain stood, as written down in the hub's own record, the oldest first.
    public func anchors(of jurisdiction: JurisdictionID) async throws -> [AuditAnchor] {
        let rows = try await transaction.all(
            """
            SELECT details
            FROM hub.audit_entry
            WHERE jurisdiction_id = \(jurisdiction.rawValue)
                AND action = \(AuditEntry.anchorAction)
            ORDER BY entry
            """
        )
        return try rows.compactMap { row in
            let details = try row.decodeJSON("details", as: [String: String].self)
            guard let position = details["position"].flatMap({ Int64($0) }), let head = details["head"] else {
                return nil
            }
            return AuditAnchor(position: position, head: head)
        }
    }
}

extension AuditEntry {
    /// The action under which heads of bodies' chains are written down.
    static let anchorAction = "audit.head"

    /// The head of a body's chain, for the hub's record.
    public static func anchor(_ anchor: AuditAnchor, of jurisdiction: JurisdictionID, at now: Date) -> AuditEntry {
        AuditEntry(
            happenedAt: now,
            actor: "hub",
            action: anchorAction,
            jurisdiction: jurisdiction,
            details: ["position": String(anchor.position), "head": anchor.head]
        )
    }
}
