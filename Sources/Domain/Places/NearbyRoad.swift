/// A road segment within reach of a place: who owns it, what class it is, how far its centreline is.
///
/// On a road that forms a border the owner counts, never the polygon under the point.
public struct NearbyRoad: Sendable, Hashable {
    /// Id of the segment in the roads file.
    public let id: String

    /// The official name: `Regional Road 25`.
    public let name: String

    /// Who owns it today: a jurisdiction id, or the plain name of an owner outside (`ontario`, `private`).
    public let owner: String

    /// What kind of body the owner is.
    public let ownerKind: RoadOwnerKind

    /// Class for maintenance standards and rules: `arterial`, `collector`, `local`, `lane`, or a number 1 to 6.
    public let roadClass: String

    /// Posted limit in km/h, where known.
    public let speedLimit: Int?

    /// Metres over the ground from the place to the nearest point of the centreline.
    public let metres: Double

    /// The most spoken of ``aliases`` (`Highway 7`) of a road that has another name now.
    public let alias: String?

    /// An agreed change of owner: a street assumed by the town, a highway transferred.
    public let change: RoadOwnerChange?

    /// Who looks after it when that is not the owner: a town that plows the region's road, or keeps a highway as a connecting link.
    public let operatorID: String?

    /// Every former and spoken name with its days, the most spoken first.
    public let aliases: [RoadAlias]

    /// Id of the whole road that this segment is a piece of; nil when the segment is all of it.
    public let route: String?

    /// Kilometres along the whole road, in its stated direction, to the point of the centreline nearest to the place; to a metre.
    public let km: Double?

    /// A road near a place.
    public init(
        id: String,
        name: String,
        owner: String,
        ownerKind: RoadOwnerKind,
        roadClass: String,
        speedLimit: Int?,
        metres: Double,
        alias: String?,
        change: RoadOwnerChange? = nil,
        operatorID: String? = nil,
        aliases: [RoadAlias] = [],
        route: String? = nil,
        km: Double? = nil
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.ownerKind = ownerKind
        self.roadClass = roadClass
        self.speedLimit = speedLimit
        self.metres = metres
        self.alias = alias
        self.change = change
        self.operatorID = operatorID
        self.aliases = aliases
        self.route = route
        self.km = km
    }

    /// Owner and kind of owner on a day, an agreed change taken into account.
    ///
    /// - Parameter day: ISO date, `2026-11-21`; ISO dates compare as text.
    public func ownership(onISODate day: String) -> (owner: String, kind: RoadOwnerKind) {
        guard let change, day >= change.on else { return (owner, ownerKind) }
        return (change.owner, change.ownerKind)
    }

    /// Whether an agreement or a person means this road by an id: of the segment or of the whole road.
    public func isMeant(by id: String) -> Bool { self.id == id || route == id }

    /// Whether people mean this road by a name on a day, official or spoken.
    public func isCalled(_ key: RoadNameKey, onISODate day: String) -> Bool {
        RoadNameKey(name) == key
            || aliases.contains { $0.isUnderstood(onISODate: day) && RoadNameKey($0.name) == key }
            || aliases.isEmpty && alias.map { RoadNameKey($0) == key } ?? false
    }
}

extension NearbyRoad: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, name, owner, metres, alias, change, aliases, route, km
        case ownerKind = "owner_kind"
        case roadClass = "road_class"
        case speedLimit = "speed_limit"
        case operatorID = "operator"
    }

    /// Reads the JSON form; decisions of older versions lack the newer keys.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decode(String.self, forKey: .id),
            name: try values.decode(String.self, forKey: .name),
            owner: try values.decode(String.self, forKey: .owner),
            ownerKind: try values.decode(RoadOwnerKind.self, forKey: .ownerKind),
            roadClass: try values.decode(String.self, forKey: .roadClass),
            speedLimit: try values.decodeIfPresent(Int.self, forKey: .speedLimit),
            metres: try values.decode(Double.self, forKey: .metres),
            alias: try values.decodeIfPresent(String.self, forKey: .alias),
            change: try values.decodeIfPresent(RoadOwnerChange.self, forKey: .change),
            operatorID: try values.decodeIfPresent(String.self, forKey: .operatorID),
            aliases: try values.decodeIfPresent([RoadAlias].self, forKey: .aliases) ?? [],
            route: try values.decodeIfPresent(String.self, forKey: .route),
            km: try values.decodeIfPresent(Double.self, forKey: .km)
        )
    }

    /// Writes the JSON form; what a road does not have is left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(owner, forKey: .owner)
        try values.encode(ownerKind, forKey: .ownerKind)
        try values.encode(roadClass, forKey: .roadClass)
        try values.encodeIfPresent(speedLimit, forKey: .speedLimit)
        try values.encode(metres, forKey: .metres)
        try values.encodeIfPresent(alias, forKey: .alias)
        try values.encodeIfPresent(change, forKey: .change)
        try values.encodeIfPresent(operatorID, forKey: .operatorID)
        if !aliases.isEmpty { try values.encode(aliases, forKey: .aliases) }
        try values.encodeIfPresent(route, forKey: .route)
        try values.encodeIfPresent(km, forKey: .km)
    }
}
