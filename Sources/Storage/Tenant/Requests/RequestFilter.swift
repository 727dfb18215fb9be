public import Domain
public import Foundation
import Postgres

/// Which service requests a list shows; everything given must hold.
///
/// Source: contracts.md A8.
public struct RequestFilter: Sendable, Hashable {
    /// Only these; overrides codes, status, times and place.
    ///
    /// Unknown ones are left out.
    public var references: [RequestReference]?

    /// Only these kinds; nil for all, empty for none.
    public var serviceCodes: [ServiceCode]?

    /// Only these kinds as residents know them; nil for all, empty for none.
    public var publicTypes: [ServiceCode]?

    /// Only open or only closed ones.
    public var status: Open311Status?

    /// Requested in this time, both ends included.
    public var requested: ClosedRange<Date>?

    /// Changed then or later.
    public var updatedAfter: Date?

    /// Changed then or earlier.
    public var updatedBefore: Date?

    /// Within this circle; requests without a point are not.
    public var near: SearchCircle?

    /// Only requests these people may read.
    public var visibilities: Set<ServiceVisibility>

    /// Only rows that are this to the tenant.
    public var standings: Set<ServiceRequest.Standing>

    /// Only rows that a list of this schema shows.
    public var rows: ShownRows

    /// Only requests that may be read by this instant; a batch service's are readable when their id is given out.
    public var readableAt: Date

    /// All public requests readable at an instant, whatever they are to the tenant.
    public init(
        references: [RequestReference]? = nil,
        serviceCodes: [ServiceCode]? = nil,
        publicTypes: [ServiceCode]? = nil,
        status: Open311Status? = nil,
        requested: ClosedRange<Date>? = nil,
        updatedAfter: Date? = nil,
        updatedBefore: Date? = nil,
        near: SearchCircle? = nil,
        visibilities: Set<ServiceVisibility> = [.public],
        standings: Set<ServiceRequest.Standing> = Set(ServiceRequest.Standing.allCases),
        rows: ShownRows = .all,
        readableAt: Date
    ) {
        self.references = references
        self.serviceCodes = serviceCodes
        self.publicTypes = publicTypes
        self.status = status
        self.requested = requested
        self.updatedAfter = updatedAfter
        self.updatedBefore = updatedBefore
        self.near = near
        self.visibilities = visibilities
        self.standings = standings
        self.rows = rows
        self.readableAt = readableAt
    }

    /// The circle that the database cannot judge by itself; nil when the references override it.
    var circle: SearchCircle? { references == nil ? near : nil }

    /// The filter as a condition; a circle as the boxes that cover it.
    var condition: SQL {
        var parts: [SQL] = [
            "readable_at <= \(readableAt)",
            "visibility = ANY (\(visibilities.map(\.rawValue).sorted()))",
            "standing = ANY (\(standings.map(\.rawValue).sorted()))",
        ]
        if let shown = rows.condition(on: "service_request") { parts.append(shown) }
        if let references {
            parts.append("service_request_id = ANY (\(references.map(\.rawValue)))")
            return parts.joined(separator: "\n    AND ")
        }
        if let serviceCodes {
            parts.append("service_code = ANY (\(serviceCodes.map(\.rawValue)))")
        }
        if let publicTypes {
            parts.append("public_type = ANY (\(publicTypes.map(\.rawValue)))")
        }
        switch status {
        case .open: parts.append("status = 'open'")
        case .closed: parts.append("status = 'closed'")
        case nil: break
        }
        if let requested {
            parts.append("requested_at BETWEEN \(requested.lowerBound) AND \(requested.upperBound)")
        }
        if let updatedAfter {
            parts.append("updated_at >= \(updatedAfter)")
        }
        if let updatedBefore {
            parts.append("updated_at <= \(updatedBefore)")
        }
        if let near {
            let boxes: [SQL] = near.boxes.map { box in
                """
                point(longitude_nano::double precision, latitude_nano::double precision)
                    <@ box(point(\(box.west), \(box.south)), point(\(box.east), \(box.north)))
                """
            }
            parts.append("latitude_nano IS NOT NULL AND (\(boxes.joined(separator: " OR ")))")
        }
        return parts.joined(separator: "\n    AND ")
    }
}
