public import Domain
public import Foundation
import Postgres

/// Public fields of one request for the index of places, or that it is not in it (any more).
public struct RequestPlace: Sendable, Hashable {
    /// Its number.
    public let reference: RequestReference
    /// The tenant whose row this is.
    public let tenant: JurisdictionID
    /// The kind residents know.
    public let publicType: ServiceCode
    /// What it is about.
    public let part: ServicePart?
    /// The point.
    public let coordinate: Coordinate
    /// Name of the road that decided; nil without one.
    public let road: String?
    /// Open or closed.
    public let status: Open311Status
    /// The step everybody sees.
    public let step: PublicStep
    /// How it ended; nil while it has not.
    public let outcome: Outcome?
    /// When it was received.
    public let requestedAt: Date
    /// When it ended; nil while open.
    public let completedAt: Date?
    /// The request it repeats; nil when it stands for itself.
    public let parent: RequestReference?
    /// Version of the row, so that an older one never covers a newer.
    public let rowVersion: Int

    /// All fields.
    public init(
        reference: RequestReference,
        tenant: JurisdictionID,
        publicType: ServiceCode,
        part: ServicePart?,
        coordinate: Coordinate,
        road: String?,
        status: Open311Status,
        step: PublicStep,
        outcome: Outcome?,
        requestedAt: Date,
        completedAt: Date?,
        parent: RequestReference?,
        rowVersion: Int
    ) {
        self.reference = reference
        self.tenant = tenant
        self.publicType = publicType
        self.part = part
        self.coordinate = coordinate
        self.road = road
        self.status = status
        self.step = step
        self.outcome = outcome
        self.requestedAt = requestedAt
        self.completedAt = completedAt
        self.parent = parent
        self.rowVersion = rowVersion
    }
}

/// What changed since the index of places was last told: an outbox of its own, emptied hundreds at a time.
///
/// Written in the transaction of the change. The general outbox would cost three transactions for every change of a request; here a
/// number of them share two.
public struct PlaceChanges {
    /// Changes told at once.
    public static let lotSize = 500

    let transaction: TenantTransaction

    /// The changes of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues that a request is new or has changed; travels with COMMIT.
    public func note(_ reference: RequestReference) async throws {
        try await transaction.queue(
            """
            INSERT INTO place_change
                (service_request_id)
            VALUES
                (\(reference.rawValue))
            """
        )
    }

    /// Notes every request of the tenant that can be in the index, so that it is filled anew.
    public func noteAll() async throws {
        try await transaction.queue(
            """
            INSERT INTO place_change
                (service_request_id)
            SELECT service_request_id
            FROM service_request
            WHERE latitude_nano IS NOT NULL
            ORDER BY requested_at, service_request_id
            """
        )
    }

    /// The oldest changes, as numbers to strike off and references concerned.
    public func waiting() async throws -> (numbers: [Int64], references: [RequestReference]) {
        let rows = try await transaction.all(
            """
            SELECT sequence, service_request_id
            FROM place_change
            ORDER BY sequence
            LIMIT \(Self.lotSize)
            """
        )
        let numbers = try rows.map { try $0.decode("sequence", as: Int64.self) }
        let references = try rows.map { RequestReference(trusted: try $0.decode("service_request_id")) }
        return (numbers, Set(references).sorted())
    }

    /// Strikes off changes that the index was told.
    public func strikeOff(_ numbers: [Int64]) async throws {
        try await transaction.queue(
            """
            DELETE FROM place_change
            WHERE sequence = ANY (\(numbers))
            """
        )
    }

    /// Who will read what was found.
    public enum Audience: Sendable, Hashable {
        /// Anybody, by an instant: public kinds that may be read by then.
        case everybody(Date)
        /// The tenant's own staff: every kind.
        case staff

        var condition: SQL {
            switch self {
            case .everybody(let now): "visibility = 'public' AND readable_at <= \(now)"
            case .staff: "TRUE"
            }
        }
    }

    /// What may be known of some requests, as they are now: those that have a point and are led or waited for here.
    public func places(of references: [RequestReference], audience: Audience) async throws -> [RequestPlace] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, jurisdiction_id, public_type, service_part, latitude_nano, longitude_nano,
                decision -> 'road' ->> 'name' AS road, status, step, outcome, requested_at, life, parent_reference, row_version
            FROM service_request
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
                AND standing <> 'mirrored'
                AND latitude_nano IS NOT NULL
                AND \(audience.condition)
            """
        )
        return try rows.map { row in
            let life: RequestLife = try row.decodeJSON("life")
            return RequestPlace(
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
                completedAt: life.completedAt,
                parent: try row.decode("parent_reference", as: String?.self).map(RequestReference.init(trusted:)),
                rowVersion: try row.decode("row_version")
            )
        }
    }
}
