/// What kind of body owns a road, the word the rules and the roads file use.
public enum RoadOwnerKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Town, township or city of the lower tier.
    case local
    /// Region or county.
    case upper
    /// Provincial highway.
    case provincial
    /// Federal land: harbour, airport, national park.
    case federal
    /// First Nation land.
    case firstNation = "first_nation"
    /// Private road or lane.
    case privateRoad = "private"
    /// Street of a subdivision that the town has not assumed yet: the developer's.
    case unassumed
    /// A municipality outside the region.
    case outside
    /// The file does not say.
    case unknown
}

/// From a day on, a road has another owner: a street assumed by the town, a highway transferred to the region.
public struct RoadOwnerChange: Sendable, Hashable, Codable {
    /// First day of the new owner, as ISO date `2027-06-01`.
    public let on: String

    /// The new owner: a jurisdiction id or a plain name.
    public let owner: String

    /// What kind of body the new owner is.
    public let ownerKind: RoadOwnerKind

    /// A change on a day.
    public init(on: String, owner: String, ownerKind: RoadOwnerKind) {
        self.on = on
        self.owner = owner
        self.ownerKind = ownerKind
    }

    private enum CodingKeys: String, CodingKey {
        case on, owner
        case ownerKind = "owner_kind"
    }
}
