public import Domain
public import Foundation
public import Geo
public import Storage

/// Stores boundaries and roads as a new generation: imported and checked beside the one in use, in use only once activated.
public struct ImportGeneration: Sendable {
    /// A generation that may not be put in force.
    public struct NotActivatable: Error, Sendable, Hashable, CustomStringConvertible {
        /// The generation.
        public let generation: GenerationID
        /// What is missing.
        public var description: String {
            "generation \(generation) is unknown or did not pass its check; hub311 geo status lists them"
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
        note: String,
        report: some Encodable,
        passed: Bool,
        now: Date
    ) async throws -> GenerationID {
        let rows = try areas.map { try StoredGeography.row($0) }
        let roadRows = try roads.map { try StoredGeography.row($0) }
        let text = try StoredJSON(report)
        return try await databases.withHub { transaction in
            let generations = Generations(transaction)
            let id = try await generations.create(note: note, now: now)
            try await generations.addAreas(rows, to: id)
            try await generations.addRoads(roadRows, to: id)
            _ = try await generations.markChecked(id, passed: passed, report: text, now: now)
            return id
        }
    }

    /// Puts a generation in force at an instant; every process loads it within two seconds of it.
    ///
    /// - Throws: ``NotActivatable``.
    public func activate(_ id: GenerationID, at instant: Date, by actor: String, now: Date) async throws {
        let isDone = try await databases.withHub { transaction in
            let isDone = try await Generations(transaction).activate(id, at: instant, by: actor, now: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "generation.activate",
                    subject: "\(id)",
                    details: ["at": instant.formatted(.iso8601), "done": "\(isDone)"]
                )
            )
            return isDone
        }
        guard isDone else { throw NotActivatable(generation: id) }
    }
}
