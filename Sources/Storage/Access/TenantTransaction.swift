public import Domain
public import Foundation
import Postgres

/// One transaction in one tenant's schema, on a session logged in as that tenant's role; valid inside its closure only.
///
/// Nothing of another tenant can be reached through it, whatever statement is run: the role has no right to anything
/// else. Repositories queue writes that nobody waits for; they travel with the next read or with COMMIT in one round
/// trip, and their fault comes out there.
public final class TenantTransaction {
    /// Whose data this is.
    public let tenant: TenantCode

    private let open: Transaction

    init(tenant: TenantCode, open: Transaction) {
        self.tenant = tenant
        self.open = open
    }

    /// The database's clock now, to the microsecond: what leases are measured by.
    public func databaseTime() async throws -> Date {
        guard let row = try await first("SELECT clock_timestamp() AS now") else {
            throw StorageError.other(detail: "no answer to clock_timestamp()")
        }
        return try row.decode("now")
    }

    /// Sends what is queued and waits for its outcome; a fault comes out here.
    public func flush() async throws {
        try await inStorageTerms { try await open.flush() }
    }

    func queue(_ sql: SQL) async throws {
        try await inStorageTerms { try await open.execute(sql) }
    }

    func first(_ sql: SQL) async throws -> Row? {
        try await inStorageTerms { try await open.first(sql) }
    }

    func all(_ sql: SQL) async throws -> [Row] {
        try await inStorageTerms { try await open.query(sql) }
    }

    func change(_ sql: SQL) async throws -> Int {
        try await inStorageTerms { try await open.affected(sql) }
    }

    func stream(_ sql: SQL) throws -> RowStream {
        try open.stream(sql)
    }
}
