public import Domain
import Storage

/// What a vector tile holds.
public enum TileContent: Sendable, Hashable {
    /// One boundary layer.
    case areas(LayerName)
    /// Roads with their owners.
    case roads
    /// Everything, each as a layer of its own.
    case all

    /// Name of the content in a tile's address.
    public var name: String {
        switch self {
        case .areas(let layer): layer.rawValue
        case .roads: "roads"
        case .all: "all"
        }
    }
}

/// Draws one vector tile of a generation.
///
/// A generation never changes once it is stored, so the same question gives the same bytes: keep what was drawn.
public struct DrawTile: Sendable {
    /// Coarsest zoom at which roads are drawn; further out they would be a stain.
    public static let roadsFrom = 8

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The tile as Mapbox Vector Tile 2.1; empty where nothing lies.
    ///
    /// - Parameter layers: Boundary layers of the generation, for ``TileContent/all``.
    public func callAsFunction(
        _ content: TileContent,
        of generation: GenerationID,
        layers: [LayerName],
        in tile: TileAddress
    ) async throws -> [UInt8] {
        try await surroundings.databases.withHub(.readOnly) { transaction in
            let tiles = VectorTiles(transaction)
            let wanted: [LayerName] =
                switch content {
                case .areas(let layer): [layer]
                case .roads: []
                case .all: layers
                }
            var bytes = wanted.isEmpty ? [] : try await tiles.areas(wanted, of: generation, in: tile)
            if content == .all || content == .roads, tile.zoom >= Self.roadsFrom {
                bytes += try await tiles.roads(of: generation, in: tile)
            }
            return bytes
        }
    }
}
