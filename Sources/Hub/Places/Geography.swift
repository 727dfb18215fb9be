public import Domain
public import Foundation
public import Geo
public import Storage
import Synchronization

/// The boundaries and roads in force, in memory.
///
/// A look-up takes no lock and no await; activating another generation swaps one reference while look-ups go on.
public final class Geography: Sendable {
    private let databases: TenantDatabases
    private let files: IndexFiles?
    private let current: CurrentIndex
    private let loaded = Mutex<GenerationID?>(nil)

    /// Begins empty: every place is unknown until ``reload(at:)`` has loaded a generation.
    ///
    /// - Parameter files: Where compiled indexes are kept for the next start; nil builds at every start.
    public init(databases: TenantDatabases, files: IndexFiles? = nil) {
        self.databases = databases
        self.files = files
        current = CurrentIndex()
    }

    /// The generation that answers; nil before the first.
    public var generation: GenerationID? { current.index.generation }

    /// The index itself, taken once per batch.
    public var index: BoundaryIndex { current.index }

    /// What boundaries and roads say of a point; before the first generation nothing is known of any place.
    public func facts(at coordinate: Coordinate) -> PlaceFacts {
        let index = current.index
        guard index.generation == nil else { return index.facts(at: coordinate) }
        return PlaceFacts(
            coordinate: coordinate,
            areas: [],
            municipality: .unknown,
            upperTier: .unknown,
            roads: [],
            toleranceMetres: 0
        )
    }

    /// Loads the generation in force at an instant, when it is another than the one loaded; true when it swapped.
    public func reload(at instant: Date) async throws -> Bool {
        let wanted = try await databases.withHub { try await Generations($0).current(at: instant) }
        guard let wanted, wanted != loaded.withLock({ $0 }) else { return false }
        current.replace(with: try await Self.index(of: wanted, from: databases, files: files))
        loaded.withLock { $0 = wanted }
        return true
    }

    /// The index of any stored generation, for checks and rehearsals too: mapped from its file where that fits, else built and kept.
    public static func index(
        of generation: GenerationID,
        from databases: TenantDatabases,
        files: IndexFiles? = nil
    ) async throws -> BoundaryIndex {
        let (roads, grounds, assets, fingerprint) = try await databases.withHub { transaction in
            let generations = Generations(transaction)
            return (
                try await generations.roads(of: generation).map(StoredGeography.road),
                try await generations.decidedGround(of: generation).map(StoredGeography.ground),
                try await generations.assets(of: generation).map(StoredGeography.asset),
                files == nil ? "" : try await generations.fingerprint(of: generation)
            )
        }
        var index: BoundaryIndex
        if let mapped = files?.load(generation, fingerprint: fingerprint, roads: roads) {
            index = mapped
        } else {
            let areas = try await databases.withHub { try await Generations($0).areas(of: generation) }
            index = BoundaryIndex(try areas.map(StoredGeography.feature), roads: roads, generation: generation)
            files?.save(index, fingerprint: fingerprint)
        }
        index.decided = DecidedGrounds(grounds, areas: index.areas)
        index.assets = AssetIndex(assets)
        return index
    }
}
