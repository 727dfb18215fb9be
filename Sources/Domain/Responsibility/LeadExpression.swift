/// How a rule names its lead: a body by id, or a role that the place fills in, so that one row serves every town.
public enum LeadExpression: Sendable, Hashable {
    /// The municipality the place lies in.
    case municipality
    /// The owner of the road, as the roads file states it for the day.
    case roadOwner
    /// Whoever looks after the road: its operator where the roads file names one, else its owner.
    case roadOperator
    /// The owner of the asset that is meant.
    case assetOwner
    /// Whoever looks after the asset that is meant: its operator where the register names one, else its owner.
    case assetOperator
    /// This tenant, wherever the place lies.
    case jurisdiction(JurisdictionID)
    /// This body outside the hub.
    case partner(PartnerID)
    /// The body answering for the area of that layer: the distributor, the conservation authority.
    case areaOwner(LayerName)
}

extension LeadExpression: RawRepresentable, CustomStringConvertible {
    /// The forms without an id, for messages.
    public static let roles = ["municipality", "road_owner", "road_operator", "asset_owner", "asset_operator"]

    /// `municipality`, `road_owner`, `road_operator`, `asset_owner`, `asset_operator`, `area_owner:watershed`, `tenant:lakeside` or
    /// `partner:provincial-highways`.
    public var rawValue: String {
        switch self {
        case .municipality: "municipality"
        case .roadOwner: "road_owner"
        case .roadOperator: "road_operator"
        case .assetOwner: "asset_owner"
        case .assetOperator: "asset_operator"
        case .jurisdiction(let id): "tenant:\(id)"
        case .partner(let id): "partner:\(id)"
        case .areaOwner(let layer): "area_owner:\(layer)"
        }
    }

    /// Reads the text form; nil when it is none of the eight.
    public init?(rawValue: String) {
        let halves = rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (halves.first, halves.count == 2 ? halves[1] : nil) {
        case ("municipality", nil): self = .municipality
        case ("road_owner", nil): self = .roadOwner
        case ("road_operator", nil): self = .roadOperator
        case ("asset_owner", nil): self = .assetOwner
        case ("asset_operator", nil): self = .assetOperator
        case ("tenant", let id?):
            guard let id = JurisdictionID(rawValue: id) else { return nil }
            self = .jurisdiction(id)
        case ("partner", let id?):
            guard let id = PartnerID(rawValue: id) else { return nil }
            self = .partner(id)
        case ("area_owner", let layer?):
            guard let layer = LayerName(rawValue: layer) else { return nil }
            self = .areaOwner(layer)
        default: return nil
        }
    }

    /// The text form.
    public var description: String { rawValue }
}

extension LeadExpression: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let expression = LeadExpression(rawValue: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no lead expression")
        }
        self = expression
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
