public import Domain
import Postgres
import Synchronization

/// The way to stored data: transactions in one tenant's schema or over the hub's tables, each on sessions of their
/// own role.
///
/// A tenant's sessions are opened on demand, at most a few, closed when idle; all together keep under one cap and
/// share it fairly. There is no default tenant and no transaction over two.
public final class TenantDatabases: Sendable {
    private let settings: DatabaseSettings
    private let cap: ConnectionCap
    private let hub: PostgresPool
    private let tenants = Mutex<[TenantCode: PostgresPool]>([:])

    /// The databases of one deployment; opens nothing yet.
    public init(_ settings: DatabaseSettings) {
        self.settings = settings
        cap = ConnectionCap(limit: settings.limits.all)
        hub = PostgresPool(
            settings.login(as: settings.roles.hub),
            settings: settings.limits.pool(settings.limits.hub),
            cap: cap
        )
    }

    /// What a transaction does.
    public enum Access: Sendable, Hashable {
        /// Reads and writes.
        case readWrite
        /// Only reads, and every statement sees the same instant.
        case readOnly

        var kind: TransactionKind {
            switch self {
            case .readWrite: .readWrite
            case .readOnly: .readOnly
            }
        }
    }

    /// Runs a closure as one transaction in a tenant's schema: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// - Throws: ``StorageError``, or what the closure throws.
    public func withTenant<Value>(
        _ code: TenantCode,
        _ access: Access = .readWrite,
        _ body: (TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await inStorageTerms {
            try await pool(of: code).withTransaction(access.kind) { open in
                try await body(TenantTransaction(tenant: code, open: open))
            }
        }
    }

    /// Runs a closure as one transaction over the hub's tables: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// - Throws: ``StorageError``, or what the closure throws.
    public func withHub<Value>(
        _ access: Access = .readWrite,
        _ body: (HubTransaction) async throws -> Value
    ) async throws -> Value {
        try await inStorageTerms {
            try await hub.withTransaction(access.kind) { open in
                try await body(HubTransaction(open: open))
            }
        }
    }

    /// Whether the database answers now.
    public func isReachable() async -> Bool {
        let answer = try? await withHub(.readOnly) { try await $0.first("SELECT 1 AS one") }
        return answer != nil
    }

    /// How the pools stand now: the hub's, all tenants' together, and the cap.
    public var use: SessionUse {
        let pools = tenants.withLock { Array($0.values) }.map(\.metrics)
        let own = hub.metrics
        return SessionUse(
            hubBusy: own.inUse,
            hubIdle: own.idle,
            hubWaiting: own.waiting,
            tenantsBusy: pools.reduce(0) { $0 + $1.inUse },
            tenantsIdle: pools.reduce(0) { $0 + $1.idle },
            tenantsWaiting: pools.reduce(0) { $0 + $1.waiting },
            open: cap.used,
            limit: cap.limit
        )
    }

    /// Closes idle sessions every few seconds until the task is cancelled; one task per process runs it.
    public func run() async {
        await cap.run()
    }

    /// Closes the sessions of one tenant, as before its removal; a later transaction opens new ones.
    public func close(_ code: TenantCode) async {
        await tenants.withLock { $0.removeValue(forKey: code) }?.close()
    }

    /// Closes all sessions; what runs finishes first.
    public func close() async {
        let pools = tenants.withLock { pools in
            defer { pools = [:] }
            return Array(pools.values)
        }
        for pool in pools {
            await pool.close()
        }
        await hub.close()
    }

    private func pool(of code: TenantCode) -> PostgresPool {
        tenants.withLock { pools in
            if let pool = pools[code] {
                return pool
            }
            let pool = PostgresPool(
                settings.login(as: settings.roles.tenant(code)),
                settings: settings.limits.pool(settings.limits.perTenant),
                cap: cap
            )
            pools[code] = pool
            return pool
        }
    }
}

/// How many sessions are open and what they do.
public struct SessionUse: Sendable, Hashable {
    /// Sessions of the hub's role in use.
    public let hubBusy: Int

    /// Sessions of the hub's role at rest.
    public let hubIdle: Int

    /// Callers that wait for a session of the hub's role.
    public let hubWaiting: Int

    /// Sessions of all tenants in use.
    public let tenantsBusy: Int

    /// Sessions of all tenants at rest.
    public let tenantsIdle: Int

    /// Callers that wait for a session of their tenant.
    public let tenantsWaiting: Int

    /// Sessions open or being opened.
    public let open: Int

    /// Most sessions allowed.
    public let limit: Int
}
