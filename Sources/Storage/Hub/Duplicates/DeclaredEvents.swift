public import Domain
public import Foundation
import Postgres

/// A declared event with who declared and closed it.
public struct StoredEvent: Sendable, Hashable, Identifiable {
    /// The event.
    public let event: DeclaredEvent
    /// When it was declared.
    public let declaredAt: Date
    /// Who declared it.
    public let declaredBy: String
    /// When it was closed; nil while it is open.
    public let closedAt: Date?
    /// Who closed it.
    public let closedBy: String?

    /// Its identity.
    public var id: UUID { event.id }
}

/// Events that tenants and the hub have declared.
public struct DeclaredEvents {
    let transaction: HubTransaction

    /// The events of the hub and of all its tenants.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a new event.
    public func insert(_ event: DeclaredEvent, by actor: String, at now: Date) async throws {
        let written = try JSONValue(event)
        try await transaction.queue(
            """
            INSERT INTO hub.declared_event
                (event_id, jurisdiction_id, parent_reference, event, state, declared_at, declared_by)
            VALUES
                (\(event.id), \(event.owner.rawValue), \(event.parent.rawValue), \(written), \(event.state.rawValue), \(now),
                \(actor))
            """
        )
    }

    /// Closes an event; false when it is closed already or unknown.
    public func close(_ event: DeclaredEvent, by actor: String, at now: Date) async throws -> Bool {
        let written = try JSONValue(event)
        let count = try await transaction.change(
            """
            UPDATE hub.declared_event
            SET state = 'closed', event = \(written), closed_at = \(now), closed_by = \(actor)
            WHERE event_id = \(event.id)
                AND state = 'open'
            """
        )
        return count == 1
    }

    /// Events that are open, the oldest first.
    public func open() async throws -> [DeclaredEvent] {
        let rows = try await transaction.all(
            """
            SELECT event
            FROM hub.declared_event
            WHERE state = 'open'
            ORDER BY declared_at, event_id
            LIMIT 500
            """
        )
        return try rows.map { try $0.decodeJSON("event") }
    }

    /// The latest events, the newest first; of one body or of all.
    public func latest(of owner: JurisdictionID? = nil, limit: Int = 100) async throws -> [StoredEvent] {
        let condition: SQL = owner.map { "jurisdiction_id = \($0.rawValue)" } ?? "TRUE"
        let rows = try await transaction.all(
            """
            SELECT event, declared_at, declared_by, closed_at, closed_by
            FROM hub.declared_event
            WHERE \(condition)
            ORDER BY declared_at DESC, event_id
            LIMIT \(limit)
            """
        )
        return try rows.map(StoredEvent.init)
    }

    /// An event by its identity; nil when there is none.
    public func read(_ id: UUID) async throws -> StoredEvent? {
        try await transaction.first(
            """
            SELECT event, declared_at, declared_by, closed_at, closed_by
            FROM hub.declared_event
            WHERE event_id = \(id)
            """
        ).map(StoredEvent.init)
    }
}

extension StoredEvent {
    init(_ row: Row) throws {
        self.init(
            event: try row.decodeJSON("event"),
            declaredAt: try row.decode("declared_at"),
            declaredBy: try row.decode("declared_by"),
            closedAt: try row.decode("closed_at"),
            closedBy: try row.decode("closed_by")
        )
    }
}
