public import Domain
public import Foundation
import Postgres

/// What a rehearsal of deadlines needs of one past request.
public struct RehearsedRequest: Sendable {
    /// The request.
    public let reference: RequestReference
    /// Its type.
    public let service: ServiceCode
    /// The type residents know.
    public let publicType: ServiceCode
    /// Its answers.
    public let answers: Answers
    /// The department that has it.
    public let department: String?
    /// Class of the road that decided, as road data spell it.
    public let roadClass: String?
    /// When it was received.
    public let requestedAt: Date
    /// Where it stands.
    public let life: RequestLife
    /// Its clocks, the latest round.
    public let clocks: [RequestClock]
}

/// Requests this tenant led in some time, with their clocks.
public struct ClockHistory {
    let transaction: TenantTransaction

    /// The history of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Requests received in a span, the earliest first, page by page.
    ///
    /// - Parameter last: Time of receipt and reference of the last one of the page before.
    public func page(
        from start: Date,
        to end: Date,
        after last: (requestedAt: Date, reference: RequestReference)? = nil,
        limit: Int = 1_000
    ) async throws -> [RehearsedRequest] {
        let since = last?.requestedAt ?? start
        let reference = last?.reference.rawValue ?? ""
        let rows = try await transaction.all(
            """
            SELECT service_request_id, service_code, public_type, answers, department, requested_at, life,
                decision -> 'road' ->> 'road_class' AS road_class
            FROM service_request
            WHERE standing = 'lead'
                AND requested_at >= \(since)
                AND requested_at < \(end)
                AND (requested_at, service_request_id) > (\(since), \(reference))
            ORDER BY requested_at, service_request_id
            LIMIT \(limit)
            """
        )
        let references = try rows.map { RequestReference(trusted: try $0.decode("service_request_id")) }
        let clocks = try await StoredClocks(transaction).latest(of: references)
        return try zip(rows, references).map { row, reference in
            RehearsedRequest(
                reference: reference,
                service: ServiceCode(trusted: try row.decode("service_code")),
                publicType: ServiceCode(trusted: try row.decode("public_type")),
                answers: try row.decodeJSON("answers"),
                department: try row.decode("department"),
                roadClass: try row.decode("road_class"),
                requestedAt: try row.decode("requested_at"),
                life: try row.decodeJSON("life"),
                clocks: clocks[reference] ?? []
            )
        }
    }
}
