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
            let active = stored.filter { $0.activatedAt != nil }.map(\.ruleSet)
            surroundings.agreement.replace(
                with: RoutingTable(active, jurisdictions: try await bodies()),
                identity: identity
            )
        }
        if try await surroundings.geography.reload(at: surroundings.now()) {
            surroundings.log.notice(
                "boundaries activated",
                metadata: ["generation": "\(surroundings.geography.generation.map { "\($0)" } ?? "none")"]
            )
        }
    }

    /// The tenants as routing knows them; with many tenants their files are not all loaded for it.
    private func bodies() async throws -> [RoutingBody] {
        var bodies: [RoutingBody] = []
        for entry in surroundings.directory.entries {
            let departments = try await surroundings.directory.tenant(entry.id)?.tenant.departments ?? []
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
