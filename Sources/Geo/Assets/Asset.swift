public import Domain

/// One asset of a generation: a street light, a bridge, a tree; a point or a line, with owner, operator and days.
public struct Asset: Sendable, Hashable {
    /// What is known of it; stored beside the geometry.
    public var attributes: AssetAttributes

    /// Where it is: lines of two positions or more, or points of one.
    public var lines: [[Coordinate]]

    /// An asset and its place.
    public init(attributes: AssetAttributes, lines: [[Coordinate]]) {
        self.attributes = attributes
        self.lines = lines
    }

    /// A position on it: the point, or the middle vertex of its first line.
    public var position: Coordinate? {
        lines.first.flatMap { $0.isEmpty ? nil : $0[$0.count / 2] }
    }
}

/// Everything about an asset but its place, spelled in JSON as in the assets file.
public struct AssetAttributes: Sendable, Hashable, Codable {
    /// Id, unique in the assets of a generation.
    public var id: String

    /// What kind of thing it is.
    public var kind: AssetKind

    /// The number painted on it.
    public var number: String?

    /// Its name, where it has one.
    public var name: String?

    /// Who owns it: the id of a tenant or partner.
    public var owner: String

    /// Who looks after it when that is not the owner.
    public var operatorID: String?

    /// Class for rules and standards.
    public var assetClass: String?

    /// The component it is part of.
    public var component: String?

    /// Id of the road segment it stands on.
    public var road: String?

    /// First day in service, as ISO date.
    public var from: String?

    /// Last day in service, that day included.
    public var until: String?

    /// The attributes of an asset.
    public init(
        id: String,
        kind: AssetKind,
        number: String? = nil,
        name: String? = nil,
        owner: String,
        operatorID: String? = nil,
        assetClass: String? = nil,
        component: String? = nil,
        road: String? = nil,
        from: String? = nil,
        until: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.number = number
        self.name = name
        self.owner = owner
        self.operatorID = operatorID
        self.assetClass = assetClass
        self.component = component
        self.road = road
        self.from = from
        self.until = until
    }

    /// The asset as a look-up answers it, at a distance.
    func nearby(metres: Double) -> NearbyAsset {
        NearbyAsset(
            id: id,
            kind: kind,
            number: number,
            name: name,
            owner: owner,
            operatorID: operatorID,
            assetClass: assetClass,
            component: component,
            road: road,
            from: from,
            until: until,
            metres: metres
        )
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, number, name, owner, component, road
        case operatorID = "operator"
        case assetClass = "asset_class"
        case from = "in_service_from"
        case until = "in_service_until"
    }
}
