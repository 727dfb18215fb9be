/// A road segment within reach of a place: who owns it, what class it is, how far its centreline is.
///
/// On a road that forms a border the owner counts, never the polygon under the point.
public struct NearbyRoad: Sendable, Hashable, Codable {
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

    /// A former or spoken name (`Highway 7`) of a road that has another name now.
    public let alias: String?

    /// An agreed change of owner: a street assumed by the town, a highway transferred.
    public let change: RoadOwnerChange?

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
        change: RoadOwnerChange? = nil
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
    }

    /// Owner and kind of owner on a day, an agreed change taken into account.
    ///
    /// - Parameter day: ISO date, `2026-11-21`; ISO dates compare as text.
    public func ownership(onISODate day: String) -> (owner: String, kind: RoadOwnerKind) {
        guard let change, day >= change.on else { return (owner, ownerKind) }
        return (change.owner, change.ownerKind)
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, owner, metres, alias, change
        case ownerKind = "owner_kind"
        case roadClass = "road_class"
        case speedLimit = "speed_limit"
    }
}
