public import Foundation
import Postgres

/// A view of the queue that one person has given a name.
public struct StoredStaffView: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID
    /// Its name, 1 to 60 characters; two views of one person never have the same.
    public let name: String
    /// What it shows, as the queue's address spells it.
    public let filter: [String: String]

    /// A named view.
    public init(id: UUID = UUID(), name: String, filter: [String: String]) {
        self.id = id
        self.name = name
        self.filter = filter
    }
}

/// Views of the queue that the staff of one tenant have saved, each person their own.
public struct StaffViews {
    /// Most views of one person; more are no help.
    public static let mostOfOnePerson = 30

    private let transaction: TenantTransaction

    /// The views of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// The views of an account, by name.
    public func of(account: String) async throws -> [StoredStaffView] {
        let rows = try await transaction.all(
            """
            SELECT view_id, name, filter
            FROM staff_view
            WHERE account_id = \(account)
            ORDER BY name, view_id
            LIMIT \(Self.mostOfOnePerson)
            """
        )
        return try rows.map { row in
            StoredStaffView(
                id: try row.decode("view_id"),
                name: try row.decode("name"),
                filter: try row.decodeJSON("filter")
            )
        }
    }

    /// Queues a view; one of the same name is replaced.
    public func put(_ view: StoredStaffView, of account: String, now: Date) async throws {
        let filter = WrittenJSON.details(view.filter)
        try await transaction.queue(
            """
            INSERT INTO staff_view
                (view_id, account_id, name, filter, made_at)
            VALUES
                (\(view.id), \(account), \(view.name), \(filter), \(now))
            ON CONFLICT (account_id, name) DO UPDATE
            SET filter = excluded.filter
            """
        )
    }

    /// Removes a view; false when this account has none of that id.
    public func remove(_ id: UUID, of account: String) async throws -> Bool {
        let count = try await transaction.change(
            """
            DELETE FROM staff_view
            WHERE view_id = \(id)
                AND account_id = \(account)
            """
        )
        return count == 1
    }
}
