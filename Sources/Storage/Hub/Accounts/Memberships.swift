public import Domain
public import Foundation
import Postgres

/// What people are in which jurisdiction.
public struct Memberships {
    let transaction: HubTransaction

    /// The memberships of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues what a person is in one jurisdiction from now on, in place of what they were.
    public func put(_ membership: Membership, of id: AccountID, by actor: String, now: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.account_membership
                (account_id, jurisdiction_id, roles, departments, source, granted_at, granted_by)
            VALUES
                (\(id.rawValue), \(membership.jurisdiction.rawValue), \(membership.roles.map(\.rawValue).sorted()),
                \(membership.departments.sorted()), \(membership.source.rawValue), \(now), \(actor))
            ON CONFLICT (account_id, jurisdiction_id) DO UPDATE
            SET roles = excluded.roles, departments = excluded.departments, source = excluded.source,
                granted_at = excluded.granted_at, granted_by = excluded.granted_by
            """
        )
    }

    /// Takes everything a person was in a jurisdiction; false when it was nothing.
    public func remove(_ jurisdiction: JurisdictionID, of id: AccountID) async throws -> Bool {
        let count = try await transaction.change(
            """
            DELETE FROM hub.account_membership
            WHERE account_id = \(id.rawValue)
                AND jurisdiction_id = \(jurisdiction.rawValue)
            """
        )
        return count == 1
    }

    /// Everything a person is, by jurisdiction.
    public func of(_ id: AccountID) async throws -> [Membership] {
        try await of([id])[id] ?? []
    }

    /// Everything some people are, by jurisdiction.
    public func of(_ ids: [AccountID]) async throws -> [AccountID: [Membership]] {
        let rows = try await transaction.all(
            """
            SELECT account_id, jurisdiction_id, roles, departments, source
            FROM hub.account_membership
            WHERE account_id = ANY (\(ids.map(\.rawValue)))
            ORDER BY account_id, jurisdiction_id
            """
        )
        return try rows.reduce(into: [:]) { found, row in
            let id = AccountID(trusted: try row.decode("account_id"))
            found[id, default: []].append(try Membership(row))
        }
    }
}

extension Membership {
    init(_ row: Row) throws {
        self.init(
            jurisdiction: JurisdictionID(trusted: try row.decode("jurisdiction_id")),
            // A role that a later program knows means nothing to this one.
            roles: Set(try row.decode("roles", as: [String].self).compactMap(Role.init(rawValue:))),
            departments: Set(try row.decode("departments", as: [String].self)),
            source: try row.word("source")
        )
    }
}
