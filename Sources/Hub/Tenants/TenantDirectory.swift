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
        /// The same the other way round.
        var codesOf: [JurisdictionID: [TenantCode]] = [:]
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
            known.codes = Self.codes(of: rows)
            known.codesOf = Dictionary(grouping: known.codes.keys.sorted { $0.rawValue < $1.rawValue }) { code in
                known.codes[code] ?? JurisdictionID(trusted: "")
            }
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

    /// Whose schema has the references that begin with each code: the tenant's own, or where it has left, its successor's.
    ///
    /// A successor may have a successor; a ring of them answers for nothing.
    static func codes(of rows: [StoredJurisdiction]) -> [TenantCode: JurisdictionID] {
        let known = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        var codes: [TenantCode: JurisdictionID] = [:]
        for row in rows {
            var answering = row
            for _ in rows {
                guard answering.state == .retired, let next = answering.successor.flatMap({ known[$0] }) else { break }
                answering = next
            }
            codes[row.code] = answering.id
        }
        return codes
    }

    /// The codes under which references of a tenant's schema were born: its own and those of tenants merged into it.
    public func codes(of id: JurisdictionID) -> [TenantCode] {
        known.withLock { $0.codesOf[id] ?? [] }
    }

    /// The tenant in whose schema references that begin with a code lie.
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

    /// When any tenant's files last changed.
    public var configurationChangedAt: Date { known.withLock { $0.changedAt } }

    /// When any tenant's offer last changed, as of an instant: its files, or a dated entry of them that began or ended; Open311's
    /// `changeset` of discovery.
    ///
    /// Dated entries count for the hub, whose types are everybody's, and for tenants that somebody has asked for.
    public func offerChanged(asOf instant: Date) -> Date {
        let (changed, loaded) = known.withLock { ($0.changedAt, Array($0.loaded.values)) }
        return loaded.compactMap { $0.lastChangeOfValidity(until: instant) }.reduce(changed, max)
    }
}

/// The hub's own files have not been applied yet.
public struct NoHub: Error, Sendable, CustomStringConvertible {
    /// What to do about it.
    public var description: String { "no hub yet: apply the tenants' files first (hub311 tenant apply)" }
}
