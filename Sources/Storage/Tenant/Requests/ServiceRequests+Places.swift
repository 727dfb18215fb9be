public import Domain
public import Foundation
import Postgres

/// Where a request stands in a list: the newest first, then by reference.
public struct ListPlace: Sendable, Hashable, Comparable {
    /// When it was received.
    public let requestedAt: Date

    /// Its number.
    public let reference: RequestReference

    /// A place.
    public init(requestedAt: Date, reference: RequestReference) {
        self.requestedAt = requestedAt
        self.reference = reference
    }

    /// The one that a list shows earlier is the smaller.
    public static func < (left: ListPlace, right: ListPlace) -> Bool {
        (right.requestedAt, left.reference) < (left.requestedAt, right.reference)
    }
}

extension ServiceRequests {
    /// Places of requests without the requests, for lists merged over several schemas; a few dozen bytes each.
    ///
    /// - Parameter last: Place after which they come; nil from the beginning.
    /// - Returns: The places that the filter keeps, in order, the last place looked at, and whether there is nothing behind it.
    public func places(
        _ filter: RequestFilter,
        after last: ListPlace?,
        limit: Int
    ) async throws -> (kept: [ListPlace], last: ListPlace?, isAtEnd: Bool) {
        var condition = filter.condition
        if let last {
            let behind: SQL = """

                    AND requested_at <= \(last.requestedAt)
                    AND (requested_at < \(last.requestedAt) OR service_request_id > \(last.reference.rawValue))
                """
            condition = condition + behind
        }
        let rows = try await transaction.all(
            """
            SELECT service_request_id, requested_at, latitude_nano, longitude_nano
            FROM service_request
            WHERE \(condition)
            ORDER BY requested_at DESC, service_request_id
            LIMIT \(limit)
            """
        )
        var kept: [ListPlace] = []
        var end = last
        for row in rows {
            let place = ListPlace(
                requestedAt: try row.decode("requested_at"),
                reference: RequestReference(trusted: try row.decode("service_request_id"))
            )
            end = place
            if let circle = filter.circle {
                guard let latitude = try row.decode("latitude_nano", as: Int64?.self),
                    circle.contains(
                        try Coordinate(latitudeNano: latitude, longitudeNano: try row.decode("longitude_nano"))
                    )
                else { continue }
            }
            kept.append(place)
        }
        return (kept, end, rows.count < limit)
    }
}
