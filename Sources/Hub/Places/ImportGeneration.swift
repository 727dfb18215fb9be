public import Domain
public import Foundation
public import Geo
public import Storage

/// Stores boundaries and roads as a new generation: imported and checked beside the one in use, in use only once activated.
public struct ImportGeneration: Sendable {
    /// A generation that may not be put in force, and why.
    public struct NotActivatable: Error, Sendable, Hashable, CustomStringConvertible {
        /// The generation.
        public let generation: GenerationID
        /// What is against it.
        public let reason: String
        /// One sentence with the way on.
        public var description: String {
            "generation \(generation) \(reason); hub311 geo status lists them"
        }
    }

    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Stores what was read, in one transaction, with the report of its check.
    ///
    /// - Parameter passed: Whether the check found nothing that forbids its use; one that did not pass is kept for looking
    ///   at and can never be activated.
    public func callAsFunction(
        areas: [BoundaryFeature],
        roads: [RoadSegment],
        decided: [DecidedGround] = [],
        assets: [Asset] = [],
        note: String,
        report: some Encodable,
        passed: Bool,
        now: Date
    ) async throws -> GenerationID {
        let rows = try areas.map { try StoredGeography.row($0) }
        let roadRows = try roads.map { try StoredGeography.row($0) }
        let grounds = try decided.map { try StoredGeography.row($0) }
        let assetRows = try assets.map { try StoredGeography.row($0) }
        let text = try StoredJSON(report)
        return try await databases.withHub { transaction in
            let generations = Generations(transaction)
            let id = try await generations.create(note: note, now: now)
            try await generations.addAreas(rows, to: id)
            try await generations.addRoads(roadRows, to: id)
            try await generations.addDecidedGround(grounds, to: id)
            try await generations.addAssets(assetRows, to: id)
            _ = try await generations.markChecked(id, passed: passed, report: text, now: now)
            return id
        }
    }

    /// Puts a generation in force at an instant; every process loads it within two seconds of it.
    ///
    /// An earlier one is brought back in the same way. Nothing is lost by it: requests keep the generation that routed them.
    ///
    /// - Throws: ``NotActivatable`` when it is unknown, was never checked, or did not pass its check.
    public func activate(_ id: GenerationID, at instant: Date, by actor: String, now: Date) async throws {
        let refusal = try await databases.withHub { transaction -> String? in
            let generations = Generations(transaction)
            let isDone = try await generations.activate(id, at: instant, by: actor, now: now)
            let refusal = isDone ? nil : Self.refusal(try await generations.generation(id))
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "generation.activate",
                    subject: "\(id)",
                    details: ["at": instant.formatted(.iso8601), "done": "\(isDone)", "refusal": refusal ?? ""]
                )
            )
            return refusal
        }
        if let refusal { throw NotActivatable(generation: id, reason: refusal) }
    }

    private static func refusal(_ generation: StoredGeneration?) -> String {
        switch generation?.state {
        case nil: "does not exist"
        case .imported: "was never checked"
        case .refused: "did not pass its check (hub311 geo check \(generation.map { "\($0.id)" } ?? "") says why)"
        case .checked: "could not be activated"
        }
    }
}
