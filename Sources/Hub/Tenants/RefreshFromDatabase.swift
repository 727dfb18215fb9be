import Addresses
import Domain
import Foundation
import Logging
import Routing
public import Storage
import Synchronization

/// Keeps what this process holds in memory in step with the database: tenants, agreement, boundaries.
///
/// Another process (the command line, another node) may apply files or activate a generation at any time; a look every
/// two seconds at a few small rows is enough, and nothing stops while the new is loaded.
public struct RefreshFromDatabase: Sendable {
    private let surroundings: Surroundings

    /// A refresher.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Refreshes every two seconds until the task is cancelled; a database that is away is waited for.
    public func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            do {
                try await once()
            } catch {
                surroundings.log.warning("not refreshed", metadata: ["fault": "\(error)"])
            }
        }
    }

    /// Loads everything that changed.
    public func once() async throws {
        try await surroundings.directory.reload()
        let stamp = try await surroundings.databases.withHub { try await RuleSetVersions($0).stamp() }
        let tenants = surroundings.directory.entries.map { "\($0.id):\($0.configurationDigest ?? "")" }
        let identity = ([stamp] + tenants).joined(separator: ",")
        if identity != surroundings.agreement.identity {
            let stored = try await surroundings.databases.withHub { try await RuleSetVersions($0).all() }
            let active = Self.inForce(stored)
            surroundings.agreement.replace(
                with: RoutingTable(active, jurisdictions: try await bodies(named: active)),
                identity: identity
            )
        }
        try await refreshNumbering()
        if try await surroundings.geography.reload(at: surroundings.now()) {
            surroundings.log.notice(
                "boundaries activated",
                metadata: ["generation": "\(surroundings.geography.generation.map { "\($0)" } ?? "none")"]
            )
        }
        try await reloadAddresses()
        let events = try await surroundings.databases.withHub(.readOnly) { try await DeclaredEvents($0).open() }
        let hub = surroundings.directory.hasHub ? try await surroundings.directory.hub().id : nil
        surroundings.events.replace(with: events, hub: hub)
    }

    /// Loads another address set when one was activated; a book that cannot be read leaves the one in force and is told.
    private func reloadAddresses() async throws {
        do {
            guard try await surroundings.addresses.reload(at: surroundings.now()) else { return }
        } catch let fault as AddressBook.Unreadable {
            surroundings.log.error("addresses not loaded", metadata: ["fault": "\(fault)"])
            return
        }
        surroundings.log.notice(
            "addresses activated",
            metadata: [
                "set": "\(surroundings.addresses.set ?? 0)", "doors": "\(surroundings.addresses.book.count)",
            ]
        )
    }

    /// Writes down the calls counted meanwhile, then loads what changed about numbers.
    private func refreshNumbering() async throws {
        try await RecordLegacyCall(surroundings).flush()
        let hub = surroundings.directory.hasHub ? try await surroundings.directory.hub() : nil
        let now = surroundings.now()
        if try await surroundings.numbering.reload(from: surroundings.databases, hub: hub, at: now) {
            let plan = surroundings.numbering.plan
            surroundings.log.notice(
                "numbering plan loaded",
                metadata: ["list": "\(plan.list.map { "\($0.date)" } ?? "none")", "codes": "\(plan.codeCount)"]
            )
        }
    }

    /// Versions that were activated; of several that begin on the same day the one activated last.
    static func inForce(_ stored: [StoredRuleSet]) -> [RuleSet] {
        var latest: [CalendarDay: (RuleSet, Date)] = [:]
        for version in stored {
            guard let activatedAt = version.activatedAt else { continue }
            let day = version.ruleSet.validFrom
            if let other = latest[day], other.1 > activatedAt { continue }
            latest[day] = (version.ruleSet, activatedAt)
        }
        return latest.sorted { $0.key < $1.key }.map(\.value.0)
    }

    /// The tenants as routing knows them.
    ///
    /// Files are loaded only of tenants whose departments the rules name, so that a hub with a thousand towns starts
    /// without reading a thousand catalogues.
    private func bodies(named ruleSets: [RuleSet]) async throws -> [RoutingBody] {
        let named = Set(
            ruleSets.flatMap(\.everyRule).compactMap { rule -> JurisdictionID? in
                guard rule.department != nil, case .jurisdiction(let id) = rule.lead else { return nil }
                return id
            }
        )
        var bodies: [RoutingBody] = []
        for entry in surroundings.directory.entries {
            let departments =
                named.contains(entry.id)
                ? try await surroundings.directory.tenant(entry.id)?.tenant.departments ?? [] : []
            bodies.append(
                RoutingBody(
                    id: entry.id,
                    name: entry.name,
                    tier: entry.tier,
                    departments: Dictionary(departments.map { ($0.code.rawValue, $0.name) }) { first, _ in first }
                )
            )
        }
        return bodies
    }
}
