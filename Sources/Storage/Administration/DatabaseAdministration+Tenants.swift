public import Domain
public import Foundation
import Postgres

extension DatabaseAdministration {
    /// Makes a tenant's role and schema where they are missing, and brings the schema up to date; true when it was
    /// not there.
    public func ensureTenant(_ code: TenantCode, now: Date) async throws -> Bool {
        try await withOwner { owner in
            let isNew = try await makeTenantSchema(code, owner)
            _ = try await migrate(code, owner, now: now)
            return isNew
        }
    }

    /// Removes a tenant's schema with everything in it, and its role.
    ///
    /// Its code stays taken in the hub's tables.
    public func removeTenant(_ code: TenantCode) async throws {
        try await withOwner { owner in
            let role = settings.roles.tenant(code)
            if try await owner.first("SELECT 1 AS there FROM pg_roles WHERE rolname = \(role)") != nil {
                try await owner.execute("ALTER ROLE \(identifier: role) NOLOGIN")
            }
            try await owner.runTransaction([
                "DROP SCHEMA IF EXISTS \(identifier: code.schemaName) CASCADE",
                "DELETE FROM hub.tenant_migration WHERE code = \(code.rawValue)",
                "DELETE FROM hub.work_hint WHERE code = \(code.rawValue)",
                "DROP ROLE IF EXISTS \(identifier: role)",
            ])
        }
    }

    /// Brings every tenant's schema up to date, several at a time; stops at the first fault, and the next run goes on.
    ///
    /// - Parameters:
    ///   - atOnce: Schemas worked on at a time, each on a session of its own.
    ///   - isThorough: Looks into every schema, also those the hub's table says are up to date.
    ///   - progress: Called for each tenant looked at, from several tasks.
    /// - Throws: ``AdministrationError/tenantIsNewer(code:version:newestKnown:)``.
    public func migrateTenants(
        atOnce: Int = 8,
        isThorough: Bool = false,
        now: Date,
        progress: @escaping @Sendable (TenantMigration) -> Void = { _ in }
    ) async throws -> MigrationReport {
        let all = try await withOwner { owner in try await recorded(owner) }
        for tenant in all where tenant.version > files.newestOfTenant {
            throw AdministrationError.tenantIsNewer(
                code: tenant.code,
                version: tenant.version,
                newestKnown: files.newestOfTenant
            )
        }
        let waiting = all.filter { isThorough || $0.version < files.newestOfTenant || $0.fault != nil }.map(\.code)
        let line = Line(waiting)
        let done = try await withThrowingTaskGroup(of: [TenantMigration].self) { group in
            for _ in 0..<min(max(atOnce, 1), waiting.count) {
                group.addTask { try await work(through: line, now: now, progress: progress) }
            }
            var done: [TenantMigration] = []
            for try await part in group {
                done += part
            }
            return done
        }
        return MigrationReport(
            tenants: done.sorted { $0.code < $1.code },
            skipped: all.count - waiting.count,
            left: waiting.count - done.count
        )
    }

    private func work(
        through line: Line,
        now: Date,
        progress: @Sendable (TenantMigration) -> Void
    ) async throws -> [TenantMigration] {
        try await withOwner { owner in
            try await work(through: line, owner, now: now, progress: progress)
        }
    }

    private func work(
        through line: Line,
        _ owner: PostgresConnection,
        now: Date,
        progress: @Sendable (TenantMigration) -> Void
    ) async throws -> [TenantMigration] {
        var done: [TenantMigration] = []
        while let code = line.next() {
            let result = await outcome(of: code, owner, now: now)
            if result.fault != nil { line.stop() }
            progress(result)
            done.append(result)
        }
        return done
    }

    private func outcome(of code: TenantCode, _ owner: PostgresConnection, now: Date) async -> TenantMigration {
        do {
            return TenantMigration(code: code, applied: try await migrate(code, owner, now: now), fault: nil)
        } catch {
            let fault = (error as? MigrationError)?.description ?? (error as? PostgresError)?.description ?? "\(error)"
            _ = try? await record(code, fault: fault, owner, now: now)
            return TenantMigration(code: code, applied: [], fault: fault)
        }
    }

    private func migrate(_ code: TenantCode, _ owner: PostgresConnection, now: Date) async throws -> [String] {
        let schema = try SQLIdentifier(code.schemaName)
        let applied = try await files.tenant.run(in: schema, on: owner, now: now)
        try await narrowTenantRights(code, owner)
        try await record(code, fault: nil, owner, now: now)
        return applied
    }

    /// Writes down how far a schema is; a fault leaves the number as it was.
    private func record(_ code: TenantCode, fault: String?, _ owner: PostgresConnection, now: Date) async throws {
        let version = fault == nil ? files.newestOfTenant : 0
        try await owner.execute(
            """
            INSERT INTO hub.tenant_migration
                (code, version, migrated_at, fault)
            VALUES
                (\(code.rawValue), \(version), \(now), \(fault))
            ON CONFLICT (code) DO UPDATE
            SET version = CASE WHEN excluded.fault IS NULL THEN excluded.version ELSE tenant_migration.version END,
                migrated_at = excluded.migrated_at, fault = excluded.fault
            """
        )
    }

    /// Every schema of a tenant with what the hub's table says of it.
    func recorded(_ owner: PostgresConnection) async throws -> [TenantSchemaStatus] {
        let rows = try await owner.query(
            """
            SELECT upper(substr(nspname, 3)) AS code, COALESCE(version, 0) AS version, fault
            FROM pg_namespace
            LEFT JOIN hub.tenant_migration ON code = upper(substr(nspname, 3))
            WHERE nspname ~ '^t_[a-z]{2,4}$'
            ORDER BY nspname
            """
        )
        return try rows.map { row in
            TenantSchemaStatus(
                code: TenantCode(trusted: try row.decode("code")),
                version: try row.decode("version"),
                fault: try row.decode("fault")
            )
        }
    }
}
