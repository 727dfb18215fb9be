public import Domain

/// Ground that other areas claim in one set of boundaries than in another.
public struct GroundChange: Sendable, Hashable, Codable {
    /// The layer.
    public let layer: LayerName

    /// Who claimed it before; empty where nobody did, several where surveys overlapped.
    public let from: [AreaID]

    /// Who claims it now; empty where nobody does.
    public let to: [AreaID]

    /// Surface in square metres on the WGS 84 ellipsoid.
    public let squareMetres: Double

    /// A place inside the largest piece.
    public let place: Coordinate

    /// How many separate pieces it has.
    public let pieceCount: Int

    /// The ground itself, for maps; not written to JSON.
    public let ground: AreaGeometry

    private enum CodingKeys: String, CodingKey {
        case layer, from, to, place
        case squareMetres = "square_metres"
        case pieceCount = "piece_count"
    }

    /// Reads a change back; its ground is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        layer = try values.decode(LayerName.self, forKey: .layer)
        from = try values.decode([AreaID].self, forKey: .from)
        to = try values.decode([AreaID].self, forKey: .to)
        squareMetres = try values.decode(Double.self, forKey: .squareMetres)
        place = try values.decode(Coordinate.self, forKey: .place)
        pieceCount = try values.decode(Int.self, forKey: .pieceCount)
        ground = AreaGeometry(polygons: [])
    }

    init(layer: LayerName, from: [AreaID], to: [AreaID], ground: GroundPieces) {
        self.layer = layer
        self.from = from
        self.to = to
        squareMetres = ground.squareMetres
        place = ground.place
        pieceCount = ground.pieces.count
        self.ground = ground.geometry
    }
}

/// Compares two sets of boundaries layer by layer: which ground passes from whom to whom.
public struct GroundComparison: Sendable {
    /// Pieces smaller than this are a pen's stroke and left out, in square metres.
    public var smallestPiece = 1.0

    /// A comparison with the usual limit.
    public init() {}

    /// What changes, the largest first; layers that only one side has are left out.
    ///
    /// - Parameter progress: Called with a sentence before each layer.
    /// - Throws: ``GeometryFault`` when GEOS gives up.
    public func callAsFunction(
        from old: [BoundaryFeature],
        to new: [BoundaryFeature],
        layers: [LayerName]? = nil,
        progress: (String) -> Void = { _ in }
    ) throws(GeometryFault) -> [GroundChange] {
        let engine = try GeometryEngine()
        let both = Set(old.map(\.layer)).intersection(new.map(\.layer))
        var changes: [GroundChange] = []
        for layer in (layers ?? both.sorted()) where both.contains(layer) {
            progress("\(layer): what changes hands")
            let compared = try ComparedLayer(
                layer,
                old: old.filter { $0.layer == layer },
                new: new.filter { $0.layer == layer },
                engine: engine,
                smallest: smallestPiece
            )
            changes += try compared.changes()
        }
        return changes.sorted {
            ($1.squareMetres, $0.place.latitudeNano) < ($0.squareMetres, $1.place.latitudeNano)
        }
    }
}

/// One layer before and after, reduced to the areas whose outline differs.
private struct ComparedLayer {
    struct Moved {
        let id: AreaID
        /// What it claims now and did not before; nil when there is nothing.
        let gained: Shape?
        /// What it claimed before and does not now.
        let lost: Shape?
    }

    let layer: LayerName
    let engine: GeometryEngine
    let smallest: Double
    private var moved: [Moved] = []
    private var oldShapes: [(id: AreaID, box: CoordinateBox, shape: Shape)] = []
    private var newShapes: [(id: AreaID, box: CoordinateBox, shape: Shape)] = []

