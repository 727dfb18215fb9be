public import Domain
public import Foundation
import Glibc
public import Postgres
import Synchronization

@testable public import Storage

/// A database of its own with the hub's schema and some tenants, for one test; gone afterwards.
public struct TestHub: Sendable {
    /// The way to the data, as the service has it.
    public let databases: TenantDatabases

    /// The way to set it up, as the command line has it.
    public let administration: DatabaseAdministration

    /// Where the database is and how its roles log in.
    public let settings: DatabaseSettings

    /// The tenants, with codes no other test uses at the time.
    public let codes: [TenantCode]

    /// The server all tests share.
    public let cluster: TestCluster

    /// Runs statements as the superuser, for looking behind the scenes.
    public func asSuperuser<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
        try await cluster.withSession(cluster.settings(database: settings.server.database), body)
    }

    /// Password of a role, for logging in as the service does.
    public func password(of role: String) throws -> String? {
        settings.login(as: role).password
    }

    /// Adds a tenant.
    public func addTenant(now: Date) async throws -> TenantCode {
        let code = TestTemplate.newCode()
        _ = try await administration.ensureTenant(code, now: now)
        return code
    }
}

/// Something appeared where the test had nothing to do.
public struct AppearedElsewhere: Error, CustomStringConvertible {
    /// What, as schema and name.
    public let objects: [String]

    /// One line.
    public var description: String { "appeared outside the test's schemas: \(objects.joined(separator: ", "))" }
}

/// Runs a test with fresh tenants in a database of its own, as many tests at a time as there are; fails when a table
/// appeared elsewhere than in a tenant's schema.
public func withTenantSchemas<Value>(
    _ count: Int = 2,
    limits: SessionLimits = SessionLimits(wait: .seconds(20)),
    _ body: (TestHub) async throws -> Value
) async throws -> Value {
    let cluster = try await TestCluster.shared()
    let template = try await TestTemplate.shared()
    let database = try await cluster.makeDatabase(template: template)
    do {
        let hub = try await TestTemplate.makeHub(count, in: database, on: cluster, limits: limits)
        let before = try await hub.asSuperuser(TestTemplate.objects)
        let value = try await body(hub)
        let after = try await hub.asSuperuser(TestTemplate.objects)
        await hub.databases.close()
        try await TestTemplate.remove(database, from: cluster)
        guard after == before else { throw AppearedElsewhere(objects: after.subtracting(before).sorted()) }
        return value
    } catch {
        try? await TestTemplate.remove(database, from: cluster)
        throw error
    }
}

/// The prepared database that tests copy, made once per process.
enum TestTemplate {
    /// Role names of all tests on the server; tenants differ by their codes.
    static let prefix = "hubtest"

    private static let making = Task { try await make() }
    private static let used = Mutex<Set<TenantCode>>([])

    static func shared() async throws -> String {
        try await making.value
    }

    static func secret() throws -> DeploymentSecret {
        try DeploymentSecret("a secret of the tests, which protects nothing at all")
    }

    /// A code of four letters no test of this process has used.
    static func newCode() -> TenantCode {
        used.withLock { used in
            while true {
                let letters = (0..<4).map { _ in Character(UnicodeScalar(UInt8.random(in: 65...90))) }
                let code = TenantCode(trusted: String(letters))
                if used.insert(code).inserted { return code }
            }
        }
    }

    private static func make() async throws -> String {
        let cluster = try await TestCluster.shared()
        // Roles belong to the whole server: test processes prepare one after the other.
        return try await cluster.withSession(cluster.settings()) { session in
            try await session.execute("SELECT pg_advisory_lock(311)")
            let database = try await cluster.makeDatabase()
            let settings = DatabaseSettings(
                server: cluster.settings(database: database),
                roles: try RoleNames(prefix: prefix),
                secret: try secret()
            )
            let administration = try DatabaseAdministration(administrator: cluster.settings(), settings: settings)
            _ = try await administration.prepare(now: Date())
            return database
        }
    }

    /// A hub in a copy of the template, with new tenants.
    static func makeHub(
        _ count: Int,
        in database: String,
        on cluster: TestCluster,
        limits: SessionLimits
    ) async throws -> TestHub {
        let settings = DatabaseSettings(
            server: cluster.settings(database: database),
            roles: try RoleNames(prefix: prefix),
            secret: try secret(),
            limits: limits
        )
        // What a copy does not take over: rights on the database itself.
        _ = try await cluster.withSession(cluster.settings(database: database)) { session in
            try await session.runTransaction([
                "REVOKE TEMPORARY, CREATE ON DATABASE \(identifier: database) FROM PUBLIC",
                "GRANT CREATE ON DATABASE \(identifier: database) TO \(identifier: settings.roles.owner)",
            ])
        }
        let administration = try DatabaseAdministration(administrator: cluster.settings(), settings: settings)
        let codes = (0..<count).map { _ in newCode() }
        for code in codes {
            _ = try await administration.ensureTenant(code, now: Date())
        }
        return TestHub(
            databases: TenantDatabases(settings),
            administration: administration,
            settings: settings,
            codes: codes,
            cluster: cluster
        )
    }

    /// Tables and their like outside tenants' schemas, and schemas that are no tenant's.
    static func objects(_ session: PostgresConnection) async throws -> Set<String> {
        let rows = try await session.query(
            """
            SELECT nspname || '.' || relname AS object
            FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname !~ '^(pg_toast|pg_catalog|information_schema|postgis|t_[a-z]{2,4}$)'
            UNION ALL
            SELECT nspname
            FROM pg_namespace
            WHERE nspname !~ '^(pg_|t_[a-z]{2,4}$)'
            """
        )
        return Set(try rows.map { try $0.decode("object", as: String.self) })
    }

    /// Removes a database, and the roles of its tenants, which would outlive it.
    static func remove(_ database: String, from cluster: TestCluster) async throws {
        let schemas = try await cluster.withSession(cluster.settings(database: database)) { session in
            try await session.query("SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^t_[a-z]{2,4}$'")
        }
        try await cluster.dropDatabase(database)
        try await cluster.withSession(cluster.settings()) { session in
            for row in schemas {
                let schema = try row.decode("name", as: String.self)
                // A role that another database uses by chance stays for that one to remove.
                _ = try? await session.execute("DROP ROLE IF EXISTS \(identifier: "\(prefix)_\(schema)")")
            }
        }
    }
}

extension TestCluster {
    /// Runs a closure on a session of its own.
    public func withSession<Value>(
        _ settings: ConnectionSettings,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await PostgresConnection.connect(settings)
        do {
            let value = try await body(session)
            await session.close()
            return value
        } catch {
            await session.close()
            throw error
        }
    }
}
