import Domain
import Foundation
import Tenancy
import Testing

@testable import Routing

@Suite("Specificity")
struct SpecificityTests {
    private static let part = ServicePart(trusted: "road.surface")

    private static func conditions(_ parts: String = "road.*", _ change: (inout RuleConditions) -> Void)
        -> RuleConditions
    {
        var conditions = RuleConditions(parts: [PartPattern(trusted: parts)])
        change(&conditions)
        return conditions
    }

    /// From the most specific to the least, one level each, and the part in its three widths.
    private static let ladder: [RuleConditions] = [
        conditions { $0.roads = ["rr25-1"] },
        conditions("road.surface") { _ in },
        conditions { $0.answers = ["A": ["x"], "B": ["y"]] },
        conditions { $0.answers = ["A": ["x"]] },
        conditions { $0.roadOwners = [.upper] },
        conditions { $0.municipalities = [JurisdictionID(trusted: "fallow")] },
        conditions { $0.roadClasses = ["arterial"] },
        conditions { $0.speedLimit = RuleSpeed(from: 61) },
        conditions { $0.propertyTypes = ["home"] },
        conditions { $0.areas = ["watershed": [AreaID(trusted: "mill-creek")]] },
        conditions { $0.hours = try? RuleHours(from: TimeOfDay("23:00"), to: TimeOfDay("07:00")) },
        conditions {
            $0.season = MonthDay("11-01").flatMap { from in MonthDay("04-30").map { SeasonWindow(from: from, to: $0) } }
        },
        conditions { _ in },
        conditions("*") { _ in },
    ]

    @Test(
        "is ordered as written: road, part, answers, owner, municipality, class, speed, property, area, hours, season"
    )
    func order() {
        let ranks = Self.ladder.map { Specificity(of: $0, for: Self.part) }
        for (higher, lower) in zip(ranks, ranks.dropFirst()) {
            #expect(higher > lower)
        }
    }

    @Test("one strong level beats every weaker one together")
    func strongBeatsManyWeak() {
        let strong = Self.conditions { $0.roadOwners = [.upper] }
        let weak = Self.conditions {
            $0.municipalities = [JurisdictionID(trusted: "fallow")]
            $0.roadClasses = ["arterial"]
            $0.speedLimit = RuleSpeed(from: 61)
            $0.propertyTypes = ["home"]
            $0.areas = ["watershed": [AreaID(trusted: "mill-creek")], "police": [AreaID(trusted: "x")]]
        }
        #expect(Specificity(of: strong, for: Self.part) > Specificity(of: weak, for: Self.part))
    }

    @Test("the days of validity never make a rule more specific")
    func daysDoNotCount() {
        let dated = Self.conditions { $0.validFrom = Region.day("2026-01-01") }
        let open = Self.conditions { _ in }
        #expect(Specificity(of: dated, for: Self.part) == Specificity(of: open, for: Self.part))
    }

    @Test(
        "18: of two rows of equal rank the larger tier takes it, whatever the order of the rows, and the decision is marked"
    )
    func equalRankAtRunTime() throws {
        let set = try #require(Region.agreement.ruleSets.first)
        let town = CompletenessCheckTests.rule(id: "aaa", parts: ["road.surface"], lead: .municipality)
        let region = CompletenessCheckTests.rule(
            id: "zzz",
            parts: ["road.surface"],
            lead: .jurisdiction(JurisdictionID(trusted: "maplewater"))
        )
        for rules in [[town, region], [region, town]] {
            let equal = RuleSet(
                version: "equal",
                validFrom: set.validFrom,
                timeZone: set.timeZone,
                parts: set.parts,
                rules: rules,
                partners: set.partners
            )
            let decision = RoutingTable([equal], jurisdictions: Region.bodies).decide(
                DecisionQuery(place: Region.place("fallow"), part: Self.part, at: Region.noon, rung: .mapPoint)
            )
            #expect(decision.lead == .tenant("maplewater"))
            #expect(decision.flags == ["equal_rank"])
            #expect(decision.rejected.map(\.lead) == [.tenant("fallow")])
        }
    }

    @Test("the version in force on the day decides, and earlier days keep the earlier one")
    func versions() throws {
        let set = try #require(Region.agreement.ruleSets.first)
        let next = RuleSet(
            version: "2027-06",
            validFrom: Region.day("2027-06-01"),
            timeZone: set.timeZone,
            parts: set.parts,
            rules: [CompletenessCheckTests.rule(id: "all", parts: ["*"], lead: .municipality)],
            partners: set.partners
        )
        let table = RoutingTable([next, set], jurisdictions: Region.bodies)
        func decide(_ instant: String) -> Decision {
            table.decide(
                DecisionQuery(
                    place: Region.place("fallow"),
                    part: ServicePart(trusted: "waste.collect"),
                    at: Region.instant(instant),
                    rung: .mapPoint
                )
            )
        }
        #expect(decide("2027-06-01T03:59:59Z").lead == .tenant("maplewater"))
        #expect(decide("2027-06-01T03:59:59Z").ruleVersion == "2026-01")
        #expect(decide("2027-06-01T04:00:00Z").lead == .tenant("fallow"))
        #expect(decide("2027-06-01T04:00:00Z").ruleVersion == "2027-06")
    }
}
