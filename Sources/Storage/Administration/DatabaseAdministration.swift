public import Foundation
public import Postgres

/// Sets a database up and keeps its schemas up to date; used at start and by the command line, never while serving.
///
/// Three kinds of role: the owner has every table and serves nobody; the hub's role reads and writes the hub's
/// tables; each tenant's role reads and writes that tenant's tables. The last two own nothing, create nothing and are
/// members of nothing, so not even injected SQL leaves its schema. Everything here can be repeated; a killed run is
/// taken up by the next.
public struct DatabaseAdministration: Sendable {
    let administrator: ConnectionSettings
    let settings: DatabaseSettings
    let files: MigrationFiles

    /// The administration of one deployment's database.
    ///
    /// - Parameters:
    ///   - administrator: A superuser; needed by ``prepare(now:)`` only.
    ///   - files: The steps to bring schemas up to date; nil for those of this program.
    public init(
        administrator: ConnectionSettings,
        settings: DatabaseSettings,
        files: MigrationFiles? = nil
    ) throws {
        self.administrator = administrator.with(database: settings.server.database)
        self.settings = settings
        self.files = try files ?? .ofThisProgram()
    }

    /// Makes the database, its roles, PostGIS and the hub's schema where they are missing, and brings the hub's
    /// schema up to date.
    ///
    /// - Throws: ``AdministrationError``; `MigrationError` when the database is newer than the program.
    public func prepare(now: Date) async throws -> PreparationReport {
        try await makeDatabase()
        try await withSession(administrator) { session in
            try await checkServer(session)
            try await session.execute("SELECT pg_advisory_lock(\(Self.lock))")
            try await makeServiceRoles(session)
            try await makePostGIS(session)
            try await closeDoors(session)
        }
        let applied = try await withOwner { owner in
            try await makeHubSchema(owner, now: now)
        }
        return PreparationReport(applied: applied, gaps: try await audit())
    }

    /// Key of the advisory lock that keeps two programs from preparing one database at the same time: "hub311" in
    /// ASCII.
    private static let lock: Int64 = 0x6875_6233_3131

    private func makeDatabase() async throws {
        let name = settings.server.database
        // A role that may not enter the maintenance database can still prepare a database that is there.
        guard let session = try? await PostgresConnection.connect(administrator.with(database: "postgres")) else {
            return
        }
        do {
            if try await session.first("SELECT 1 AS there FROM pg_database WHERE datname = \(name)") == nil {
                try await session.execute("CREATE DATABASE \(identifier: name)")
            }
            await session.close()
        } catch {
            await session.close()
            // Another program was quicker.
            guard error.sqlState == .duplicateDatabase else { throw error }
        }
    }

    private func checkServer(_ session: PostgresConnection) async throws {
        let row = try await session.first(
            """
            SELECT current_setting('server_version_num')::integer AS number,
                current_setting('server_version') AS version
            """
        )
        guard let row, try row.decode("number", as: Int.self) < 150_000 else { return }
        throw AdministrationError.serverTooOld(version: try row.decode("version"))
    }

    private func makePostGIS(_ session: PostgresConnection) async throws {
        let there = try await session.first(
            """
            SELECT nspname AS schema
            FROM pg_extension
            JOIN pg_namespace ON pg_namespace.oid = extnamespace
            WHERE extname = 'postgis'
            """
        )
        if let schema = try there?.decode("schema", as: String.self), schema != "postgis" {
            throw AdministrationError.postgisElsewhere(schema: schema)
        }
        if there == nil {
            let isInstalled = try await session.first(
                "SELECT 1 AS there FROM pg_available_extensions WHERE name = 'postgis'"
            )
            guard isInstalled != nil else { throw AdministrationError.postgisMissing }
            do {
                try await session.runTransaction([
                    "CREATE SCHEMA IF NOT EXISTS postgis",
                    "CREATE EXTENSION IF NOT EXISTS postgis SCHEMA postgis",
                ])
            } catch {
                guard error.sqlState == .insufficientPrivilege else { throw error }
                throw AdministrationError.notAllowed(what: "CREATE EXTENSION postgis")
            }
        }
        try await session.execute(
            """
            GRANT USAGE ON SCHEMA postgis
            TO \(identifier: settings.roles.owner), \(identifier: settings.roles.hub)
            """
        )
    }

    private func makeHubSchema(_ owner: PostgresConnection, now: Date) async throws -> [String] {
        let hub = settings.roles.hub
        try await owner.runTransaction([
            "CREATE SCHEMA IF NOT EXISTS hub",
            "GRANT USAGE ON SCHEMA hub TO \(identifier: hub)",
            """
            ALTER DEFAULT PRIVILEGES IN SCHEMA hub
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO \(identifier: hub)
            """,
        ])
        let applied = try await files.hub.run(in: try SQLIdentifier("hub"), on: owner, now: now)
        try await owner.runTransaction([
            "REVOKE UPDATE, DELETE ON hub.audit_entry, hub.audit_chain FROM \(identifier: hub)",
            "REVOKE INSERT, UPDATE, DELETE ON hub.tenant_migration, hub.schema_migration FROM \(identifier: hub)",
        ])
        return applied
    }

    /// Runs a closure on a session of its own.
    func withSession<Value>(
        _ login: ConnectionSettings,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await PostgresConnection.connect(login)
        do {
            let value = try await body(session)
            await session.close()
            return value
        } catch {
            await session.close()
            throw error
        }
    }

    /// Runs a closure on a session of the owner.
    func withOwner<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
        try await withSession(settings.login(as: settings.roles.owner), body)
    }
}
