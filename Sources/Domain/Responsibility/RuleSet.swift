/// One version of what the municipalities agreed on: the parts of service, who leads for each, and the bodies outside.
///
/// Versions are loaded, checked and rehearsed before they take effect; a decision is made by the version in force on its day and names it.
public struct RuleSet: Sendable, Hashable, Codable {
    /// Name of the version, kept with every decision: `2026-01`.
    public let version: String

    /// First day this version decides.
    public let validFrom: CalendarDay

    /// Time zone in which days, hours and seasons of the rules are meant: `America/Toronto`.
    public let timeZone: String

    /// The taxonomy: every service part there is.
    public let parts: [PartDefinition]

    /// Who leads.
    public let rules: [ResponsibilityRule]

    /// Who is told besides.
    public let alsoTold: [AlsoToldRule]

    /// Bodies outside the hub.
    public let partners: [Partner]

    /// What sentences call a body for short, such as `the Region`, `la Région`.
    ///
    /// A body without one is called by its full name.
    public let shortNames: [JurisdictionID: BodyName]

    /// What LoST clients may ask for, and whom else to ask; nil where the region does not offer it.
    public let locationServices: LocationServices?

    /// Who keeps which kilometres of roads that municipalities share.
    public let roadAgreements: [RoadAgreement]

    /// When two reports count as of the same matter; nil: ``DuplicateRules/standard``.
    public private(set) var duplicates: DuplicateRules?

    /// All parts.
    public init(
        version: String,
        validFrom: CalendarDay,
        timeZone: String,
        parts: [PartDefinition],
        rules: [ResponsibilityRule],
        alsoTold: [AlsoToldRule] = [],
        partners: [Partner],
        shortNames: [JurisdictionID: BodyName] = [:],
        locationServices: LocationServices? = nil,
        roadAgreements: [RoadAgreement] = [],
        duplicates: DuplicateRules? = nil
    ) {
        self.version = version
        self.validFrom = validFrom
        self.timeZone = timeZone
        self.parts = parts
        self.rules = rules
        self.alsoTold = alsoTold
        self.partners = partners
        self.shortNames = shortNames
        self.locationServices = locationServices
        self.roadAgreements = roadAgreements
        self.duplicates = duplicates
    }

    /// Every row that can lead: those of the rules files, and one for each stretch of the road agreements.
    public var everyRule: [ResponsibilityRule] { rules + roadAgreements.flatMap(\.rules) }

    /// The same with other rules on duplicates.
    public func with(_ duplicates: DuplicateRules?) -> RuleSet {
        var copy = self
        copy.duplicates = duplicates
        return copy
    }

    private enum CodingKeys: String, CodingKey {
        case version, parts, rules, partners
        case validFrom = "valid_from"
        case timeZone = "time_zone"
        case alsoTold = "also_told"
        case shortNames = "short_names"
        case locationServices = "location_services"
        case roadAgreements = "road_agreements"
        case duplicates
    }

    /// Reads the JSON form; versions stored before there were road agreements have none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            version: try values.decode(String.self, forKey: .version),
            validFrom: try values.decode(CalendarDay.self, forKey: .validFrom),
            timeZone: try values.decode(String.self, forKey: .timeZone),
            parts: try values.decode([PartDefinition].self, forKey: .parts),
            rules: try values.decode([ResponsibilityRule].self, forKey: .rules),
            alsoTold: try values.decode([AlsoToldRule].self, forKey: .alsoTold),
            partners: try values.decode([Partner].self, forKey: .partners),
            shortNames: try values.decode([JurisdictionID: BodyName].self, forKey: .shortNames),
            locationServices: try values.decodeIfPresent(LocationServices.self, forKey: .locationServices),
            roadAgreements: try values.decodeIfPresent([RoadAgreement].self, forKey: .roadAgreements) ?? [],
            duplicates: try values.decodeIfPresent(DuplicateRules.self, forKey: .duplicates)
        )
    }
}

/// One entry of the taxonomy: a part of a service that can have an owner of its own.
///
/// Responsibility hangs on the part, not on the service: on a regional road the carriageway is the region's and the sidewalk the town's.
public struct PartDefinition: Sendable, Hashable, Codable {
    /// The key: `road.surface`.
    public let part: ServicePart

    /// What people call it: `road surface`, `la chaussée`; reads after "looks after", « s’occupe de ».
    public let name: LocalizedText

    /// What decides: whether a road near the place matters at all.
    public let subject: Subject

    /// What kind of thing a part is about.
    public enum Subject: Sendable, Hashable {
        /// A road: the roads near the place count, each with its owner.
        case road
        /// The place itself: only areas count; roads near by are ignored.
        case place
        /// An asset of a kind: those near the place count, each with its owner; where none is recorded, a part of a road
        /// goes by the roads near the place, anything else by the place.
        case asset(AssetKind)
    }

    /// A part.
    public init(part: ServicePart, name: LocalizedText, subject: Subject) {
        self.part = part
        self.name = name
        self.subject = subject
    }
}

extension PartDefinition.Subject: RawRepresentable, Codable, CaseIterable {
    /// `road`, `place`, and every kind of asset.
    public static var allCases: [Self] { [.road, .place] + AssetKind.allCases.map(Self.asset) }

    /// The word the taxonomy uses: `road`, `place`, or a kind of asset such as `light`.
    public var rawValue: String {
        switch self {
        case .road: "road"
        case .place: "place"
        case .asset(let kind): kind.rawValue
        }
    }

    /// Reads the word; nil when it is none.
    public init?(rawValue: String) {
        switch rawValue {
        case "road": self = .road
        case "place": self = .place
        default:
            guard let kind = AssetKind(rawValue: rawValue) else { return nil }
            self = .asset(kind)
        }
    }

    /// The kind of asset; nil when the part is about a road or a place.
    public var assetKind: AssetKind? {
        if case .asset(let kind) = self { kind } else { nil }
    }
}
