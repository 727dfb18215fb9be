/// Whose place it is in one layer: the raw areas with their defects named, never nobody without a word, never a coin toss.
public enum PlaceVerdict: Sendable, Hashable {
    /// Exactly one area covers the place.
    case inside(CoveringArea)

    /// Several areas cover it (an overlap of surveys, or the place is on their common border), in the stated order:
    /// the area's own priority first, then its id.
    case contested([CoveringArea])

    /// No area covers it, but some lie within the gap distance: a hole between surveys. Nearest first.
    case gap(nearest: [NearestArea])

    /// No area covers it and none is within the gap distance. Nearest first; may be empty.
    case outside(nearest: [NearestArea])

    /// Nothing is known of the place: no coordinate, or the generation lacks the layer.
    case unknown

    /// The areas that cover the place, in the stated order.
    public var covering: [CoveringArea] {
        switch self {
        case .inside(let area): [area]
        case .contested(let areas): areas
        case .gap, .outside, .unknown: []
        }
    }

    /// The nearest areas when none covers the place.
    public var nearest: [NearestArea] {
        switch self {
        case .gap(let nearest), .outside(let nearest): nearest
        case .inside, .contested, .unknown: []
        }
    }

    /// The word for this verdict in CSV and JSON.
    public var word: String {
        switch self {
        case .inside: "inside"
        case .contested: "contested"
        case .gap: "gap"
        case .outside: "outside"
        case .unknown: "unknown"
        }
    }
}

extension PlaceVerdict: Codable {
    private enum CodingKeys: String, CodingKey {
        case verdict, areas, nearest
    }

    /// Reads `{"verdict": "inside", "areas": […]}` or `{"verdict": "gap", "nearest": […]}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let areas = try values.decodeIfPresent([CoveringArea].self, forKey: .areas) ?? []
        let nearest = try values.decodeIfPresent([NearestArea].self, forKey: .nearest) ?? []
        let word = try values.decode(String.self, forKey: .verdict)
        switch word {
        case "inside":
            guard let area = areas.first, areas.count == 1 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .areas,
                    in: values,
                    debugDescription: "a place inside has exactly one area"
                )
            }
            self = .inside(area)
        case "contested": self = .contested(areas)
        case "gap": self = .gap(nearest: nearest)
        case "outside": self = .outside(nearest: nearest)
        case "unknown": self = .unknown
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .verdict,
                in: values,
                debugDescription: "the verdict is inside, contested, gap, outside or unknown, not \(word.prefix(20))"
            )
        }
    }

    /// Writes the word and the areas that belong to it.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(word, forKey: .verdict)
        switch self {
        case .inside, .contested: try values.encode(covering, forKey: .areas)
        case .gap, .outside: try values.encode(nearest, forKey: .nearest)
        case .unknown: break
        }
    }
}
