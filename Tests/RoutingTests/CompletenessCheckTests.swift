import Domain
import Routing
import Tenancy
import Testing

@Suite("The check before publication")
struct CompletenessCheckTests {
    private let today = Region.day("2026-11-21")

    @Test("an agreement without versions leads nowhere")
    func nothing() {
        let findings = CompletenessCheck([], jurisdictions: Region.bodies).findings(today: today)
        #expect(findings.map(\.kind) == [.noLead])
    }

    @Test("a version that begins later leaves today without one")
    func notYet() throws {
        let set = try changed { set in (set.rules, Region.day("2027-01-01")) }
        // Rows that ended before the version begins are dead in it, and that is told as well.
        #expect(findings(set).contains { $0.kind == .noLead && $0.message.english.contains("2026-11-21") })
    }

    @Test(
        "taking away a row that nothing else covers is found, with the part and a case",
        arguments: [
            ("health-region", "health.food"), ("transit", "transit.stop"), ("police-region", "police.nonemerg"),
            ("municipal", "corp.foi"), ("road-none-near", "road.surface"), ("blue-box-contractor", "waste.bluebox"),
            ("court", "court.poa"),
        ]
    )
    func missingRow(id: String, part: String) throws {
        let set = try changed { set in (set.rules.filter { $0.id != id }, set.validFrom) }
        let found = findings(set).filter { $0.kind == .noLead }
        #expect(found.contains { $0.part == ServicePart(trusted: part) && $0.message.english.contains("nobody leads") })
    }

    @Test("a row copied under another id is of equal rank; both are named with their place")
    func equalRank() throws {
        let set = try changed { set in
            let original = try #require(set.rules.first { $0.id == "road-upper" })
            return (set.rules + [Self.copy(original, id: "road-upper-again", row: "rules-extra.yml:3")], set.validFrom)
        }
        let found = findings(set).filter { $0.kind == .equalRank }
        #expect(found.count == 1)
        #expect(found.first?.rows.contains { $0.hasPrefix("road-upper (rules.yml:") } == true)
        #expect(found.first?.rows.contains("road-upper-again (rules-extra.yml:3)") == true)
    }

    @Test("a row whose cases more specific rows all take is dead")
    func unreachable() throws {
        let set = try changed { set in
            let rule = Self.rule(id: "garbage-anywhere", parts: ["waste.*"], lead: .municipality)
            return (set.rules + [rule], set.validFrom)
        }
        let found = findings(set)
        #expect(found.map(\.kind) == [.unreachable])
        #expect(found.first?.rows == ["garbage-anywhere"])
    }

    @Test("a gap of one day between two dated rows is found")
    func gapOfOneDay() throws {
        let set = try changed { set in
            let rules = try set.rules.map { rule in
                guard rule.id == "blue-box-contractor" else { return rule }
                var conditions = rule.conditions
                conditions.validFrom = try CalendarDay("2025-01-02")
                return Self.copy(rule, conditions: conditions)
            }
            return (rules, set.validFrom)
        }
        let found = findings(set)
        #expect(found.map(\.kind) == [.noLead])
        #expect(found.first?.message.english.contains("2025-01-01") == true)
    }

    @Test("a row naming a body that is no longer there is found")
    func unknownBody() throws {
        let set = try changed { set in
            (set.rules, set.validFrom)
        } partners: {
            $0.filter { $0.id.rawValue != "lakes-gas" }
        }
        let found = findings(set)
        #expect(Set(found.map(\.kind)) == [.unknownBody])
        #expect(found.allSatisfy { $0.message.english.contains("gas (rules.yml:") })
    }

    @Test("without a partner for elsewhere people outside would hear nothing")
    func noElsewhere() throws {
        let set = try changed { set in
            (set.rules, set.validFrom)
        } partners: {
            $0.filter { $0.kind != .elsewhere }
        }
        #expect(Set(findings(set).map(\.kind)) == [.noElsewhere])
    }

    @Test("a hub with one town and no region is complete with three rows")
    func oneTown() throws {
        let town = try #require(Region.bodies.first { $0.id.rawValue == "elmsbridge" })
        let partners = try #require(Region.agreement.ruleSets.first).partners.filter { $0.kind == .elsewhere }
        let set = RuleSet(
            version: "1",
            validFrom: Region.day("2026-01-01"),
            timeZone: "America/Toronto",
            parts: [
                PartDefinition(
                    part: ServicePart(trusted: "road.surface"),
                    name: LocalizedText(same: "roads"),
                    subject: .road
                ),
                PartDefinition(
                    part: ServicePart(trusted: "corp.other"),
                    name: LocalizedText(same: "other"),
                    subject: .place
                ),
            ],
            rules: [Self.rule(id: "all", parts: ["*"], lead: .municipality)],
            partners: partners
        )
        let single = RoutingBody(id: town.id, name: town.name, tier: .single)
        #expect(CompletenessCheck([set], jurisdictions: [single]).findings(today: today) == [])
    }

    // MARK: -

    private func findings(_ set: RuleSet) -> [CompletenessFinding] {
        CompletenessCheck([set], jurisdictions: Region.bodies).findings(today: today)
    }

    private func changed(
        _ change: (RuleSet) throws -> ([ResponsibilityRule], CalendarDay),
        partners: ([Partner]) -> [Partner] = { $0 }
    ) throws -> RuleSet {
        let set = try #require(Region.agreement.ruleSets.first)
        let (rules, validFrom) = try change(set)
        return RuleSet(
            version: set.version,
            validFrom: validFrom,
            timeZone: set.timeZone,
            parts: set.parts,
            rules: rules,
            alsoTold: set.alsoTold,
            partners: partners(set.partners),
            shortNames: set.shortNames
        )
    }

    static func rule(
        id: String,
        parts: [String],
        lead: LeadExpression,
        conditions change: (inout RuleConditions) -> Void = { _ in }
    ) -> ResponsibilityRule {
        var conditions = RuleConditions(parts: parts.map { PartPattern(trusted: $0) })
        change(&conditions)
        return ResponsibilityRule(
            id: id,
            conditions: conditions,
            lead: lead,
            explanation: LocalizedText(same: id),
            source: "test"
        )
    }

    private static func copy(
        _ rule: ResponsibilityRule,
        id: String? = nil,
        conditions: RuleConditions? = nil,
        row: String? = nil
    ) -> ResponsibilityRule {
        ResponsibilityRule(
            id: id ?? rule.id,
            conditions: conditions ?? rule.conditions,
            lead: rule.lead,
            department: rule.department,
            mode: rule.mode,
            question: rule.question,
            explanation: rule.explanation,
            source: rule.source,
            row: row ?? rule.row
        )
    }
}
