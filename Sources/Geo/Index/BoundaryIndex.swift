public import Domain

/// All boundaries and roads of one generation, compiled for look-up: immutable, shared freely, exact on every border.
///
/// The raw answer of a place is every area that covers it, border included. Whether that settles whose place it is, and what is
/// near when nothing covers it, are separate facts beside it. Take the index once for a request or batch, not once for each point.
public struct BoundaryIndex: Sendable {
    /// Distances that turn "nothing there" into "something near".
    public struct Distances: Sendable, Hashable {
        /// How far a road may be to count, in metres.
        public var road = 20.0
        /// How far an area may be for the place to be a gap between surveys, in metres.
        public var gap = 250.0
        /// How far the nearest area is looked for outside, in metres.
        public var outside = 50_000.0

        /// The usual distances.
        public init() {}
    }

    /// The generation compiled; nil for one that isn't stored.
    public let generation: GenerationID?

    /// The distances in force.
    public let distances: Distances

    /// Every area, ordered by layer, priority and id: the stated order of answers.
    public let areas: [CoveringArea]

    /// Every road's attributes, ordered by id.
    public let roads: [RoadAttributes]

    /// The layers, in order.
    public let layers: [LayerName]

    /// Vertices of all areas.
    public let vertexCount: Int

    /// What the region decided about gaps and overlaps; asked only where a layer has several areas at a place, or none.
    public var decided = DecidedGrounds.none

    private let memory: IndexMemory
    private let layerOfArea: [UInt16]
    private let municipalityBorders: SegmentGrid
    private let upperTierBorders: SegmentGrid
    private let roadLines: SegmentGrid

    /// Compiles features and roads.
    ///
    /// Shapes must be valid (an import sees to that); takes about a second for a million vertices.
    public init(
        _ features: [BoundaryFeature],
        roads: [RoadSegment] = [],
        generation: GenerationID? = nil,
        distances: Distances = Distances()
    ) {
        let ordered = features.sorted { ($0.layer, $0.priority, $0.id) < ($1.layer, $1.priority, $1.id) }
        let orderedRoads = roads.sorted { $0.attributes.id < $1.attributes.id }
        self.generation = generation
        self.distances = distances
        areas = ordered.map(\.covering)
        self.roads = orderedRoads.map(\.attributes)
        var layers: [LayerName] = []
        for area in ordered where layers.last != area.layer { layers.append(area.layer) }
        self.layers = layers
        var layerOfArea: [UInt16] = []
        var layer = 0
        for area in ordered {
            if layers[layer] != area.layer { layer += 1 }
            layerOfArea.append(UInt16(truncatingIfNeeded: layer))
        }
        self.layerOfArea = layerOfArea
        vertexCount = ordered.reduce(0) { $0 + $1.geometry.vertexCount }
        memory = IndexBuilder.build(ordered.map(\.geometry))
        municipalityBorders = Self.borders(of: .municipality, ordered)
        upperTierBorders = Self.borders(of: .upperTier, ordered)
        roadLines = SegmentGrid(
            orderedRoads.enumerated().lazy.flatMap { number, road in
                road.lines.lazy.map { (owner: UInt32(number), line: $0) }
            }
        )
    }

    private static func borders(of layer: LayerName, _ features: [BoundaryFeature]) -> SegmentGrid {
        SegmentGrid(
            features.enumerated().lazy.filter { $0.element.layer == layer }.flatMap { number, feature in
                feature.geometry.polygons.lazy.flatMap(\.rings).map { (owner: UInt32(number), line: $0) }
            }
        )
    }

    /// Bytes the compiled index holds, areas' names aside.
    public var byteCount: Int {
        memory.byteCount + municipalityBorders.byteCount + upperTierBorders.byteCount + roadLines.byteCount
    }

    /// Positions in ``areas`` of every area that covers a place, rising; the array is emptied first and may be used again.
    public func find(_ place: Coordinate, into found: inout [UInt32]) {
        found.removeAll(keepingCapacity: true)
        memory.view.append(place.longitudeNano, place.latitudeNano, to: &found)
        if found.count > 1 { found.sort() }
    }

    /// Every area that covers a place, in the stated order.
    public func areas(at place: Coordinate) -> [CoveringArea] {
        var found: [UInt32] = []
        find(place, into: &found)
        return found.map { areas[Int($0)] }
    }

    /// Position in ``layers`` of an area's layer.
    func layer(ofArea position: UInt32) -> Int { Int(layerOfArea[Int(position)]) }

    /// Everything known of a place.
    public func facts(at place: Coordinate) -> PlaceFacts {
        let areas = areas(at: place)
        return PlaceFacts(
            coordinate: place,
            generation: generation,
            areas: areas,
            municipality: verdict(.municipality, at: place, covering: areas),
            upperTier: verdict(.upperTier, at: place, covering: areas),
            decided: decided.owners(at: place, covering: areas),
            roads: roads(near: place),
            toleranceMetres: distances.road
        )
    }

    /// Roads within the tolerance, nearest first, ties by id.
    public func roads(near place: Coordinate) -> [NearbyRoad] {
        roadLines.within(distances.road, of: place).map { roads[Int($0.owner)].nearby(metres: $0.metres) }
    }

    /// Whose place it is in the municipal or upper-tier layer; ``PlaceVerdict/unknown`` where the generation lacks the layer.
    func verdict(_ layer: LayerName, at place: Coordinate, covering: [CoveringArea]) -> PlaceVerdict {
        guard layers.contains(layer) else { return .unknown }
        let claims = covering.filter { $0.layer == layer }
        if claims.count > 1 { return .contested(claims) }
        if let only = claims.first { return .inside(only) }
        return nearest(layer, to: place)
    }

    /// The verdict on a place that no area of the layer covers.
    func nearest(_ layer: LayerName, to place: Coordinate) -> PlaceVerdict {
        let borders = layer == .upperTier ? upperTierBorders : municipalityBorders
        let near = borders.within(distances.gap, of: place)
        if !near.isEmpty { return .gap(nearest: near.map(nearestArea)) }
        return .outside(nearest: borders.nearest(to: place, reach: distances.outside, count: 3).map(nearestArea))
    }

    private func nearestArea(_ near: SegmentGrid.Near) -> NearestArea {
        NearestArea(area: areas[Int(near.owner)], metres: near.metres)
    }
}
