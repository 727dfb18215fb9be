public import Domain

/// What the rules must know of a tenant: what it is called and where it stands.
public struct RoutingBody: Sendable, Hashable {
    /// The tenant.
    public let id: JurisdictionID

    /// Its name in the four forms sentences need.
    public let name: BodyName

    /// Its tier; of two rows of equal rank the larger tier's takes the case.
    public let tier: Tier

    /// Its departments by code, for the sentence to staff; a department that is missing is named by its code.
    public let departments: [String: LocalizedText]

    /// A tenant.
    public init(id: JurisdictionID, name: BodyName, tier: Tier, departments: [String: LocalizedText] = [:]) {
        self.id = id
        self.name = name
        self.tier = tier
        self.departments = departments
    }

    /// Whether this is a municipality that places lie in; a region and the hub are not.
    public var isMunicipality: Bool { tier == .lower || tier == .single }

    /// Larger bodies have the larger number.
    var size: Int {
        switch tier {
        case .hub: 1
        case .lower: 2
        case .single: 3
        case .upper: 4
        }
    }
}

extension RoutingBody {
    /// What the rules must know of a tenant, taken from its configuration.
    public init(_ tenant: Tenant) {
        self.init(
            id: tenant.id,
            name: tenant.name,
            tier: tenant.tier,
            departments: Dictionary(
                tenant.departments.map { ($0.code.rawValue, $0.name) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }
}
