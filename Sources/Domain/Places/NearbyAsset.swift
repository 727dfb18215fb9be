/// An asset within reach of a place: who owns it, who looks after it, how far it is.
///
/// Owner and operator are two facts: the distributor may own the pole and the town change the lamp.
public struct NearbyAsset: Sendable, Hashable, Codable {
    /// Id in the assets' register, unique in a generation.
    public let id: String

    /// What kind of thing it is.
    public let kind: AssetKind

    /// The number painted on it, as people read it out; not unique across owners.
    public let number: String?

    /// Its name, where it has one: `Mill Bridge`.
    public let name: String?

    /// Who owns it: the id of a tenant or partner.
    public let owner: String

    /// Who looks after it when that is not the owner: the id of a tenant or partner.
    public let operatorID: String?

    /// Class for rules and standards, as the register spells it.
    public let assetClass: String?

    /// The component it is part of, as the register spells it: `signal` for the light on a signal's pole.
    public let component: String?

    /// Id of the road segment it stands on, where the register says.
    public let road: String?

    /// First day in service, as ISO date; nil: always was.
    public let from: String?

    /// Last day in service, as ISO date, that day included; nil: no end known.
    public let until: String?

    /// Metres over the ground from the place to the nearest point of it.
    public let metres: Double

    /// An asset near a place.
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
        until: String? = nil,
        metres: Double
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
        self.metres = metres
    }

    /// Whether it is in service on a day.
    ///
    /// - Parameter day: ISO date, `2026-11-21`; ISO dates compare as text.
    public func isInService(onISODate day: String) -> Bool {
        if let from, day < from { return false }
        if let until, day > until { return false }
        return true
    }

    /// Whether somebody means this one by its id or its number.
    public func isCalled(_ text: String) -> Bool { id == text || number == text }

    /// What people call it: `street light 1042`, `lampadaire 1042`.
    public var label: LocalizedText {
        guard let own = number ?? name else { return LocalizedText(same: id) }
        return kind.name.map { kind, _ in "\(kind) \(own)" }
    }

    /// The same as a choice of a list reads: `Street light 1042`.
    public var title: LocalizedText {
        label.map { text, _ in text.prefix(1).uppercased() + text.dropFirst() }
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, number, name, owner, component, road, from, until, metres
        case operatorID = "operator"
        case assetClass = "asset_class"
    }
}
