public import Domain
public import Foundation

/// The agreement made ready to answer: who is responsible for a part of service at a place at an instant.
///
/// A value without clock, file or network: the same query gives the same decision for ever, so a decision can be replayed as of its date
/// with the versions it names. Built once per published agreement; a look-up takes microseconds and no lock.
public struct RoutingTable: Sendable {
    /// Versions by first day, earliest first.
    let versions: [CompiledRules]

    private let tenants: [JurisdictionID: RoutingBody]
    private let assetKinds: [ServicePart: AssetKind]

    /// Compiles versions of the agreement for the tenants of this hub.
    ///
    /// Nothing is checked here; ``CompletenessCheck`` does that before publication.
    public init(_ ruleSets: [RuleSet], jurisdictions: [RoutingBody]) {
        let tenants = Dictionary(jurisdictions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        versions = ruleSets.sorted { $0.validFrom < $1.validFrom }.map { CompiledRules($0, tenants: tenants) }
        self.tenants = tenants
        assetKinds = Dictionary(
            versions.flatMap(\.set.parts).compactMap { part in part.subject.assetKind.map { (part.part, $0) } },
            uniquingKeysWith: { _, later in later }
        )
    }

    /// The kind of asset a part is about; nil when it is about none, and then nobody need look for assets.
    public func assetKind(of part: ServicePart) -> AssetKind? { assetKinds[part] }

    /// Who is responsible, why, and who is not.
    ///
    /// Always an answer: one body; or nobody yet, with the one question that would settle it; or nobody yet, for a person to find out.
    public func decide(_ query: DecisionQuery) -> Decision {
        guard let rules = version(at: query.at) else {
            return Deliberation.withoutAgreement(query)
        }
        return Deliberation(rules: rules, bodies: rules.bodies, query: query).decision()
    }

    /// The version of the agreement that decides at an instant; nil before the first.
    public func ruleSet(at instant: Date) -> RuleSet? {
        version(at: instant)?.set
    }

    /// A body outside the hub, as the agreement in force at an instant describes it.
    public func partner(_ id: PartnerID, at instant: Date) -> Partner? {
        version(at: instant)?.partners[id]
    }

    /// Full name of a lead, as the agreement in force at an instant knows it; nil when undecided or unknown.
    public func name(of lead: Lead, at instant: Date) -> BodyName? {
        if let tenant = lead.tenantID { return tenants[tenant]?.name }
        return lead.partnerID.flatMap { partner($0, at: instant)?.name }
    }

    func version(at instant: Date) -> CompiledRules? {
        versions.last { CalendarDay(instant, in: $0.zone) >= $0.set.validFrom }
    }
}
