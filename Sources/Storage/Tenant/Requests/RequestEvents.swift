public import Domain
import Foundation
import Postgres

/// The history of this tenant's requests; appended, never changed (the tenant's role may not).
public struct RequestEvents {
    let transaction: TenantTransaction

    /// The history of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues an event.
    ///
    /// ``StorageError/alreadyThere`` at COMMIT: another writer has used its number.
    ///
    /// - Parameter version: Version of the request's row after it; nil when the row did not change.
    public func append(
        _ event: RequestEvent,
        to reference: RequestReference,
        version: Int? = nil
    ) async throws {
        let description = event.description.map(WrittenJSON.text)
        let details = WrittenJSON.details(event.details)
        try await transaction.queue(
            """
            INSERT INTO service_request_event
                (service_request_id, sequence, happened_at, kind, actor, is_public, description, details, row_version,
                on_behalf_of, origin)
            VALUES
                (\(reference.rawValue), \(event.sequence), \(event.at), \(event.kind.rawValue), \(event.actor),
                \(event.isPublic), \(description), \(details), \(version), \(event.onBehalfOf), \(event.origin))
            """
        )
    }

    /// The number the next event of a request gets; safe while the request is locked with
    /// ``ServiceRequests/readForUpdate(_:)``.
    public func nextSequence(of reference: RequestReference) async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT COALESCE(max(sequence), 0) + 1 AS next
            FROM service_request_event
            WHERE service_request_id = \(reference.rawValue)
            """
        )
        return try row?.decode("next") ?? 1
    }

    /// All events of a request, the oldest first.
    public func all(of reference: RequestReference) async throws -> [RequestEvent] {
        try await all(of: [reference])[reference] ?? []
    }

    /// What happened after the row had a version, the oldest first: the event that changed it next, and all since.
    public func since(version: Int, of reference: RequestReference) async throws -> [RequestEvent] {
        let rows = try await transaction.all(
            """
            SELECT sequence, happened_at, kind, actor, is_public, description, details, on_behalf_of, origin
            FROM service_request_event
            WHERE service_request_id = \(reference.rawValue)
                AND sequence >= (
                    SELECT min(changed.sequence)
                    FROM service_request_event AS changed
                    WHERE changed.service_request_id = \(reference.rawValue)
                        AND changed.row_version > \(version)
                )
            ORDER BY sequence
            """
        )
        return try rows.map { try RequestEvent($0) }
    }

    /// All events of some requests, the oldest first; requests without any are left out.
    public func all(of references: [RequestReference]) async throws -> [RequestReference: [RequestEvent]] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, sequence, happened_at, kind, actor, is_public, description, details, on_behalf_of,
                origin
            FROM service_request_event
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            ORDER BY service_request_id, sequence
            """
        )
        var events: [RequestReference: [RequestEvent]] = [:]
        for row in rows {
            let reference = RequestReference(trusted: try row.decode("service_request_id"))
            events[reference, default: []].append(try RequestEvent(row))
        }
        return events
    }
}

extension RequestEvent {
    init(_ row: Row) throws {
        self.init(
            sequence: try row.decode("sequence"),
            at: try row.decode("happened_at"),
            kind: try row.word("kind"),
            actor: try row.decode("actor"),
            isPublic: try row.decode("is_public"),
            description: try row.jsonIfPresent("description")?.decoded(),
            details: try row.decodeJSON("details"),
            onBehalfOf: try row.decode("on_behalf_of"),
            origin: try row.decode("origin")
        )
    }
}
