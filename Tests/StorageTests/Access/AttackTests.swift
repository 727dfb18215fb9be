import Domain
import Foundation
import PostgresServer
import Storage
import TestSupport
import Testing

@testable import Postgres

/// What injected SQL could try, logged in as a role of the running service; rules.md 2.3, T8.
@Suite("SQL run as a role of the service")
struct AttackTests {
    /// Each with what it would reach; `OTHER` is the other tenant's schema, `ROLE` its role, `HUB` the hub's role.
    static let attacks: [(String, String)] = [
        ("reads another tenant's requests", "SELECT description FROM OTHER.service_request"),
        ("writes another tenant's requests", "DELETE FROM OTHER.service_request"),
        ("reads another tenant's personal data", "SELECT email FROM OTHER.requester"),
        ("becomes another tenant", "SET ROLE ROLE"),
        ("becomes the hub", "SET ROLE HUB"),
        ("becomes the owner", "SET SESSION AUTHORIZATION hubtest_owner"),
        ("sets its role inside a statement", "SELECT set_config('role', 'ROLE', true)"),
        (
            "sets its role and reads in one statement",
            "SELECT set_config('role', 'ROLE', true), query_to_xml('SELECT * FROM OTHER.service_request', true, true, '')"
        ),
        ("sets its role through a view", "UPDATE pg_settings SET setting = 'ROLE' WHERE name = 'role'"),
        ("reads through XML", "SELECT query_to_xml('SELECT * FROM OTHER.requester', true, true, '')"),
        ("runs a program", "COPY (SELECT 1) TO PROGRAM 'true'"),
        ("reads a file", "COPY OWN.schema_migration FROM '/etc/passwd'"),
        ("reads a file by a function", "SELECT pg_read_file('/etc/passwd')"),
        ("reads a directory", "SELECT pg_ls_dir('/')"),
        ("takes a file in", "SELECT lo_import('/etc/passwd')"),
        ("makes a large object", "SELECT lo_create(0)"),
        ("makes a large object from bytes", "SELECT lo_from_bytea(0, 'x')"),
        ("makes a table in public", "CREATE TABLE public.x (y integer)"),
        ("makes a table in its own schema", "CREATE TABLE service_request_copy AS SELECT 1 AS one"),
        ("makes a temporary table", "CREATE TEMPORARY TABLE x (y integer)"),
        ("makes a schema", "CREATE SCHEMA mine"),
        ("makes a function", "CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
        ("makes a language", "CREATE EXTENSION dblink"),
        ("makes a role", "CREATE ROLE mine SUPERUSER"),
        ("changes its own role", "ALTER ROLE CURRENT_USER SUPERUSER"),
        ("reads the passwords", "SELECT rolpassword FROM pg_authid"),
        ("changes the server", "ALTER SYSTEM SET log_statement = 'all'"),
        ("changes the history of the schema", "DELETE FROM OWN.schema_migration"),
        ("ends another session", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'SUPER'"),
    ]

    static let ofTenant: [(String, String)] = [
        ("reads the hub's keys", "SELECT secret_hash FROM hub.api_key"),
        ("reads the hub's audit", "SELECT actor FROM hub.audit_entry"),
        ("reads the register", "SELECT code FROM hub.jurisdiction"),
        ("uses PostGIS", "SELECT postgis.st_area(NULL::postgis.geometry)"),
        ("changes history", "UPDATE service_request_event SET actor = 'nobody'"),
        ("removes history", "DELETE FROM service_request_event"),
    ]

    static let ofHub: [(String, String)] = [
        ("changes the audit", "UPDATE hub.audit_entry SET actor = 'nobody'"),
        ("removes from the audit", "DELETE FROM hub.audit_entry"),
        ("forgets its schema", "SELECT code FROM jurisdiction"),
    ]

    @Test("as a tenant reaches nothing outside its schema")
    func tenant() async throws {
        try await withTenantSchemas(2) { hub in
            let role = hub.settings.roles.tenant(hub.codes[0])
            let own = hub.codes[0].schemaName
            try await attack(hub, as: role, own: own, Self.attacks + Self.ofTenant)
        }
    }

    @Test("as the hub reaches no tenant's tables")
    func hub() async throws {
        try await withTenantSchemas(2) { hub in
            try await attack(hub, as: hub.settings.roles.hub, own: "hub", Self.attacks + Self.ofHub)
        }
    }

    @Test("as a stranger does not even get in", arguments: ["wrong", ""])
    func stranger(password: String) async throws {
        try await withTenantSchemas(1) { hub in
            let login = hub.settings.server.with(
                user: hub.settings.roles.tenant(hub.codes[0]),
                password: password
            )
            await #expect(throws: PostgresError.self) {
                let session = try await PostgresConnection.connect(login)
                await session.close()
            }
        }
    }

    @Test("and the catalogue shows nothing that stands open")
    func audit() async throws {
        try await withTenantSchemas(2) { hub in
            let gaps = try await hub.administration.audit()
            #expect(gaps.isEmpty)
            try await hub.asSuperuser { session in
                let (one, other) = (hub.codes[0].schemaName, hub.settings.roles.tenant(hub.codes[1]))
                try await session.runTransaction([
                    "GRANT SELECT ON \(identifier: one).requester TO \(identifier: other)",
                    "CREATE TABLE public.leftover (y integer)",
                    "GRANT TEMPORARY ON DATABASE \(identifier: hub.settings.server.database) TO PUBLIC",
                    """
                    CREATE FUNCTION hub.f() RETURNS integer LANGUAGE sql SECURITY DEFINER
                    AS 'SELECT 1'
                    """,
                    "CREATE TABLE hub.keyless (y integer)",
                ])
            }
            let found = try await hub.administration.audit()
            #expect(found.count == 5, "\(found)")
            #expect(found.contains { $0.contains("\(hub.codes[0].schemaName).requester") })
            _ = try await hub.asSuperuser { session in
                try await session.runTransaction([
                    "DROP TABLE public.leftover", "DROP TABLE hub.keyless", "DROP FUNCTION hub.f()",
                ])
            }
        }
    }

    /// Runs each attack on a session of the role and wants each refused: no right (42501), no schema to create in
    /// (3F000), or no such table without its schema's name (42P01).
    private func attack(_ hub: TestHub, as role: String, own: String, _ attacks: [(String, String)]) async throws {
        let victim = hub.codes[1]
        let words = [
            ("OWN.", "\(own)."),
            ("OTHER.", "\(victim.schemaName)."),
            ("SET ROLE ROLE", "SET ROLE \(hub.settings.roles.tenant(victim))"),
            ("'ROLE'", "'\(hub.settings.roles.tenant(victim))'"),
            ("SET ROLE HUB", "SET ROLE \(role == hub.settings.roles.hub ? "hubtest_owner" : hub.settings.roles.hub)"),
            ("SUPER'", "\(hub.cluster.address.superuser)'"),
        ]
        let login = hub.settings.server.with(user: role, password: try hub.password(of: role))
        // The superuser's session is there to be attacked.
        try await hub.asSuperuser { watcher in
            try await hub.cluster.withSession(login) { session in
                for (name, attack) in attacks {
                    let statement = words.reduce(attack) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
                    do {
                        let rows = try await session.query(SQL(programText: statement))
                        Issue.record("\(name): \(statement) gave \(rows.count) rows")
                    } catch let error as PostgresError {
                        let state = error.sqlState?.rawValue ?? ""
                        #expect(["42501", "3F000", "42P01"].contains(state), "\(name): \(error.debugDescription)")
                    }
                }
            }
            let alive = try await watcher.first("SELECT 1 AS alive")
            #expect(alive != nil)
        }
    }
}
