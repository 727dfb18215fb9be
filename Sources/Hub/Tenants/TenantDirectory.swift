public import Domain
public import Foundation
public import Storage
import Synchronization

/// The tenants of this hub, each with the version of its files in force.
///
/// The register (a row a tenant) is read whole and often; a tenant's files are read when somebody first asks for it, so
/// that a hub with a thousand tenants starts as quickly as one with ten. What is kept is keyed by tenant and replaced
/// when the register names another version.
public final class TenantDirectory: Sendable {
    private struct Known {
        var register: [JurisdictionID: StoredJurisdiction] = [:]
        var codes: [TenantCode: JurisdictionID] = [:]
        var loaded: [JurisdictionID: HostedTenant] = [:]
        var hub: JurisdictionID?
        var changedAt = Date(timeIntervalSince1970: 0)
    }

    private let databases: TenantDatabases
    private let known = Mutex(Known())

    /// A directory that knows nothing before ``reload()``.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Reads the register again; loaded files of another version than it names are dropped.
    public func reload() async throws {
        let rows = try await databases.withHub { transaction in try await Jurisdictions(transaction).all() }
        known.withLock { known in
            known.register = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
            known.codes = Dictionary(rows.map { ($0.code, $0.id) }) { first, _ in first }
            let hub = rows.first { $0.tier == .hub }?.id ?? Self.alone(among: rows)
            if hub != known.hub { known.loaded = [:] }
            known.hub = hub
            known.changedAt = rows.map(\.updatedAt).max() ?? known.changedAt
            for (id, tenant) in known.loaded where known.register[id]?.configurationDigest != tenant.digest {
                known.loaded[id] = nil
            }
        }
    }

    /// An active tenant; nil when unknown, suspended or without files.
    public func tenant(_ id: JurisdictionID) async throws -> HostedTenant? {
        let found = known.withLock { known -> (StoredJurisdiction, HostedTenant?, Bool)? in
            guard let row = known.register[id], row.state == .active else { return nil }
            return (row, known.loaded[id], known.hub == id)
        }
        guard let (row, loaded, isHub) = found else { return nil }
        if let loaded { return loaded }
        let stored = try await databases.withHub { transaction in
            try await Jurisdictions(transaction).configuration(of: id)
        }
        guard let read = stored else { return nil }
        let tenant = HostedTenant(
            configuration: read.configuration,
            version: read.version,
            digest: read.digest,
            appliedAt: row.updatedAt,
            isHub: isHub
        )
        known.withLock { known in
            if known.register[id]?.configurationDigest == tenant.digest, (known.hub == id) == isHub {
                known.loaded[id] = tenant
            }
        }
        return tenant
    }

    /// The tenant whose references begin with a code.
    public func tenant(code: TenantCode) async throws -> HostedTenant? {
        guard let id = known.withLock({ $0.codes[code] }) else { return nil }
        return try await tenant(id)
    }

    /// The hub itself; where one town stands alone, that town.
    ///
    /// - Throws: ``NoHub`` before the hub's own files were applied.
    public func hub() async throws -> HostedTenant {
        guard let id = known.withLock({ $0.hub }), let hub = try await tenant(id) else { throw NoHub() }
        return hub
    }

    /// Whether there is a hub to submit to.
    public var hasHub: Bool {
        known.withLock { known in known.hub.map { known.register[$0]?.state == .active } ?? false }
    }

    /// The one tenant of an install without a region; nil when there are more.
    private static func alone(among rows: [StoredJurisdiction]) -> JurisdictionID? {
        let single = rows.filter { $0.state != .retired }
        return single.count == 1 && single[0].tier == .single ? single[0].id : nil
    }

    /// Every active tenant of the register, the hub among them, by id.
    public var entries: [StoredJurisdiction] {
        known.withLock { $0.register.values.filter { $0.state == .active }.sorted { $0.id < $1.id } }
    }

    /// Whether a jurisdiction is served here.
    public func isActive(_ id: JurisdictionID) -> Bool { known.withLock { $0.register[id]?.state == .active } }

    /// Whether the tenant whose references begin with a code is served here.
    func isActive(_ code: TenantCode) -> Bool {
        known.withLock { known in known.codes[code].map { known.register[$0]?.state == .active } ?? false }
    }

    /// Tenants whose files are in memory.
    var loadedCount: Int { known.withLock { $0.loaded.count } }

    /// When any tenant's files last changed; Open311's `changeset` of discovery.
    public var configurationChangedAt: Date { known.withLock { $0.changedAt } }
}

/// The hub's own files have not been applied yet.
public struct NoHub: Error, Sendable, CustomStringConvertible {
    /// What to do about it.
    public var description: String { "no hub yet: apply the tenants' files first (hub311 tenant apply)" }
}
