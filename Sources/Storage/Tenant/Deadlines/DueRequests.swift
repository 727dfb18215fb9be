public import Domain
public import Foundation
import Postgres

/// Open requests of this tenant in the order in which their time runs out.
public struct DueRequests {
    let transaction: TenantTransaction

    /// The due requests of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Requests with a clock that runs, the one due first first; each once.
    ///
    /// - Parameters:
    ///   - departments: Only these; nil: all.
    ///   - before: Only what runs out before this instant; nil: all.
    ///   - after: Due time and reference of the last line of the page before.
    public func page(
        departments: [String]? = nil,
        before: Date? = nil,
        after: (due: Date, reference: RequestReference)? = nil,
        limit: Int
    ) async throws -> [(reference: RequestReference, due: Date)] {
        let last = after?.due ?? .distantPast
        let lastReference = after?.reference.rawValue ?? ""
        let rows = try await transaction.all(
            """
            SELECT request_clock.service_request_id, due_at
            FROM request_clock
            JOIN service_request ON service_request.service_request_id = request_clock.service_request_id
            WHERE met_at IS NULL
                AND status = 'open'
                AND standing <> 'mirrored'
                AND (due_at, request_clock.service_request_id) > (\(last), \(lastReference))
                AND (\(before) IS NULL OR due_at < \(before))
                AND (\(departments) IS NULL OR department = ANY (\(departments ?? [])))
                AND NOT EXISTS (
                    SELECT 1
                    FROM request_clock AS other
                    WHERE other.service_request_id = request_clock.service_request_id
                        AND other.met_at IS NULL
                        AND (other.clock = request_clock.clock AND other.round > request_clock.round
                            OR other.clock <> request_clock.clock AND
                                (other.due_at, other.clock) < (request_clock.due_at, request_clock.clock))
                )
            ORDER BY due_at, request_clock.service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map {
            (RequestReference(trusted: try $0.decode("service_request_id")), try $0.decode("due_at"))
        }
    }

    /// Some requests without their decision, in the order asked.
    public func read(_ references: [RequestReference]) async throws -> [ServiceRequest] {
        let rows = try await transaction.all(
            """
            SELECT \(ServiceRequests.columns)
            FROM service_request
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            """
        )
        let found = try Dictionary(rows.map { try ServiceRequest($0) }.map { ($0.reference, $0) }) { first, _ in first }
        return references.compactMap { found[$0] }
    }

    /// How many open requests are late, due before an instant (usually midnight), standing still, and in time.
    public func counts(departments: [String]? = nil, at now: Date, soonBefore: Date) async throws -> DueCounts {
        let row = try await transaction.first(
            """
            SELECT count(*) FILTER (WHERE NOT is_paused AND due_at <= \(now)) AS late,
                count(*) FILTER (WHERE NOT is_paused AND due_at > \(now) AND due_at < \(soonBefore)) AS soon,
                count(*) FILTER (WHERE is_paused) AS paused,
                count(*) FILTER (WHERE NOT is_paused AND due_at >= \(soonBefore)) AS on_time
            FROM (
                SELECT request_clock.service_request_id, min(due_at) AS due_at, bool_or(life ->> 'pause' IS NOT NULL) AS is_paused
                FROM request_clock
                JOIN service_request ON service_request.service_request_id = request_clock.service_request_id
                WHERE met_at IS NULL
                    AND status = 'open'
                    AND standing <> 'mirrored'
                    AND (\(departments) IS NULL OR department = ANY (\(departments ?? [])))
                    AND NOT EXISTS (
                        SELECT 1
                        FROM request_clock AS later
                        WHERE later.service_request_id = request_clock.service_request_id
                            AND later.clock = request_clock.clock
                            AND later.round > request_clock.round
                    )
                GROUP BY request_clock.service_request_id
            ) AS running
            """
        )
        guard let row else { return DueCounts(late: 0, soon: 0, paused: 0, onTime: 0) }
        return DueCounts(
            late: try row.decode("late"),
            soon: try row.decode("soon"),
            paused: try row.decode("paused"),
            onTime: try row.decode("on_time")
        )
    }
}

/// How the open requests of a tenant stand to their next dates.
public struct DueCounts: Sendable, Hashable, Codable {
    /// Run out.
    public let late: Int
    /// Due soon, usually today.
    public let soon: Int
    /// Standing still.
    public let paused: Int
    /// Later.
    public let onTime: Int

    /// The counts.
    public init(late: Int, soon: Int, paused: Int, onTime: Int) {
        self.late = late
        self.soon = soon
        self.paused = paused
        self.onTime = onTime
    }

    private enum CodingKeys: String, CodingKey {
        case late, soon, paused
        case onTime = "on_time"
    }
}
