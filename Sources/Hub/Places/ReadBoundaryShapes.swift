public import Domain
import Foundation
import Geo
import Storage

/// An area of the generation in force with its outline, for maps.
public struct BoundaryShape: Sendable, Hashable {
    /// The area.
    public let area: CoveringArea
    /// Its polygons, each a list of closed rings, the outer one first.
    public let polygons: [[[Coordinate]]]
}

/// Reads the outlines of one layer of the generation in force, as they were imported.
///
/// The index in memory keeps only what look-ups need, so outlines come from the database: ask once a generation and keep what was made
/// of them.
public struct ReadBoundaryShapes: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The areas of a layer by id; empty when the generation has no such layer.
    public func callAsFunction(_ layer: LayerName, of generation: GenerationID) async throws -> [BoundaryShape] {
        let rows = try await surroundings.databases.withHub(.readOnly) {
            try await MapShapes($0).areas(of: generation, in: layer)
        }
        return try rows.map { row in
            let feature = try StoredGeography.feature(row)
            return BoundaryShape(area: feature.covering, polygons: feature.geometry.polygons.map(\.rings))
        }
        .sorted { $0.area.id < $1.area.id }
    }
}

extension Geography {
    /// Layers of the generation in force.
    public var layers: [LayerName] { index.layers }
}
