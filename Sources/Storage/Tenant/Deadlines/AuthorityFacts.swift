public import Domain
public import Foundation
import Postgres

/// What bodies knew of this tenant's requests and when; written once, never changed (the tenant's role may not).
public struct AuthorityFacts {
    let transaction: TenantTransaction

    /// The facts of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues facts; one that is there already stays as it is.
    public func note(_ facts: [AuthorityFact], of reference: RequestReference) async throws {
        guard !facts.isEmpty else { return }
        try await transaction.queue(
            """
            INSERT INTO authority_fact
                (service_request_id, body, fact, happened_at, noted_at, source)
            SELECT \(reference.rawValue), body, fact, happened_at, noted_at, source
            FROM unnest(
                \(facts.map(\.body)), \(facts.map(\.kind.rawValue)), \(facts.map(\.at)), \(facts.map(\.notedAt)),
                \(facts.map(\.source))
            ) AS new (body, fact, happened_at, noted_at, source)
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// The facts of a request, the earliest first.
    public func all(of reference: RequestReference) async throws -> [AuthorityFact] {
        let rows = try await transaction.all(
            """
            SELECT body, fact, happened_at, noted_at, source
            FROM authority_fact
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY happened_at, body, fact
            """
        )
        return try rows.map { row in
            AuthorityFact(
                body: try row.decode("body"),
                kind: try row.word("fact"),
                at: try row.decode("happened_at"),
                notedAt: try row.decode("noted_at"),
                source: try row.decode("source")
            )
        }
    }
}
