import Domain
import Foundation
import Geo
import Routing
import Storage

/// Whether the service can do its work now, and what is worse than it should be.
public struct HubHealth: Sendable {
    /// What a look found.
    public struct Report: Sendable, Hashable, Codable {
        /// Whether requests can be taken.
        public let isReady: Bool
        /// What does not work or works less well; empty when all is well.
        public let degraded: [String]
        /// Particulars by name: generation, agreement, tenants, zone data.
        public let details: [String: String]
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks; never throws and never waits longer than the pool does.
    public func callAsFunction() async -> Report {
        var degraded: [String] = []
        let hasDatabase = await surroundings.databases.isReachable()
        if !hasDatabase { degraded.append("database: not reachable; pages answer, requests cannot be stored") }
        let entries = surroundings.directory.entries
        let hasHub = surroundings.directory.hasHub
        if !hasHub { degraded.append("tenants: no hub's files are applied") }
        if surroundings.geography.generation == nil {
            degraded.append("boundaries: no generation is active; every place waits for a person")
        }
        if surroundings.agreement.routing.ruleSet(at: surroundings.now()) == nil {
            degraded.append("agreement: no version is in force; every matter waits for a person")
        }
        return Report(
            isReady: hasDatabase && hasHub,
            degraded: degraded,
            details: [
                "tenants": String(entries.count),
                "generation": surroundings.geography.generation.map { "\($0)" } ?? "none",
                "agreement": surroundings.agreement.routing.ruleSet(at: surroundings.now())?.version ?? "none",
                "time_zone_data": TimeZone.dataVersion,
                "mail": surroundings.settings.telling.mailFrom == nil
                    ? "not configured; mails wait in the outbox" : "configured",
                "text_messages": surroundings.settings.telling.hasTextMessages
                    ? "configured" : "not configured; text messages wait in the outbox",
            ]
        )
    }
}
