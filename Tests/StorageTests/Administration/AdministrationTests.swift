import Domain
import Foundation
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Administration of a database")
struct AdministrationTests {
    let now = Sample.morning

    @Test("makes a tenant once, quickly, and a second time changes nothing")
    func ensureTenant() async throws {
        try await withTenantSchemas(0) { hub in
            let begin = ContinuousClock.now
            let code = try await hub.addTenant(now: now)
            // A fifth of a second alone; here dozens of tests run at the same time.
            #expect(begin.duration(to: .now) < .seconds(20))
            let isNew = try await hub.administration.ensureTenant(code, now: now)
            #expect(!isNew)
            let status = try await hub.administration.status()
            #expect(status.tenants.map(\.code) == [code])
            #expect(status.tenants[0].version == status.newestOfTenant)
            #expect(status.hub == status.newestOfHub)
        }
    }

    @Test("removes a tenant without a trace and leaves the others")
    func removeTenant() async throws {
        try await withTenantSchemas(2) { hub in
            let (gone, stays) = (hub.codes[0], hub.codes[1])
            for code in hub.codes {
                try await hub.databases.withTenant(code) { try await ServiceRequests($0).insert(Sample.request(code)) }
            }
            await hub.databases.close(gone)
            try await hub.administration.removeTenant(gone)
            try await hub.asSuperuser { session in
                let left = try await session.first(
                    """
                    SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = \(gone.schemaName))
                        + (SELECT count(*) FROM pg_roles WHERE rolname = \(hub.settings.roles.tenant(gone)))
                        + (SELECT count(*) FROM hub.tenant_migration WHERE code = \(gone.rawValue)) AS traces
                    """
                )
                #expect(try left?.decode("traces", as: Int.self) == 0)
            }
            await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(gone) { try await ServiceRequests($0).counts() }
            }
            let counts = try await hub.databases.withTenant(stays) { try await ServiceRequests($0).counts() }
            #expect(counts.map(\.count) == [1])
            try await hub.administration.removeTenant(gone)
        }
    }

    @Test("brings all tenants up to date, several at a time, and looks at none a second time")
    func migrate() async throws {
        try await withTenantSchemas(6) { hub in
            let next = try newer(hub, "ALTER TABLE service_request ADD COLUMN remark text;")
            let report = try await next.migrateTenants(atOnce: 3, now: now)
            #expect(report.tenants.map(\.code) == hub.codes.sorted())
            #expect(report.tenants.allSatisfy { $0.fault == nil && $0.applied.count == 1 })
            let again = try await next.migrateTenants(now: now)
            #expect(again.tenants.isEmpty)
            #expect(again.skipped == 6)
            let thorough = try await next.migrateTenants(isThorough: true, now: now)
            #expect(thorough.tenants.allSatisfy { $0.applied.isEmpty && $0.fault == nil })
        }
    }

    @Test("stops at the first fault, and the next run does the rest, each tenant exactly once")
    func resume() async throws {
        try await withTenantSchemas(4) { hub in
            let broken = hub.codes.sorted()[1]
            try await hub.asSuperuser { session in
                _ = try await session.execute(
                    "ALTER TABLE \(identifier: broken.schemaName).service_request ADD COLUMN remark text"
                )
            }
            let next = try newer(hub, "ALTER TABLE service_request ADD COLUMN remark text;")
            let first = try await next.migrateTenants(atOnce: 1, now: now)
            #expect(first.firstFault?.code == broken)
            #expect(first.tenants.count == 2)
            #expect(first.left == 2)
            try await hub.asSuperuser { session in
                _ = try await session.execute(
                    "ALTER TABLE \(identifier: broken.schemaName).service_request DROP COLUMN remark"
                )
            }
            let second = try await next.migrateTenants(atOnce: 4, now: now)
            #expect(second.firstFault == nil)
            #expect(second.tenants.map(\.code) == Array(hub.codes.sorted()[1...]))
            let status = try await next.status()
            #expect(status.tenants.allSatisfy { $0.version == status.newestOfTenant && $0.fault == nil })
        }
    }

    @Test("goes on after being killed in the middle, nobody left out and nobody twice")
    func killed() async throws {
        try await withTenantSchemas(12) { hub in
            let slow = try newer(
                hub,
                """
                CREATE TABLE remark (remark_id uuid NOT NULL, CONSTRAINT remark_is_known_by_id PRIMARY KEY (remark_id));
                INSERT INTO remark (remark_id) SELECT gen_random_uuid() FROM pg_sleep(0.1);
                """
            )
            // Every session of the owner dies again and again while the run goes on, as with kill -9 of the program.
            var rounds = 0
            while rounds < 20 {
                async let run = try? slow.migrateTenants(atOnce: 3, now: now)
                try await Task.sleep(for: .milliseconds(180))
                if rounds < 3 {
                    try await hub.asSuperuser { session in
                        _ = try await session.query(
                            """
                            SELECT pg_terminate_backend(pid)
                            FROM pg_stat_activity
                            WHERE usename = \(hub.settings.roles.owner)
                                AND datname = current_database()
                            """
                        )
                    }
                }
                let report = await run
                rounds += 1
                if rounds > 3, let report, report.firstFault == nil, report.left == 0 { break }
            }
            try await hub.asSuperuser { session in
                for code in hub.codes {
                    let row = try await session.first(
                        "SELECT count(*) AS remarks FROM \(identifier: code.schemaName).remark"
                    )
                    #expect(try row?.decode("remarks", as: Int.self) == 1, "\(code)")
                }
            }
        }
    }

    @Test("refuses a database that a newer program has touched")
    func newerDatabase() async throws {
        try await withTenantSchemas(1) { hub in
            let next = try newer(hub, "ALTER TABLE service_request ADD COLUMN remark text;")
            _ = try await next.migrateTenants(now: now)
            await #expect(throws: AdministrationError.self) {
                try await hub.administration.migrateTenants(now: now)
            }
            await #expect(throws: MigrationError.self) {
                try await hub.administration.ensureTenant(hub.codes[0], now: now)
            }
        }
    }

    @Test("prepares an empty server database, and a second time finds nothing to do and nothing open")
    func prepare() async throws {
        let cluster = try await TestCluster.shared()
        try await cluster.withDatabase { database in
            let roles = try RoleNames(prefix: "prep_\(database.dropFirst(5))")
            let settings = DatabaseSettings(
                server: cluster.settings(database: database),
                roles: roles,
                secret: try DeploymentSecret(DeploymentSecret.newText())
            )
            let administration = try DatabaseAdministration(administrator: cluster.settings(), settings: settings)
            let first = try await administration.prepare(now: now)
            #expect(first.applied.count == (try MigrationFiles.ofThisProgram().hub.migrations.count))
            #expect(first.gaps == [])
            let second = try await administration.prepare(now: now)
            #expect(second.applied == [])
            let databases = TenantDatabases(settings)
            #expect(await databases.isReachable())
            await databases.close()
            // The roles go before the database does: they have rights in it.
            _ = try await cluster.withSession(cluster.settings(database: database)) { session in
                try await session.runTransaction([
                    "DROP OWNED BY \(identifier: roles.hub) CASCADE",
                    "DROP OWNED BY \(identifier: roles.owner) CASCADE",
                    "DROP ROLE \(identifier: roles.hub)", "DROP ROLE \(identifier: roles.owner)",
                ])
            }
        }
    }

    /// The administration of a program one step ahead of this one.
    private func newer(_ hub: TestHub, _ statements: String) throws -> DatabaseAdministration {
        let files = try MigrationFiles.ofThisProgram()
        let step = try Migration(name: "9000_of_the_next_program", text: statements)
        return try DatabaseAdministration(
            administrator: hub.cluster.settings(),
            settings: hub.settings,
            files: MigrationFiles(hub: files.hub.migrations, tenant: files.tenant.migrations + [step])
        )
    }
}
