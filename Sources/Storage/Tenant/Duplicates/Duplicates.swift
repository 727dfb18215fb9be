public import Domain
public import Foundation
import Postgres

/// Requests of this tenant that repeat another one, wherever that lies.
public struct Duplicates {
    let transaction: TenantTransaction

    /// The duplicates of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Whether any request of this tenant repeats another one.
    public func hasChildren(of parent: RequestReference) async throws -> Bool {
        try await transaction.first(
            """
            SELECT 1 AS there
            FROM service_request
            WHERE parent_reference = \(parent.rawValue)
            LIMIT 1
            """
        ) != nil
    }

    /// Open requests that repeat one, by reference: the next ones after one.
    public func openChildren(
        of parent: RequestReference,
        after last: String = "",
        limit: Int
    ) async throws -> [OpenChild] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, standing, counterpart
            FROM service_request
            WHERE parent_reference = \(parent.rawValue)
                AND service_request_id > \(last)
                AND status = 'open'
            ORDER BY service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            OpenChild(
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                standing: try row.word("standing"),
                counterpart: try row.decode("counterpart", as: String?.self).map { try ReceivingBody(stored: $0) }
            )
        }
    }

    /// How many requests of this tenant repeat one, and how many of them are still open.
    public func counts(of parent: RequestReference) async throws -> (all: Int, open: Int) {
        let row = try await transaction.first(
            """
            SELECT count(*) AS children, count(*) FILTER (WHERE status = 'open') AS open
            FROM service_request
            WHERE parent_reference = \(parent.rawValue)
                AND standing <> 'mirrored'
            """
        )
        return try row.map { (try $0.decode("children"), try $0.decode("open")) } ?? (0, 0)
    }

    /// Open requests that an event collects and that stand for themselves yet: of its types and time, led here, by reference.
    ///
    /// The area is the caller's to judge, by the point that comes along.
    public func collectable(
        types: [ServiceCode],
        from begins: Date,
        to ends: Date,
        after last: String = "",
        limit: Int
    ) async throws -> [(reference: RequestReference, coordinate: Coordinate?)] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, latitude_nano, longitude_nano
            FROM service_request
            WHERE public_type = ANY (\(types.map(\.rawValue)))
                AND requested_at BETWEEN \(begins) AND \(ends)
                AND status = 'open'
                AND standing = 'lead'
                AND parent_reference IS NULL
                AND service_request_id > \(last)
            ORDER BY service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            (RequestReference(trusted: try row.decode("service_request_id")), try row.coordinateIfPresent())
        }
    }

    /// Notes that another tenant has requests that repeat one of ours; it is told when that one ends.
    public func notePeer(_ peer: JurisdictionID, of parent: RequestReference, at now: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO duplicate_peer
                (parent_reference, jurisdiction_id, noted_at)
            VALUES
                (\(parent.rawValue), \(peer.rawValue), \(now))
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// Tenants that have requests which repeat one of ours.
    public func peers(of parent: RequestReference) async throws -> [JurisdictionID] {
        let rows = try await transaction.all(
            """
            SELECT jurisdiction_id
            FROM duplicate_peer
            WHERE parent_reference = \(parent.rawValue)
            ORDER BY jurisdiction_id
            """
        )
        return try rows.map { JurisdictionID(trusted: try $0.decode("jurisdiction_id")) }
    }
}

/// An open request that repeats another.
public struct OpenChild: Sendable, Hashable {
    /// Its number.
    public let reference: RequestReference
    /// What it is to the tenant.
    public let standing: ServiceRequest.Standing
    /// The body at the other end of a hand-over.
    public let counterpart: ReceivingBody?
}

extension Row {
    /// The point of two columns of billionths; nil when there is none.
    func coordinateIfPresent() throws -> Coordinate? {
        guard let latitude = try decode("latitude_nano", as: Int64?.self) else { return nil }
        return try Coordinate(latitudeNano: latitude, longitudeNano: try decode("longitude_nano"))
    }
}
