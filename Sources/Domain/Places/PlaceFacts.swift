/// Everything known of one place, before any rule is asked: areas of every layer, verdicts, roads in reach.
///
/// The raw answer (``areas``) and what was decided about it (``municipality``, ``upperTier``) stand beside each other and are never mixed.
public struct PlaceFacts: Sendable, Hashable {
    /// The place; nil when only an address or nothing is known.
    public let coordinate: Coordinate?

    /// The address as given, where there is one.
    public let address: String?

    /// The boundary generation that answered; nil when none is active.
    public let generation: GenerationID?

    /// Every area that covers the place, all layers, ordered by layer, then priority, then id.
    public let areas: [CoveringArea]

    /// Whose place it is among the municipalities.
    public let municipality: PlaceVerdict

    /// Whose place it is in the upper tier.
    public let upperTier: PlaceVerdict

    /// Owners that the region decided on where areas of a layer overlap or leave a gap, at most one for each layer; nil where nothing was decided.
    public let decided: [DecidedOwner]?

    /// Roads within ``toleranceMetres``, nearest first, ties by id.
    public let roads: [NearbyRoad]

    /// Assets of the kind in question within that kind's tolerance, nearest first, ties by id; empty when the matter is about none.
    public let assets: [NearbyAsset]

    /// How far a road may lie from the place to count, in metres.
    public let toleranceMetres: Double

    /// Facts as an index or a test states them.
    public init(
        coordinate: Coordinate?,
        address: String? = nil,
        generation: GenerationID? = nil,
        areas: [CoveringArea],
        municipality: PlaceVerdict,
        upperTier: PlaceVerdict,
        decided: [DecidedOwner]? = nil,
        roads: [NearbyRoad],
        toleranceMetres: Double,
        assets: [NearbyAsset] = []
    ) {
        self.coordinate = coordinate
        self.address = address
        self.generation = generation
        self.areas = areas
        self.municipality = municipality
        self.upperTier = upperTier
        self.decided = decided
        self.roads = roads
        self.toleranceMetres = toleranceMetres
        self.assets = assets
    }

    /// Facts where the place itself is unknown.
    public static func unknown(address: String? = nil, generation: GenerationID? = nil) -> PlaceFacts {
        PlaceFacts(
            coordinate: nil,
            address: address,
            generation: generation,
            areas: [],
            municipality: .unknown,
            upperTier: .unknown,
            roads: [],
            toleranceMetres: 0
        )
    }

    /// The same facts with an address beside them.
    public func with(address: String?) -> PlaceFacts {
        PlaceFacts(
            coordinate: coordinate,
            address: address,
            generation: generation,
            areas: areas,
            municipality: municipality,
            upperTier: upperTier,
            decided: decided,
            roads: roads,
            toleranceMetres: toleranceMetres,
            assets: assets
        )
    }

    /// The same facts with other roads: those that a spoken name means.
    public func with(roads: [NearbyRoad]) -> PlaceFacts {
        PlaceFacts(
            coordinate: coordinate,
            address: address,
            generation: generation,
            areas: areas,
            municipality: municipality,
            upperTier: upperTier,
            decided: decided,
            roads: roads,
            toleranceMetres: toleranceMetres,
            assets: assets
        )
    }

    /// The same facts with assets beside them.
    public func with(assets: [NearbyAsset]) -> PlaceFacts {
        PlaceFacts(
            coordinate: coordinate,
            address: address,
            generation: generation,
            areas: areas,
            municipality: municipality,
            upperTier: upperTier,
            decided: decided,
            roads: roads,
            toleranceMetres: toleranceMetres,
            assets: assets
        )
    }

    /// The areas of one layer that cover the place.
    public func areas(in layer: LayerName) -> [CoveringArea] {
        areas.filter { $0.layer == layer }
    }

    /// The owner decided on in a layer.
    public func decided(in layer: LayerName) -> DecidedOwner? {
        decided?.first { $0.area.layer == layer }
    }

}

extension PlaceFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case coordinate, address, generation, areas, municipality, decided, roads, assets
        case upperTier = "upper_tier"
        case toleranceMetres = "tolerance_metres"
    }

    /// Reads the JSON form; facts kept before there were assets have none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            coordinate: try values.decodeIfPresent(Coordinate.self, forKey: .coordinate),
            address: try values.decodeIfPresent(String.self, forKey: .address),
            generation: try values.decodeIfPresent(GenerationID.self, forKey: .generation),
            areas: try values.decode([CoveringArea].self, forKey: .areas),
            municipality: try values.decode(PlaceVerdict.self, forKey: .municipality),
            upperTier: try values.decode(PlaceVerdict.self, forKey: .upperTier),
            decided: try values.decodeIfPresent([DecidedOwner].self, forKey: .decided),
            roads: try values.decode([NearbyRoad].self, forKey: .roads),
            toleranceMetres: try values.decode(Double.self, forKey: .toleranceMetres),
            assets: try values.decodeIfPresent([NearbyAsset].self, forKey: .assets) ?? []
        )
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(coordinate, forKey: .coordinate)
        try values.encodeIfPresent(address, forKey: .address)
        try values.encodeIfPresent(generation, forKey: .generation)
        try values.encode(areas, forKey: .areas)
        try values.encode(municipality, forKey: .municipality)
        try values.encode(upperTier, forKey: .upperTier)
        try values.encodeIfPresent(decided, forKey: .decided)
        try values.encode(roads, forKey: .roads)
        try values.encode(toleranceMetres, forKey: .toleranceMetres)
        if !assets.isEmpty { try values.encode(assets, forKey: .assets) }
    }
}
