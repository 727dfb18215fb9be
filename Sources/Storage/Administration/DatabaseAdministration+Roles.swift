import Domain
import Postgres

extension DatabaseAdministration {
    /// Sessions one tenant's role may have: several services with their small pools, and a person looking in.
    private static let sessionsOfTenant: SQL = "20"

    /// The owner and the hub's role, with the passwords of this deployment.
    func makeServiceRoles(_ session: PostgresConnection) async throws {
        let owner = settings.roles.owner
        let hub = settings.roles.hub
        try await makeRole(
            owner,
            "LOGIN CREATEROLE NOCREATEDB NOSUPERUSER",
            [
                "GRANT CREATE ON DATABASE \(identifier: settings.server.database) TO \(identifier: owner)",
                "ALTER ROLE \(identifier: owner) SET search_path TO ''",
            ],
            session
        )
        try await makeRole(
            hub,
            "LOGIN NOCREATEROLE NOCREATEDB NOSUPERUSER NOINHERIT",
            [
                "ALTER ROLE \(identifier: hub) SET search_path TO ''",
                "ALTER ROLE \(identifier: hub) SET statement_timeout TO '30s'",
                "ALTER ROLE \(identifier: hub) SET idle_in_transaction_session_timeout TO '60s'",
            ],
            session
        )
    }

    /// Takes away what everybody may do by default and no role of ours needs.
    ///
    /// Without `set_config` injected SQL cannot change its role or search path inside one statement. The owner keeps
    /// it, because `pg_dump` calls it. A role that is no superuser can revoke none of this; ``audit()`` then says so.
    func closeDoors(_ session: PostgresConnection) async throws {
        let owner = settings.roles.owner
        try await session.runTransaction([
            "REVOKE TEMPORARY, CREATE ON DATABASE \(identifier: settings.server.database) FROM PUBLIC",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO \(identifier: owner)",
            """
            REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),
                pg_catalog.lo_from_bytea(oid, bytea)
            FROM PUBLIC
            """,
        ])
    }

    /// Role, schema and rights of a tenant, in one transaction; true when the schema was not there before.
    func makeTenantSchema(_ code: TenantCode, _ owner: PostgresConnection) async throws -> Bool {
        let role = settings.roles.tenant(code)
        let schema = code.schemaName
        let there = try await owner.first("SELECT 1 AS there FROM pg_namespace WHERE nspname = \(schema)")
        try await makeRole(
            role,
            "LOGIN NOCREATEROLE NOCREATEDB NOSUPERUSER NOINHERIT",
            [
                "ALTER ROLE \(identifier: role) CONNECTION LIMIT \(Self.sessionsOfTenant)",
                "ALTER ROLE \(identifier: role) SET search_path TO \(identifier: schema)",
                "ALTER ROLE \(identifier: role) SET statement_timeout TO '30s'",
                "ALTER ROLE \(identifier: role) SET idle_in_transaction_session_timeout TO '60s'",
                "CREATE SCHEMA IF NOT EXISTS \(identifier: schema)",
                "GRANT USAGE ON SCHEMA \(identifier: schema) TO \(identifier: role)",
                """
                ALTER DEFAULT PRIVILEGES IN SCHEMA \(identifier: schema)
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO \(identifier: role)
                """,
            ],
            owner
        )
        return there == nil
    }

    /// Takes the rights on a tenant's tables that its role shall not have: history is only added to.
    func narrowTenantRights(_ code: TenantCode, _ owner: PostgresConnection) async throws {
        let role = settings.roles.tenant(code)
        let schema = code.schemaName
        try await owner.runTransaction([
            "REVOKE UPDATE, DELETE ON \(identifier: schema).service_request_event FROM \(identifier: role)",
            "REVOKE UPDATE, DELETE ON \(identifier: schema).tenant_version FROM \(identifier: role)",
            "REVOKE UPDATE, DELETE ON \(identifier: schema).audit_entry FROM \(identifier: role)",
            "REVOKE UPDATE, DELETE ON \(identifier: schema).audit_chain FROM \(identifier: role)",
            "REVOKE INSERT, UPDATE, DELETE ON \(identifier: schema).schema_migration FROM \(identifier: role)",
        ])
    }

    /// Makes a role and what belongs to it in one transaction, so that nobody ever sees it half made.
    private func makeRole(
        _ name: String,
        _ attributes: SQL,
        _ belongings: [SQL],
        _ session: PostgresConnection
    ) async throws {
        let verifier = ScramVerifier.make(password: settings.secret.password(of: name), role: name)
        let there = try await session.first("SELECT 1 AS there FROM pg_roles WHERE rolname = \(name)")
        if there == nil {
            do {
                let make: SQL = "CREATE ROLE \(identifier: name) \(attributes) PASSWORD \(literal: verifier)"
                try await session.runTransaction([make] + belongings)
                return
            } catch {
                // Another program was quicker; the password is set again below, in case its secret differs.
                guard error.sqlState == .duplicateObject else { throw error }
            }
        }
        // Attributes only a superuser may name stay as they are.
        let alter: SQL = "ALTER ROLE \(identifier: name) LOGIN PASSWORD \(literal: verifier)"
        try await session.runTransaction([alter] + belongings)
    }
}
