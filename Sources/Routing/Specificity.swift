public import Domain

/// How narrowly a rule is written; of all rules that apply, the one with the greatest specificity decides.
///
/// The levels are compared in the order of ``Level``, the first difference settles it. The order goes from the fact that can least be
/// meant otherwise (an agreement about one stretch of road) to the one that only shades a general rule (a season). See
/// <doc:HowADecisionIsMade>.
public struct Specificity: Sendable, Hashable, Comparable {
    /// What a rule can be specific about, strongest first.
    public enum Level: Int, Sendable, Hashable, CaseIterable {
        /// Names single assets.
        case asset
        /// Names single roads; a stretch of one by its kilometres is more.
        case road
        /// Names the part; a narrow family is more than a wide one, all parts nothing.
        case part
        /// Asks for answers; two questions are more than one.
        case answers
        /// Asks something of the asset that is meant; each fact asked adds one.
        case assetFacts
        /// Asks whether somebody other than its owner looks after the road.
        case roadOperator
        /// Names the kind of road owner.
        case roadOwner
        /// Names municipalities.
        case municipality
        /// Names road classes.
        case roadClass
        /// Bounds the speed limit.
        case speedLimit
        /// Names kinds of property.
        case propertyType
        /// Names areas of other layers; two layers are more than one, a named area more than any of its layer.
        case area
        /// Bounds the hours of the day.
        case hours
        /// Bounds the season.
        case season

        /// What staff read: "names …".
        public var name: LocalizedText {
            switch self {
            case .asset: LocalizedText(english: "this very asset", french: "cet élément précis")
            case .road: LocalizedText(english: "this road", french: "cette route")
            case .part: LocalizedText(english: "the part", french: "la composante")
            case .answers: LocalizedText(english: "the answers", french: "les réponses")
            case .assetFacts: LocalizedText(english: "the asset", french: "l’élément")
            case .roadOperator:
                LocalizedText(english: "who looks after the road", french: "qui s’occupe de la route")
            case .roadOwner: LocalizedText(english: "the road's owner", french: "le propriétaire de la route")
            case .municipality: LocalizedText(english: "the municipality", french: "la municipalité")
            case .roadClass: LocalizedText(english: "the road's class", french: "la classe de la route")
            case .speedLimit: LocalizedText(english: "the speed limit", french: "la limite de vitesse")
            case .propertyType: LocalizedText(english: "the kind of property", french: "le type de propriété")
            case .area: LocalizedText(english: "the area", french: "la zone")
            case .hours: LocalizedText(english: "the hour", french: "l’heure")
            case .season: LocalizedText(english: "the season", french: "la saison")
            }
        }
    }

    /// Weight of each level, seven bits each, the strongest level highest; comparing it compares level by level.
    private let high: UInt64
    /// How many levels lie in ``high``; nine fit into either word.
    private static let inHigh = 7
    private let low: UInt64

    /// How specific conditions are about one part.
    public init(of conditions: RuleConditions, for part: ServicePart) {
        let narrowness = conditions.parts.filter { $0.covers(part) }.map(\.narrowness).max() ?? 0
        let weights = Level.allCases.map { level in
            switch level {
            case .asset: conditions.asset.map { $0.ids.isEmpty ? 0 : 1 } ?? 0
            case .road: conditions.roads.isEmpty ? 0 : conditions.kilometres == nil ? 1 : 2
            case .part: narrowness
            case .answers: conditions.answers.count
            case .assetFacts: conditions.asset?.width ?? 0
            case .roadOperator: conditions.roadOperator == nil ? 0 : 1
            case .roadOwner: conditions.roadOwners.isEmpty ? 0 : 1
            case .municipality: conditions.municipalities.isEmpty ? 0 : 1
            case .roadClass: conditions.roadClasses.isEmpty ? 0 : 1
            case .speedLimit: conditions.speedLimit == nil ? 0 : 1
            case .propertyType: conditions.propertyTypes.isEmpty ? 0 : 1
            case .area: conditions.areas.values.reduce(0) { $0 + ($1.contains(RuleConditions.anyArea) ? 1 : 2) }
            case .hours: conditions.hours == nil ? 0 : 1
            case .season: conditions.season == nil ? 0 : 1
            }
        }
        high = weights.prefix(Self.inHigh).reduce(0) { $0 << 7 | UInt64(min($1, 127)) }
        low = weights.dropFirst(Self.inHigh).reduce(0) { $0 << 7 | UInt64(min($1, 127)) }
    }

    /// Weight on one level; zero when the rule says nothing about it.
    public func weight(_ level: Level) -> Int {
        let count = Level.allCases.count
        return level.rawValue < Self.inHigh
            ? Int(high >> UInt64((Self.inHigh - 1 - level.rawValue) * 7) & 127)
            : Int(low >> UInt64((count - 1 - level.rawValue) * 7) & 127)
    }

    /// The levels a rule speaks about, strongest first.
    public var levels: [Level] {
        Level.allCases.filter { weight($0) > 0 }
    }

    /// Level by level, the strongest first.
    public static func < (left: Specificity, right: Specificity) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
