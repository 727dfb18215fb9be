import Domain

/// The bodies a rule or a boundary can name: tenants and, for one version of the agreement, partners.
struct Bodies: Sendable {
    let tenants: [JurisdictionID: RoutingBody]
    let partners: [PartnerID: Partner]
    let shortNames: [JurisdictionID: BodyName]

    /// The municipalities among the tenants, by id.
    let members: [Town]

    init(
        tenants: [JurisdictionID: RoutingBody],
        partners: [PartnerID: Partner],
        shortNames: [JurisdictionID: BodyName]
    ) {
        self.tenants = tenants
        self.partners = partners
        self.shortNames = shortNames
        members = tenants.values.filter(\.isMunicipality).sorted { $0.id < $1.id }
            .map { Town(id: $0.id, isMember: true, metres: nil) }
    }

    /// The body with an id; nil when nobody here has it.
    func lead(_ id: String) -> Lead? {
        let tenant = JurisdictionID(trusted: id)
        if tenants[tenant] != nil { return .tenant(tenant) }
        let partner = PartnerID(trusted: id)
        return partners[partner] != nil ? .partner(partner) : nil
    }

    /// The body answering for an area: the one its boundary file links, else the one with the area's own id.
    func lead(of area: CoveringArea) -> Lead? {
        area.jurisdictionID.flatMap { lead($0.rawValue) } ?? lead(area.id.rawValue)
    }

    /// The full name of a body.
    func name(_ lead: Lead) -> BodyName? {
        switch lead {
        case .tenant(let id): tenants[id]?.name
        case .partner(let id): partners[id]?.name
        case .undecided: nil
        }
    }

    /// What sentences call a body: its short name where the agreement gives one.
    func shortName(_ lead: Lead) -> BodyName? {
        if let id = lead.bodyID, let short = shortNames[JurisdictionID(trusted: id)] { return short }
        return name(lead)
    }

    /// Name of a body with its article, or its bare id when it is unknown.
    func called(_ lead: Lead) -> LocalizedText {
        shortName(lead)?.withArticle ?? LocalizedText(same: lead.bodyID ?? "?")
    }

    /// Larger bodies have the larger number; partners and nobody come last.
    func size(_ lead: Lead) -> Int {
        lead.tenantID.flatMap { tenants[$0]?.size } ?? 0
    }

    /// The body a rule's expression names in a case; nil when the place does not say.
    func resolve(_ expression: LeadExpression, in routingCase: RoutingCase) -> Lead? {
        switch expression {
        case .municipality: routingCase.municipality.flatMap { lead($0.rawValue) }
        case .roadOwner: routingCase.roadOwner.flatMap { lead($0) }
        case .roadOperator: (routingCase.road?.operatorID ?? routingCase.roadOwner).flatMap { lead($0) }
        case .assetOwner: routingCase.asset.flatMap { lead($0.owner) }
        case .assetOperator: routingCase.asset.flatMap { lead($0.operatorID ?? $0.owner) }
        case .jurisdiction(let id): tenants[id] == nil ? nil : .tenant(id)
        case .partner(let id): partners[id] == nil ? nil : .partner(id)
        case .areaOwner(let layer):
            routingCase.areas.lazy.filter { $0.layer == layer }.compactMap { lead(of: $0) }.first
        }
    }
}
