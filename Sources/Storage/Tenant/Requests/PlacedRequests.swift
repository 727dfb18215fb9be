public import Domain
public import Foundation
import Postgres

/// What a rehearsal needs of a request, and nothing of the person who made it.
public struct PlacedRequest: Sendable, Hashable {
    /// Its reference.
    public let reference: RequestReference
    /// Whether it is still open.
    public let isOpen: Bool
    /// Where it is.
    public let coordinate: Coordinate
    /// The service part, where the type names one.
    public let part: ServicePart?
    /// The public type.
    public let publicType: ServiceCode
    /// Answers to the type's questions, which the rules look at; never to be shown.
    public let answers: Answers
    /// When it was made.
    public let requestedAt: Date
    /// The body that the stored decision names; nil when none was stored.
    public let lead: Lead?
    /// The generation that decided; nil when none did.
    public let generation: GenerationID?
}

/// The requests of a tenant that have a place, each at its lead only, read lot by lot.
public struct PlacedRequests {
    /// Requests read at a time.
    public static let lotSize = 1_000

    private let transaction: TenantTransaction

    /// The requests of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// The next requests by reference, at most ``lotSize``; empty at the end.
    ///
    /// - Parameter last: Reference of the last one read; nil to begin.
    public func lot(after last: RequestReference?) async throws -> [PlacedRequest] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, status, latitude_nano, longitude_nano, service_part, public_type, answers,
                requested_at, decision -> 'lead' AS lead, decision -> 'generation' AS generation
            FROM service_request
            WHERE standing IN ('lead', 'waiting')
                AND latitude_nano IS NOT NULL
                AND service_request_id > \(last?.rawValue ?? "")
            ORDER BY service_request_id
            LIMIT \(Self.lotSize)
            """
        )
        return try rows.map { row in
            PlacedRequest(
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                isOpen: try row.decode("status", as: String.self) == "open",
                coordinate: try Coordinate(
                    latitudeNano: try row.decode("latitude_nano"),
                    longitudeNano: try row.decode("longitude_nano")
                ),
                part: try row.decode("service_part", as: String?.self).map(ServicePart.init(trusted:)),
                publicType: ServiceCode(trusted: try row.decode("public_type")),
                answers: try row.decodeJSON("answers"),
                requestedAt: try row.decode("requested_at"),
                lead: try row.jsonIfPresent("lead").flatMap { try? $0.decoded(as: Lead.self) },
                generation: try row.jsonIfPresent("generation").flatMap { try? $0.decoded(as: GenerationID.self) }
            )
        }
    }

    /// How many requests have no place, so that a rehearsal can't say anything of them.
    public func unplacedCount() async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT count(*) AS unplaced
            FROM service_request
            WHERE standing IN ('lead', 'waiting')
                AND latitude_nano IS NULL
            """
        )
        return try row.map { Int(try $0.decode("unplaced", as: Int64.self)) } ?? 0
    }
}
