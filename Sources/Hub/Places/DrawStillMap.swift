public import Domain
import Geo
public import Storage

/// A still map of a window: what a page shows without scripts and on paper.
public struct StillMap: Sendable {
    /// The square that is drawn.
    public let window: MapWindow
    /// Areas, layer by layer.
    public let areas: [DrawnArea]
    /// Roads; none where there would be too many to see.
    public let roads: [DrawnRoad]
}

/// Draws the still map of a place, or of the whole region.
public struct DrawStillMap: Sendable {
    /// Widest window with roads, in metres over the ground.
    public static let widestWithRoads = 12_000.0
    /// Most roads of one picture.
    static let mostRoads = 400

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The map, read in one short transaction; nil before the first generation.
    ///
    /// - Parameters:
    ///   - layers: Layers to draw; those the generation lacks are left out.
    ///   - place: The middle; nil: the whole region.
    ///   - metres: Half a side over the ground, with a place.
    public func callAsFunction(
        _ layers: [LayerName],
        around place: Coordinate?,
        metres: Double
    ) async throws -> StillMap? {
        let index = surroundings.geography.index
        guard let generation = index.generation else { return nil }
        let wanted = layers.filter(index.layers.contains)
        let base: LayerName = index.layers.contains(.upperTier) ? .upperTier : .municipality
        return try await surroundings.databases.withHub(.readOnly) { transaction in
            let shapes = MapShapes(transaction)
            let window: MapWindow
            if let place {
                window = MapWindow(around: place, metres: metres)
            } else {
                guard let corners = try await shapes.corners(of: base, generation: generation) else { return nil }
                window = MapWindow(southWest: corners.southWest, northEast: corners.northEast)
            }
            let areas = try await shapes.drawing(of: wanted, generation: generation, window: window)
            let roads =
                window.groundMetres <= Self.widestWithRoads
                ? try await shapes.drawing(ofRoadsIn: generation, window: window, most: Self.mostRoads) : []
            return StillMap(window: window, areas: areas, roads: roads)
        }
    }
}
