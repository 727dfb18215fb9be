/// When a rule applies: every list that is not empty must contain the case's value; an empty list says nothing.
///
/// All of these are data. A municipality's difference is a row here, never a branch in the program.
public struct RuleConditions: Sendable, Hashable, Codable {
    /// Service parts, at least one.
    public var parts: [PartPattern]

    /// Municipalities, by the id of tenant or partner.
    public var municipalities: [JurisdictionID]

    /// Ids of single roads, of a segment or of a whole road: an agreement that names one beats every general rule.
    public var roads: [String]

    /// The stretch of the roads named, by kilometres along them.
    public var kilometres: RuleKilometres?

    /// Whether somebody other than its owner looks after the road.
    public var roadOperator: RuleOperator?

    /// What is known of the asset that is meant.
    public var asset: RuleAsset?

    /// Kinds of road owner.
    public var roadOwners: [RoadOwnerKind]

    /// Road classes as the roads file spells them.
    public var roadClasses: [String]

    /// Posted speed limit.
    public var speedLimit: RuleSpeed?

    /// Answers by question code; for each code one of the keys must have been given.
    public var answers: [String: [String]]

    /// Kinds of property: `home`, `shop`, `farm`, `park`, `private`.
    public var propertyTypes: [String]

    /// Areas of other layers by layer: the place must lie in one of them; ``anyArea`` stands for every area of the layer.
    public var areas: [String: [AreaID]]

    /// Hours of the local day.
    public var hours: RuleHours?

    /// Part of the year.
    public var season: SeasonWindow?

    /// First day in force; nil: always was.
    public var validFrom: CalendarDay?

    /// Last day in force, that day included; nil: no end known.
    public var validUntil: CalendarDay?

    /// Also applies where no member municipality is: inside an enclave, in the neighbouring county, on a place nobody knows.
    public var everywhere: Bool

    /// Conditions; everything but the parts may be left out.
    public init(
        parts: [PartPattern],
        municipalities: [JurisdictionID] = [],
        roads: [String] = [],
        roadOwners: [RoadOwnerKind] = [],
        roadClasses: [String] = [],
        speedLimit: RuleSpeed? = nil,
        answers: [String: [String]] = [:],
        propertyTypes: [String] = [],
        areas: [String: [AreaID]] = [:],
        hours: RuleHours? = nil,
        season: SeasonWindow? = nil,
        validFrom: CalendarDay? = nil,
        validUntil: CalendarDay? = nil,
        everywhere: Bool = false,
        kilometres: RuleKilometres? = nil,
        roadOperator: RuleOperator? = nil,
        asset: RuleAsset? = nil
    ) {
        self.parts = parts
        self.municipalities = municipalities
        self.roads = roads
        self.roadOwners = roadOwners
        self.roadClasses = roadClasses
        self.speedLimit = speedLimit
        self.answers = answers
        self.propertyTypes = propertyTypes
        self.areas = areas
        self.hours = hours
        self.season = season
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.everywhere = everywhere
        self.kilometres = kilometres
        self.roadOperator = roadOperator
        self.asset = asset
    }

    /// Stands for every area of a layer: `federal_land: "*"`.
    public static let anyArea = AreaID(trusted: "*")

    private enum CodingKeys: String, CodingKey {
        case parts, municipalities, roads, answers, areas, hours, season, everywhere, kilometres, asset
        case roadOperator = "road_operator"
        case roadOwners = "road_owners"
        case roadClasses = "road_classes"
        case speedLimit = "speed_limit"
        case propertyTypes = "property_types"
        case validFrom = "valid_from"
        case validUntil = "valid_until"
    }
}

/// A range of posted speed limits in km/h, both ends included; an end left out is open.
///
/// A road without a known limit is in no range.
public struct RuleSpeed: Sendable, Hashable, Codable {
    /// Lowest limit, km/h.
    public let from: Int?

    /// Highest limit, km/h.
    public let to: Int?

    /// A range.
    public init(from: Int? = nil, to: Int? = nil) {
        self.from = from
        self.to = to
    }

    /// Whether a limit is in the range.
    public func contains(_ limit: Int?) -> Bool {
        guard let limit else { return false }
        return limit >= (from ?? .min) && limit <= (to ?? .max)
    }
}

/// Hours of the local day, the start included, the end not; a window may pass midnight (23:00–07:00).
public struct RuleHours: Sendable, Hashable, Codable {
    /// First minute.
    public let from: TimeOfDay

    /// The minute after the last.
    public let to: TimeOfDay

    /// A window.
    public init(from: TimeOfDay, to: TimeOfDay) {
        self.from = from
        self.to = to
    }

    /// Whether a minute of the day, 0 to 1439, is in the window.
    public func contains(minute: Int) -> Bool {
        from <= to
            ? minute >= from.minutes && minute < to.minutes
            : minute >= from.minutes || minute < to.minutes
    }

    /// Whether two windows share a minute.
    public func overlaps(_ other: RuleHours) -> Bool {
        contains(minute: other.from.minutes) || other.contains(minute: from.minutes)
    }
}

extension SeasonWindow {
    /// Whether a day of the year lies in the season.
    public func contains(_ day: MonthDay) -> Bool {
        from <= to ? (from <= day && day <= to) : (day >= from || day <= to)
    }

    /// Whether two seasons share a day.
    public func overlaps(_ other: SeasonWindow) -> Bool {
        contains(other.from) || other.contains(from)
    }
}
