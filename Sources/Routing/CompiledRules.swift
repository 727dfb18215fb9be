import Domain
import Foundation

/// One version of the agreement made ready for look-ups: for every part its rules, most specific first.
struct CompiledRules: Sendable {
    /// A rule and its rank for one part.
    struct Ranked: Sendable {
        let rule: ResponsibilityRule
        let rank: Specificity
    }

    let set: RuleSet
    let zone: TimeZone
    let definitions: [ServicePart: PartDefinition]
    let rules: [ServicePart: [Ranked]]
    let alsoTold: [ServicePart: [AlsoToldRule]]
    let partners: [PartnerID: Partner]
    let elsewhere: Partner?
    let bodies: Bodies

    init(_ set: RuleSet, tenants: [JurisdictionID: RoutingBody]) {
        self.set = set
        // The reader of the agreement refuses a zone the system does not know; UTC only keeps this total.
        zone = TimeZone(identifier: set.timeZone) ?? .gmt
        definitions = Dictionary(set.parts.map { ($0.part, $0) }, uniquingKeysWith: { first, _ in first })
        partners = Dictionary(set.partners.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        bodies = Bodies(tenants: tenants, partners: partners, shortNames: set.shortNames)
        elsewhere = set.partners.first { $0.kind == .elsewhere }
        let everyRule = set.everyRule
        var rules: [ServicePart: [Ranked]] = [:]
        var alsoTold: [ServicePart: [AlsoToldRule]] = [:]
        for part in definitions.keys {
            rules[part] =
                everyRule
                .filter { rule in rule.conditions.parts.contains { $0.covers(part) } }
                .map { Ranked(rule: $0, rank: Specificity(of: $0.conditions, for: part)) }
                .sorted { $0.rank == $1.rank ? $0.rule.id < $1.rule.id : $0.rank > $1.rank }
            alsoTold[part] = set.alsoTold
                .filter { rule in rule.conditions.parts.contains { $0.covers(part) } }
                .sorted { $0.first == $1.first ? $0.id < $1.id : $0.first }
        }
        self.rules = rules
        self.alsoTold = alsoTold
    }

    /// The rules that hold in a case, most specific first.
    func holding(in routingCase: RoutingCase) -> [Ranked] {
        (rules[routingCase.part] ?? []).filter { routingCase.meets($0.rule.conditions) }
    }
}
