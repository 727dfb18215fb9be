import Foundation
import Glibc
public import Postgres
public import PostgresServer
import Synchronization

/// The PostgreSQL server all tests share.
///
/// It is started by the first test process that needs it and left running for the next; its directory is
/// `HUB_TEST_CLUSTER` or a fixed one in the system's temporary directory. Nothing in it is worth keeping.
public struct TestCluster: Sendable {
    /// Where the server is, and the superuser's way in.
    public let address: ServerAddress

    private static let lastNumber = Atomic(0)

    /// Started once per process; everybody waits for the same start.
    private static let starting = Task { try await start() }

    /// The server, running.
    public static func shared() async throws -> TestCluster {
        try await starting.value
    }

    /// Makes an empty database, or a copy of another to which nobody is connected.
    ///
    /// - Returns: its name; databases of test processes that are gone are removed by the next process.
    public func makeDatabase(template: String? = nil) async throws -> String {
        let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        let name = "test_\(getpid())_\(number)"
        let connection = try await PostgresConnection.connect(settings())
        if let template {
            try await connection.execute("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
        } else {
            try await connection.execute("CREATE DATABASE \(identifier: name) TEMPLATE template0")
        }
        await connection.close()
        return name
    }

    /// Removes a database, whoever is connected to it.
    public func dropDatabase(_ name: String) async throws {
        let connection = try await PostgresConnection.connect(settings())
        try await connection.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
        await connection.close()
    }

    /// Runs a closure with a database of its own and removes it afterwards.
    public func withDatabase<Value>(
        template: String? = nil,
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        let name = try await makeDatabase(template: template)
        do {
            let value = try await body(name)
            try await dropDatabase(name)
            return value
        } catch {
            try? await dropDatabase(name)
            throw error
        }
    }

    /// How to connect: as the superuser to `postgres` unless told otherwise.
    public func settings(
        user: String? = nil,
        password: String? = nil,
        database: String = "postgres"
    ) -> ConnectionSettings {
        ConnectionSettings(
            host: address.socketDirectory,
            port: address.port,
            database: database,
            user: user ?? address.superuser,
            password: user == nil ? address.password : password,
            tls: .disable,
            connectSeconds: 30
        )
    }

    private static func start() async throws -> TestCluster {
        let directory =
            ProcessInfo.processInfo.environment["HUB_TEST_CLUSTER"] ?? "/tmp/hub311-tests-\(geteuid())"
        let server = EmbeddedServer(
            ServerSettings(
                directory: directory,
                maximumConnections: 500,
                sharedBuffers: 128,
                isDurable: false,
                isShared: true
            )
        )
        let cluster = TestCluster(address: try await server.start())
        try await cluster.removeAbandonedDatabases()
        return cluster
    }

    private func removeAbandonedDatabases() async throws {
        let connection = try await PostgresConnection.connect(settings())
        for row in try await connection.query("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'") {
            let name = try row.decode("datname", as: String.self)
            let parts = name.split(separator: "_")
            // 0 alive (or somebody else's), -1 with ESRCH gone
            guard parts.count == 3, let process = pid_t(parts[1]), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            // Another process may be removing it at this moment.
            _ = try? await connection.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
        }
        await connection.close()
    }
}
