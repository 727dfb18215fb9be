public import Domain

/// A stretch of road of one owner and class: its centreline and what is known of it.
public struct RoadSegment: Sendable, Hashable {
    /// What is known of it; stored beside the geometry.
    public var attributes: RoadAttributes

    /// Centreline, in one or several pieces of two vertices or more.
    public var lines: [[Coordinate]]

    /// A road with its centreline.
    public init(attributes: RoadAttributes, lines: [[Coordinate]]) {
        self.attributes = attributes
        self.lines = lines
    }
}

/// Everything about a road segment but its place, spelled in JSON as in the roads file.
public struct RoadAttributes: Sendable, Hashable, Codable {
    /// Id, unique in the roads of a generation.
    public var id: String

    /// The official name.
    public var name: String

    /// The owner: a jurisdiction id, or the plain name of somebody outside.
    public var owner: String

    /// What kind of body the owner is.
    public var ownerKind: RoadOwnerKind

    /// Class for rules and maintenance standards.
    public var roadClass: String

    /// Posted limit in km/h.
    public var speedLimit: Int?

    /// Former and spoken names with their days, the most spoken first.
    public var aliases: [RoadAlias]

    /// An agreed change of owner.
    public var change: RoadOwnerChange?

    /// The two municipalities when the road runs along their border: `lakeside/hillcrest`.
    public var boundaryLine: String?

    /// Who looks after it when that is not the owner: a jurisdiction id or a partner's.
    public var operatorID: String?

    /// Id of the whole road that this segment is a piece of; nil when it is all of it.
    public var route: String?

    /// Kilometre of the whole road at which this segment's first vertex lies; nil: 0.
    public var fromKilometre: Double?

    /// The attributes of a road.
    public init(
        id: String,
        name: String,
        owner: String,
        ownerKind: RoadOwnerKind,
        roadClass: String,
        speedLimit: Int? = nil,
        aliases: [RoadAlias] = [],
        change: RoadOwnerChange? = nil,
        boundaryLine: String? = nil,
        operatorID: String? = nil,
        route: String? = nil,
        fromKilometre: Double? = nil
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.ownerKind = ownerKind
        self.roadClass = roadClass
        self.speedLimit = speedLimit
        self.aliases = aliases
        self.change = change
        self.boundaryLine = boundaryLine
        self.operatorID = operatorID
        self.route = route
        self.fromKilometre = fromKilometre
    }

    /// The road as a look-up answers it, at a distance, so many metres along its line.
    func nearby(metres: Double, along: Double? = nil) -> NearbyRoad {
        NearbyRoad(
            id: id,
            name: name,
            owner: owner,
            ownerKind: ownerKind,
            roadClass: roadClass,
            speedLimit: speedLimit,
            metres: metres,
            alias: aliases.first?.name,
            change: change,
            operatorID: operatorID,
            aliases: aliases,
            route: route,
            km: along.map { ((fromKilometre ?? 0) * 1_000 + $0).rounded() / 1_000 }
        )
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, owner, aliases, change, route
        case ownerKind = "owner_kind"
        case roadClass = "road_class"
        case speedLimit = "speed_limit"
        case boundaryLine = "boundary_line"
        case operatorID = "operator"
        case fromKilometre = "from_km"
    }
}