    init(
        _ layer: LayerName,
        old: [BoundaryFeature],
        new: [BoundaryFeature],
        engine: GeometryEngine,
        smallest: Double
    ) throws(GeometryFault) {
        self.layer = layer
        self.engine = engine
        self.smallest = smallest
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let nothing = AreaGeometry(polygons: [])
        for id in Set(before.keys).union(after.keys).sorted() {
            let (was, becomes) = (before[id]?.geometry ?? nothing, after[id]?.geometry ?? nothing)
            guard was != becomes else { continue }
            let (oldShape, newShape) = (try engine.shape(of: was), try engine.shape(of: becomes))
            moved.append(
                Moved(
                    id: id,
                    gained: becomes.polygons.isEmpty ? nil : try newShape.difference(oldShape),
                    lost: was.polygons.isEmpty ? nil : try oldShape.difference(newShape)
                )
            )
        }
        guard !moved.isEmpty else { return }
        for feature in old {
            guard let box = feature.geometry.box else { continue }
            oldShapes.append((feature.id, box, try engine.shape(of: feature.geometry)))
        }
        for feature in new {
            guard let box = feature.geometry.box else { continue }
            newShapes.append((feature.id, box, try engine.shape(of: feature.geometry)))
        }
    }

    /// Every piece of moved ground with all who claimed and claim it, gathered by those two lists.
    func changes() throws(GeometryFault) -> [GroundChange] {
        guard !moved.isEmpty else { return [] }
        var everything: [AreaGeometry.Polygon] = []
        for area in moved {
            for shape in [area.gained, area.lost] {
                if let shape { everything += try shape.geometry().polygons }
            }
        }
        guard !everything.isEmpty else { return [] }
        let ground = try engine.shape(of: AreaGeometry(polygons: everything)).union()
        // Cut by every outline, old and new, so that each piece has one answer before and one after.
        var pieces: [Pair: [AreaGeometry.Polygon]] = [:]
        for polygon in try cut(ground) {
            let piece = AreaGeometry(polygons: [polygon])
            guard let inside = try engine.shape(of: piece).placeInside() else { continue }
            let pair = Pair(from: try claimants(oldShapes, inside), to: try claimants(newShapes, inside))
            if pair.from != pair.to { pieces[pair, default: []].append(polygon) }
        }
        var found: [GroundChange] = []
        for (pair, polygons) in pieces {
            let joined = try engine.shape(of: AreaGeometry(polygons: polygons)).union().geometry()
            guard let ground = GroundPieces(joined, smallest: smallest, engine: engine) else { continue }
            found.append(GroundChange(layer: layer, from: pair.from, to: pair.to, ground: ground))
        }
        return found
    }

    private struct Pair: Hashable {
        let from: [AreaID]
        let to: [AreaID]
    }

    private func claimants(_ shapes: [(id: AreaID, box: CoordinateBox, shape: Shape)], _ place: Coordinate)
        throws(GeometryFault) -> [AreaID]
    {
        var found: [AreaID] = []
        let box = CoordinateBox(place)
        for (id, own, shape) in shapes where own.touches(box) {
            if try shape.covers(place) { found.append(id) }
        }
        return found.sorted()
    }

    private func cut(_ ground: Shape) throws(GeometryFault) -> [AreaGeometry.Polygon] {
        guard let box = try ground.geometry().box else { return [] }
        var pieces = try ground.geometry().polygons
        for (_, own, shape) in oldShapes + newShapes where own.touches(box) {
            var next: [AreaGeometry.Polygon] = []
            for polygon in pieces {
                let piece = AreaGeometry(polygons: [polygon])
                guard let pieceBox = piece.box, own.touches(pieceBox) else {
                    next.append(polygon)
                    continue
                }
                let pieceShape = try engine.shape(of: piece)
                guard try shape.touches(pieceShape), try !shape.covers(pieceShape) else {
                    next.append(polygon)
                    continue
                }
                next += try pieceShape.intersection(shape).geometry().polygons
                next += try pieceShape.difference(shape).geometry().polygons
            }
            pieces = next
        }
        return pieces
    }
}
