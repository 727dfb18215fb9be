import Postgres

/// One transaction over the hub's tables, on a session of the hub's role, which can read no tenant's table; valid
/// inside its closure only.
///
/// The role's search path is empty: a statement that forgot `hub.` fails. Queued writes travel as in
/// ``TenantTransaction``.
public final class HubTransaction {
    private let open: Transaction

    init(open: Transaction) {
        self.open = open
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

    /// Sends bytes in the text format of COPY and returns the number of rows taken.
    func copyIn(_ command: SQL, _ bytes: [UInt8]) async throws -> Int {
        try await inStorageTerms { try await open.copyIn(command) { try await $0.write(bytes) } }
    }

    func stream(_ sql: SQL) throws -> RowStream {
        try open.stream(sql)
    }
}
