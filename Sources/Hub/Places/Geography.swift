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
    private let current: CurrentIndex
    private let loaded = Mutex<GenerationID?>(nil)

    /// Begins empty: every place is unknown until ``reload(at:)`` has loaded a generation.
    public init(databases: TenantDatabases) {
        self.databases = databases
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
        current.replace(with: try await Self.index(of: wanted, from: databases))
        loaded.withLock { $0 = wanted }
        return true
    }

    /// Builds the index of any stored generation, for checks and rehearsals too.
    public static func index(
        of generation: GenerationID,
        from databases: TenantDatabases
    ) async throws -> BoundaryIndex {
        let (areas, roads, grounds) = try await databases.withHub { transaction in
            let generations = Generations(transaction)
            return (
                try await generations.areas(of: generation), try await generations.roads(of: generation),
                try await generations.decidedGround(of: generation)
            )
        }
        var index = BoundaryIndex(
            try areas.map(StoredGeography.feature),
            roads: try roads.map(StoredGeography.road),
            generation: generation
        )
        index.decided = DecidedGrounds(try grounds.map(StoredGeography.ground), areas: index.areas)
        return index
    }
}
