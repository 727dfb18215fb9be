public import Domain
public import Foundation
import Postgres

/// The index of places: where public requests of every tenant lie and how they stand, and nothing of who made them.
///
/// A projection: each tenant's ``PlaceChanges`` fill it in, and it can be emptied and filled anew at any time.
public struct RequestPlaces {
    let transaction: HubTransaction

    /// The index of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues the state of some requests of one tenant: those given are put in, the other ones named are taken out.
    public func put(_ places: [RequestPlace], of tenant: JurisdictionID, among references: [RequestReference])
        async throws
    {
        let kept = Set(places.map(\.reference))
        let gone = references.filter { !kept.contains($0) }
        if !gone.isEmpty {
            try await transaction.queue(
                """
                DELETE FROM hub.request_place
                WHERE jurisdiction_id = \(tenant.rawValue)
                    AND service_request_id = ANY (\(gone.map(\.rawValue)))
                """
            )
        }
        for place in places { try await put(place) }
    }

    private func put(_ place: RequestPlace) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.request_place
                (service_request_id, jurisdiction_id, public_type, service_part, latitude_nano, longitude_nano, road, status,
                step, outcome, requested_at, completed_at, parent_reference, row_version)
            VALUES
                (\(place.reference.rawValue), \(place.tenant.rawValue), \(place.publicType.rawValue),
                \(place.part?.rawValue), \(place.coordinate.latitudeNano), \(place.coordinate.longitudeNano),
                \(place.road), \(place.status.rawValue), \(place.step.rawValue), \(place.outcome?.rawValue),
                \(place.requestedAt), \(place.completedAt), \(place.parent?.rawValue), \(place.rowVersion))
            ON CONFLICT (service_request_id, jurisdiction_id) DO UPDATE
            SET public_type = excluded.public_type, service_part = excluded.service_part,
                latitude_nano = excluded.latitude_nano, longitude_nano = excluded.longitude_nano, road = excluded.road,
                status = excluded.status, step = excluded.step, outcome = excluded.outcome,
                completed_at = excluded.completed_at, parent_reference = excluded.parent_reference,
                row_version = excluded.row_version
            WHERE request_place.row_version <= excluded.row_version
            """
        )
    }

    /// Takes out everything of a tenant, as before it is filled anew or when the tenant has left.
    public func empty(of tenant: JurisdictionID) async throws {
        try await transaction.queue(
            """
            DELETE FROM hub.request_place
            WHERE jurisdiction_id = \(tenant.rawValue)
            """
        )
    }

    /// Requests within a circle that are of some parts or types, and open or ended no earlier than an instant.
    ///
    /// - Parameter limit: Rows looked at; the nearest of them are the caller's to choose.
    public func near(
        _ circle: SearchCircle,
        parts: [ServicePart],
        types: [ServiceCode],
        endedAfter: Date,
        limit: Int = 500
    ) async throws -> [(place: RequestPlace, metres: Double)] {
        let boxes: [SQL] = circle.boxes.map { box in
            """
            point(longitude_nano::double precision, latitude_nano::double precision)
                <@ box(point(\(box.west), \(box.south)), point(\(box.east), \(box.north)))
            """
        }
        let rows = try await transaction.all(
            """
            SELECT service_request_id, jurisdiction_id, public_type, service_part, latitude_nano, longitude_nano, road, status,
                step, outcome, requested_at, completed_at, parent_reference, row_version
            FROM hub.request_place
            WHERE (\(boxes.joined(separator: " OR ")))
                AND (service_part = ANY (\(parts.map(\.rawValue))) OR public_type = ANY (\(types.map(\.rawValue))))
                AND (status = 'open' OR completed_at >= \(endedAfter))
            ORDER BY requested_at DESC, service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.compactMap { row in
            let place = try RequestPlace(row)
            let metres = GeodesicDistance.metres(from: circle.centre, to: place.coordinate)
            return metres <= circle.metres ? (place, metres) : nil
        }
    }

    /// How many requests of a tenant are in the index.
    public func count(of tenant: JurisdictionID) async throws -> Int {
        try await transaction.first(
            """
            SELECT count(*) AS places
            FROM hub.request_place
            WHERE jurisdiction_id = \(tenant.rawValue)
            """
        )?.decode("places") ?? 0
    }
}

extension RequestPlace {
    init(_ row: Row) throws {
        self.init(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            tenant: JurisdictionID(trusted: try row.decode("jurisdiction_id")),
            publicType: ServiceCode(trusted: try row.decode("public_type")),
            part: try row.decode("service_part", as: String?.self).map(ServicePart.init(trusted:)),
            coordinate: try Coordinate(
                latitudeNano: try row.decode("latitude_nano"),
                longitudeNano: try row.decode("longitude_nano")
            ),
            road: try row.decode("road"),
            status: try row.word("status"),
            step: try row.word("step"),
            outcome: try row.wordIfPresent("outcome"),
            requestedAt: try row.decode("requested_at"),
            completedAt: try row.decode("completed_at"),
            parent: try row.decode("parent_reference", as: String?.self).map(RequestReference.init(trusted:)),
            rowVersion: try row.decode("row_version")
        )
    }
}
