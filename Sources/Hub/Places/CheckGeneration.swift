public import Domain
public import Geo
public import Storage

/// Checks a stored generation again: what its surveys overlap or leave open, and which decisions it carries.
public struct CheckGeneration: Sendable {
    /// What the check of a generation gives.
    public struct Result: Sendable {
        /// Everything found.
        public let report: BoundaryCheckReport
        /// The areas it was found in, for pictures.
        public let areas: [BoundaryFeature]
        /// The ground its decisions settle.
        public let decided: [DecidedGround]
        /// What its import found; nil in old generations.
        public let imported: GenerationReport?
    }

    /// There is no such generation.
    public struct Unknown: Error, Sendable, Hashable, CustomStringConvertible {
        /// The number asked for.
        public let generation: GenerationID
        /// One sentence.
        public var description: String { "there is no generation \(generation); hub311 geo status lists them" }
    }

    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Checks a generation.
    ///
    /// - Parameters:
    ///   - decisions: Decisions to try on it instead of those it carries; nothing is stored.
    ///   - progress: Called with a sentence before each step that may take seconds.
    /// - Throws: ``Unknown``.
    public func callAsFunction(
        _ id: GenerationID,
        trying decisions: [BoundaryDecision]? = nil,
        progress: (String) -> Void = { _ in }
    ) async throws -> Result {
        let (generation, rows, stored) = try await databases.withHub(.readOnly) { transaction in
            let generations = Generations(transaction)
            return (
                try await generations.generation(id), try await generations.areas(of: id),
                try await generations.decidedGround(of: id)
            )
        }
        guard let generation else { throw Unknown(generation: id) }
        let areas = try rows.map(StoredGeography.feature)
        let imported = try? generation.report?.decoded(as: GenerationReport.self)
        var report = try BoundaryCheck()(areas, imports: imported?.imports ?? [], progress: progress)
        var carried: [BoundaryDecision] = []
        for ground in try stored.map(StoredGeography.ground) where !carried.contains(ground.decision) {
            carried.append(ground.decision)
        }
        let decided = try DecisionMatching(decisions ?? carried)(&report, features: areas)
        return Result(report: report, areas: areas, decided: decided, imported: imported)
    }
}
