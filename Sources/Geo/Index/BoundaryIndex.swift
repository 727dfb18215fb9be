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

    /// The assets of the generation; looked up only for a matter that is about one.
    public var assets = AssetIndex()

    /// Tiles, cells and borders; the file of an index holds the same bytes.
    let memory: IndexMemory
    private let layerOfArea: [UInt16]
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
        let areas = ordered.map(\.covering)
        var layers: [LayerName] = []
        for area in ordered where layers.last != area.layer { layers.append(area.layer) }
        self.init(
            memory: IndexBuilder.build(
                ordered,
                catalogue: IndexCatalogue.bytes(layers: layers, areas: areas),
                vertexCount: ordered.reduce(0) { $0 + $1.geometry.vertexCount }
            ),
            layers: layers,
            areas: areas,
            generation: generation,
            roads: roads,
            distances: distances
        )
    }

    /// An index as it was compiled before; nil when the bytes don't fit together.
    init?(_ memory: IndexMemory, generation: GenerationID, roads: [RoadSegment], distances: Distances) {
        guard let (layers, areas) = IndexCatalogue.read(memory.bytes(of: .catalogue)) else { return nil }
        self.init(
            memory: memory,
            layers: layers,
            areas: areas,
            generation: generation,
            roads: roads,
            distances: distances
        )
    }

    private init(
        memory: IndexMemory,
        layers: [LayerName],
        areas: [CoveringArea],
        generation: GenerationID?,
        roads: [RoadSegment],
        distances: Distances
    ) {
        self.memory = memory
        self.layers = layers
        self.areas = areas
        self.generation = generation
        self.distances = distances
        vertexCount = memory.header.vertexCount
        var layer = 0
        layerOfArea = areas.map { area in
            while layers[layer] != area.layer { layer += 1 }
            return UInt16(truncatingIfNeeded: layer)
        }
        let orderedRoads = roads.sorted { $0.attributes.id < $1.attributes.id }
        self.roads = orderedRoads.map(\.attributes)
        roadLines = SegmentGrid(
            orderedRoads.enumerated().lazy.flatMap { number, road in
                road.lines.lazy.map { (owner: UInt32(number), line: $0) }
            },
            isMeasured: true
        )
    }

    /// Bytes the compiled index holds, areas' names included.
    public var byteCount: Int { memory.header.byteCount + roadLines.byteCount }

    /// Positions in ``areas`` of every area that covers a place, rising; the array is emptied first and may be used again.
    public func find(_ place: Coordinate, into found: inout [UInt32]) {
        found.removeAll(keepingCapacity: true)
        memory.view.forEachArea(place.longitudeNano, place.latitudeNano) { found.append($0) }
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
        roads(within: distances.road, of: place)
    }

    /// Roads within a distance in metres, nearest first, ties by id, each with the kilometre along it.
    public func roads(within metres: Double, of place: Coordinate) -> [NearbyRoad] {
        roadLines.within(metres, of: place).map { near in
            roads[Int(near.owner)].nearby(metres: near.metres, along: roadLines.metresAlong(near, of: place))
        }
    }

    /// Places on the roads that pass through a box, no further apart than so many metres, each with what is known of its road.
    public func places(onRoadsIn box: CoordinateBox, every metres: Double) -> [(
        road: RoadAttributes, place: Coordinate
    )] {
        roadLines.places(in: box, every: metres).map { (roads[Int($0.owner)], $0.place) }
    }

    /// The pieces of a whole road with the kilometres at which each begins and ends, in their order along it.
    ///
    /// - Parameter road: Id of a whole road, or of a segment that is all of it; empty when there is none.
    public func pieces(ofRoad road: String) -> [(id: String, from: Double, to: Double)] {
        let numbers = roads.indices.filter { roads[$0].route == road || roads[$0].route == nil && roads[$0].id == road }
        guard !numbers.isEmpty else { return [] }
        let lengths = roadLines.lengths(count: roads.count)
        return numbers.map { number in
            let from = roads[number].fromKilometre ?? 0
            return (roads[number].id, from, from + lengths[number] / 1_000)
        }
        .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
    }

    /// Whose place it is in the municipal or upper-tier layer; ``PlaceVerdict/unknown`` where the generation lacks the layer.
    func verdict(_ layer: LayerName, at place: Coordinate, covering: [CoveringArea]) -> PlaceVerdict {
        guard layers.contains(layer) else { return .unknown }
        let claims = covering.filter { $0.layer == layer }
        if claims.count > 1 { return .contested(claims) }
        if let only = claims.first { return .inside(only) }
        return nearest(layer, to: place)
    }

    /// The verdict on a place that no area of the layer covers: those within the gap's distance, or else the nearest and what is hardly further.
    func nearest(_ layer: LayerName, to place: Coordinate) -> PlaceVerdict {
        var near = NearestAreas()
        let borders = layer == .upperTier ? memory.upperTierBorders : memory.municipalBorders
        borders.find(near: place, reach: distances.outside, slack: distances.gap, into: &near)
        let ordered = near.ordered
        guard let first = ordered.first, first.metres <= distances.gap else {
            return .outside(nearest: ordered.prefix(Self.mostOutside).map(nearestArea))
        }
        return .gap(nearest: ordered.filter { $0.metres <= distances.gap }.map(nearestArea))
    }

    /// The nearest municipality to a place that none covers; nil where none is within reach.
    func nearestMunicipality(to place: Coordinate, using near: inout NearestAreas) -> NearestAreas.Near? {
        memory.municipalBorders.find(near: place, reach: distances.outside, slack: 0, into: &near)
        return near.first
    }

    /// How many of the nearest are named outside every area.
    private static let mostOutside = 3

    private func nearestArea(_ near: NearestAreas.Near) -> NearestArea {
        NearestArea(area: areas[Int(near.owner)], metres: near.metres)
    }
}
