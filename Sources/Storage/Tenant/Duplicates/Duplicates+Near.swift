public import Domain
public import Foundation
import Postgres

extension Duplicates {
    /// Requests of this tenant of every visibility within a circle, as ``RequestPlaces/near(_:parts:types:endedAfter:limit:)``
    /// finds the public ones of all; for the tenant's own staff.
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
            SELECT service_request_id
            FROM service_request
            WHERE latitude_nano IS NOT NULL
                AND (\(boxes.joined(separator: " OR ")))
                AND (service_part = ANY (\(parts.map(\.rawValue))) OR public_type = ANY (\(types.map(\.rawValue))))
                AND (status = 'open' OR updated_at >= \(endedAfter))
                AND standing <> 'mirrored'
            ORDER BY requested_at DESC, service_request_id
            LIMIT \(limit)
            """
        )
        let references = try rows.map { RequestReference(trusted: try $0.decode("service_request_id")) }
        let places = try await PlaceChanges(transaction).places(of: references, audience: .staff)
        return places.compactMap { place in
            guard place.completedAt.map({ $0 >= endedAfter }) ?? true else { return nil }
            let metres = GeodesicDistance.metres(from: circle.centre, to: place.coordinate)
            return metres <= circle.metres ? (place, metres) : nil
        }
    }
}
