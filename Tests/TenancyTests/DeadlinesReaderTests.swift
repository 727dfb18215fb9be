import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("A tenant's deadlines.yml")
struct DeadlinesReaderTests {
    private static let good = """
        standards:
          - { when: { priority: P1 }, valid_from: 2026-01-01, review_within_minutes: 30 }
          - when: { service_part: road.*, department: works, road_class: [1, 2], season: { from: "11-01", to: "03-31" } }
            valid_from: 2026-11-01
            complete_within_days: 4
        pauses:
          - { reason: season, at_most_days: 200, text: { en: Winter., fr: Hiver. } }
        weather_events: { may_suspend: winter.*, at_most_days: 7 }
        ladder:
          - { at_percent: 100, tell: supervisor, tell_requester: true }
          - { unanswered_minutes: 10, for: P1, tell: [owner, hub/supervisor] }
        quiet_hours: { from: "22:00", to: "06:00", for: P4 }
        new_date_percent: 200
        roles:
          - role: supervisor
            departments: works
            people:
              - name: Ann
                email: ann@example.org
                on_call: { monday: "08:00-16:00" }
                away: [{ from: 2026-07-01, to: 2026-07-14 }]
          - { role: fallback, people: [{ name: Clerk, phone: "+1-705-555-0100", language: fr }] }
        """

    private func region(_ text: String) -> SmallRegion {
        var region = SmallRegion()
        region.files["oakton/deadlines.yml"] = text + "\n"
        return region
    }

    @Test("is read whole")
    func whole() throws {
        let folder = try region(Self.good).load()
        #expect(folder.faults == [])
        let policy = try #require(folder.configurations.first { $0.tenant.id.rawValue == "oakton" }?.deadlines)
        #expect(policy.standards.count == 2)
        #expect(policy.standards[1].scope.roadClasses == [1, 2])
        #expect(policy.standards[1].complete?.description == "4 days")
        #expect(policy.pauses.map(\.reason) == [.season])
        #expect(policy.ladder.rungs.map(\.trigger.name) == ["100%", "10min"])
        #expect(policy.ladder.rungs[1].tells.map(\.rawValue) == ["owner", "hub/supervisor"])
        #expect(policy.quietHours?.priorities == [.p4])
        #expect(policy.newDatePercent == 200)
        #expect(policy.roles[0].people[0].onCall?[.monday]?.map(\.description) == ["08:00-16:00"])
        #expect(policy.roles[1].people[0].language == .french)
        let stored = try JSONEncoder().encode(policy)
        #expect(try JSONDecoder().decode(DeadlinePolicy.self, from: stored) == policy)
    }

    @Test("without it the region's recommendation holds, and stored versions from before read")
    func absent() throws {
        let configuration = try #require(try SmallRegion().load().configurations.last)
        #expect(configuration.deadlines == nil)
        #expect(configuration.deadlinePolicy == .standard)
        let text = String(decoding: try configuration.canonicalJSON(), as: UTF8.self)
        #expect(!text.contains("deadlines"))
        #expect(try TenantConfiguration(canonicalJSON: Data(text.utf8)) == configuration)
    }

    @Test(
        "has every fault named with its line, and what would be right",
        arguments: [
            // written, instead, the fault
            (
                "priority: P1 }, valid", "priority: P5 }, valid",
                ":2:25: \"P5\" is no priority; did you mean P1?"
            ),
            (
                "department: works", "department: wroks",
                ":3:47: \"wroks\" is no department of this tenant; did you mean works?"
            ),
            ("road_class: [1, 2]", "road_class: [1, 7]", ":3:70: \"7\" is no class of road; 1 to 6 are"),
            (
                "    complete_within_days: 4\n", "",
                ":3:5: a standard needs a review_within_ or a complete_within_ key, or both"
            ),
            (
                "reason: season", "reason: no_staff",
                ":7:15: \"no_staff\" is no reason to pause; known are before_court, season, waiting_for_other_body, waiting_for_requester, weather_event"
            ),
            (
                ", at_most_days: 200", "",
                ":7:5: a pause needs its longest time: at_most_days, at_most_business_days or the like"
            ),
            (
                "tell: supervisor", "tell: superviser",
                ":10:30: \"superviser\" is no role of this file; did you mean supervisor?"
            ),
            (
                "unanswered_minutes: 10", "at_percent: 100",
                ":11:5: the step 100% is there twice; list whom it tells together"
            ),
            ("for: P4 }", "for: P1 }", ":12:49: P1 is danger and knows no quiet hours; list P2, P3 or P4"),
            (
                "new_date_percent: 200", "new_date_percent: 90",
                ":13:19: \"new_date_percent\" is 90; must be from 101 to 1000"
            ),
            (
                "to: 2026-07-14", "to: 2026-06-14",
                ":21:40: an absence from 2026-07-01 to 2026-06-14 ends before it begins"
            ),
            ("quiet_hours", "quite_hours", ":12:1: unknown key \"quite_hours\"; did you mean quiet_hours?"),
        ]
    )
    func spoiled(old: String, new: String, fault: String) throws {
        precondition(Self.good.components(separatedBy: old).count == 2, "\(old) must stand once")
        let found = try region(Self.good.replacingOccurrences(of: old, with: new)).faults()
        #expect(found == ["oakton/deadlines.yml" + fault], "\(found.joined(separator: "\n"))")
    }

    @Test("that names roles names a fallback for all departments, so that somebody can always be named")
    func fallback() throws {
        let found = try region(
            "roles:\n  - { role: owner, departments: works, people: [{ name: Ann, email: a@example.org }] }"
        ).faults()
        #expect(found.count == 1)
        #expect(found[0].contains("a role fallback without departments is missing"))
    }
}
