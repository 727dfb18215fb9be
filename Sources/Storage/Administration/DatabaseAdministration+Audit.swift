import Domain
import Postgres

extension DatabaseAdministration {
    /// How every schema stands towards this program, and what stands open although it should not.
    public func status() async throws -> DatabaseStatus {
        try await withOwner { owner in
            let hub = try await owner.first("SELECT to_regclass('hub.schema_migration') IS NOT NULL AS there")
            guard try hub?.decode("there", as: Bool.self) == true else {
                return DatabaseStatus(
                    hub: nil,
                    newestOfHub: files.newestOfHub,
                    newestOfTenant: files.newestOfTenant,
                    tenants: [],
                    gaps: []
                )
            }
            let version = try await owner.first(
                """
                SELECT COALESCE(split_part(max(name), '_', 1)::integer, 0) AS version
                FROM hub.schema_migration
                """
            )
            return DatabaseStatus(
                hub: try version?.decode("version"),
                newestOfHub: files.newestOfHub,
                newestOfTenant: files.newestOfTenant,
                tenants: try await versionsOfTenants(owner),
                gaps: try await gaps(owner)
            )
        }
    }

    /// What stands open although it should not, one sentence each; empty when all is as it must be.
    ///
    /// Source: rules.md 2.3 and 2.4.
    public func audit() async throws -> [String] {
        try await withOwner { owner in try await gaps(owner) }
    }

    /// The versions as the schemas themselves say, a hundred at a time.
    private func versionsOfTenants(_ owner: PostgresConnection) async throws -> [TenantSchemaStatus] {
        let recorded = try await recorded(owner)
        var found: [TenantSchemaStatus] = []
        for start in stride(from: 0, to: recorded.count, by: 100) {
            let part = recorded[start..<min(start + 100, recorded.count)]
            let there = try await owner.query(
                """
                SELECT schemaname AS schema
                FROM pg_tables
                WHERE tablename = 'schema_migration'
                    AND schemaname = ANY (\(part.map(\.code.schemaName)))
                """
            )
            let migrated = Set(try there.map { try $0.decode("schema", as: String.self) })
            let questions: [SQL] = part.map(\.code).filter { migrated.contains($0.schemaName) }.map { code in
                """
                SELECT \(code.rawValue) AS code, COALESCE(split_part(max(name), '_', 1)::integer, 0) AS version
                FROM \(identifier: code.schemaName).schema_migration
                """
            }
            let rows = questions.isEmpty ? [] : try await owner.query(questions.joined(separator: "\nUNION ALL\n"))
            var versions: [String: Int] = [:]
            for row in rows {
                versions[try row.decode("code")] = try row.decode("version")
            }
            found += part.map { tenant in
                TenantSchemaStatus(
                    code: tenant.code,
                    version: versions[tenant.code.rawValue] ?? 0,
                    fault: tenant.fault
                )
            }
        }
        return found
    }

    private func gaps(_ owner: PostgresConnection) async throws -> [String] {
        let hub = settings.roles.hub
        let tenants = "\(settings.roles.prefix)_t_%"
        let rows = try await owner.query(
            """
            SELECT 'everybody may call ' || proname AS gap
            FROM pg_proc
            WHERE oid IN (
                    'pg_catalog.set_config(text,text,boolean)'::regprocedure,
                    'pg_catalog.lo_creat(integer)'::regprocedure,
                    'pg_catalog.lo_create(oid)'::regprocedure, 'pg_catalog.lo_from_bytea(oid,bytea)'::regprocedure
                )
                AND (proacl IS NULL OR proacl::text ~ '[{,]=X')
            UNION ALL
            SELECT 'everybody may create in schema ' || nspname
            FROM pg_namespace
            WHERE nspacl::text ~ '[{,]=U?C'
            UNION ALL
            SELECT 'everybody may make temporary tables'
            FROM pg_database
            WHERE datname = current_database()
                AND (datacl IS NULL OR datacl::text ~ '[{,]=[cC]*T')
            UNION ALL
            SELECT 'role ' || rolname || ' may do more than log in'
            FROM pg_roles
            WHERE (rolname = \(hub) OR rolname LIKE \(tenants))
                AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
            UNION ALL
            SELECT 'role ' || rolname || ' is a member of another role'
            FROM pg_roles
            JOIN pg_auth_members ON member = pg_roles.oid
            WHERE rolname = \(hub) OR rolname LIKE \(tenants)
            UNION ALL
            SELECT 'role ' || rolname || ' has no search path of its own'
            FROM pg_roles
            WHERE (rolname = \(hub) OR rolname LIKE \(tenants))
                AND NOT EXISTS (
                    SELECT 1
                    FROM unnest(rolconfig) AS setting
                    WHERE setting LIKE 'search_path=%'
                )
            UNION ALL
            SELECT 'role ' || grantee.rolname || ' has rights on ' || nspname || '.' || relname
            FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            CROSS JOIN LATERAL aclexplode(relacl) AS privilege
            JOIN pg_roles AS grantee ON grantee.oid = privilege.grantee
            WHERE (nspname = 'hub' OR nspname ~ '^t_[a-z]{2,4}$')
                AND privilege.grantee <> relowner
                AND grantee.rolname <> CASE nspname
                    WHEN 'hub' THEN \(hub)
                    ELSE \(settings.roles.prefix) || '_' || nspname
                END
            UNION ALL
            SELECT 'everybody has rights on ' || nspname || '.' || relname
            FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            CROSS JOIN LATERAL aclexplode(relacl) AS privilege
            WHERE (nspname = 'hub' OR nspname ~ '^t_[a-z]{2,4}$')
                AND privilege.grantee = 0
            UNION ALL
            SELECT 'function ' || nspname || '.' || proname || ' runs with the rights of its owner'
            FROM pg_proc
            JOIN pg_namespace ON pg_namespace.oid = pronamespace
            WHERE prosecdef
                AND (nspname IN ('hub', 'public') OR nspname ~ '^t_[a-z]{2,4}$')
            UNION ALL
            SELECT 'table ' || nspname || '.' || relname || ' has no primary key'
            FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p')
                AND (nspname = 'hub' OR nspname ~ '^t_[a-z]{2,4}$')
                AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'p')
            UNION ALL
            SELECT 'table ' || nspname || '.' || relname || ' has a trigger'
            FROM pg_trigger
            JOIN pg_class ON pg_class.oid = tgrelid
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE NOT tgisinternal
                AND (nspname = 'hub' OR nspname ~ '^t_[a-z]{2,4}$')
            UNION ALL
            SELECT 'constraint ' || conname || ' leads from schema ' || home.nspname || ' to ' || away.nspname
            FROM pg_constraint
            JOIN pg_class AS target ON target.oid = confrelid
            JOIN pg_namespace AS away ON away.oid = target.relnamespace
            JOIN pg_namespace AS home ON home.oid = connamespace
            WHERE contype = 'f'
                AND home.oid <> away.oid
            UNION ALL
            SELECT 'schema public holds ' || relname
            FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
            """
        )
        return try rows.map { try $0.decode("gap") }.sorted()
    }
}
