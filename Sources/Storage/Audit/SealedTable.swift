import Postgres

/// A transaction in which rows are sealed: over the hub's tables, or in one tenant's schema.
protocol SealingTransaction {
    func queue(_ sql: SQL) async throws
    func first(_ sql: SQL) async throws -> Row?
    func all(_ sql: SQL) async throws -> [Row]
}

extension HubTransaction: SealingTransaction {}
extension TenantTransaction: SealingTransaction {}

/// A table whose rows are sealed: how its rows are numbered and written out.
struct SealedTable: Sendable {
    /// The word for it in the chain.
    let source: String
    /// Its name.
    let table: SQL
    /// The column that numbers its rows.
    let number: SQL
    /// Its columns as texts, each with a sign before it that tells NULL from blank; the first names the row to a person.
    let fields: SQL

    /// The hub's audit record.
    static let hubEntries = SealedTable(
        source: "entry",
        table: "hub.audit_entry",
        number: "entry",
        fields: """
            ARRAY[
                '+' || action, '+' || actor, '+' || (extract(epoch FROM happened_at) * 1000000)::bigint::text,
                COALESCE('+' || jurisdiction_id, '-'), COALESCE('+' || subject, '-'), COALESCE('+' || on_behalf_of, '-'),
                COALESCE('+' || origin, '-'), COALESCE('+' || purpose, '-'), '+' || details::text
            ]
            """
    )

    /// A tenant's own audit record.
    static let entries = SealedTable(
        source: "entry",
        table: "audit_entry",
        number: "entry",
        fields: """
            ARRAY[
                '+' || action, '+' || actor, '+' || (extract(epoch FROM happened_at) * 1000000)::bigint::text,
                COALESCE('+' || subject, '-'), COALESCE('+' || on_behalf_of, '-'), COALESCE('+' || origin, '-'),
                COALESCE('+' || purpose, '-'), '+' || details::text
            ]
            """
    )

    /// The history of a tenant's requests.
    static let events = SealedTable(
        source: "event",
        table: "service_request_event",
        number: "event_number",
        fields: """
            ARRAY[
                '+' || service_request_id || ' event ' || sequence::text, '+' || kind, '+' || actor,
                '+' || (extract(epoch FROM happened_at) * 1000000)::bigint::text, '+' || is_public::text,
                COALESCE('+' || description::text, '-'), '+' || details::text, COALESCE('+' || on_behalf_of, '-'),
                COALESCE('+' || origin, '-')
            ]
            """
    )
}
