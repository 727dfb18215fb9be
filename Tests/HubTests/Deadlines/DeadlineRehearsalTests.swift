import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("A draft of deadlines, rehearsed")
struct DeadlineRehearsalTests {
    /// A draft with one standard for everything on roads.
    private func draft(_ region: DemonstrationRegion, complete: SLATarget, from day: String) async throws
        -> TenantConfiguration
    {
        let old = try await region.tenant("brindle-bay").configuration
        return TenantConfiguration(
            tenant: old.tenant,
            catalogue: old.catalogue,
            calendar: old.calendar,
            deadlines: DeadlinePolicy(
                standards: [
                    DeadlineStandard(
                        scope: .init(parts: [PartPattern(trusted: "road.*")]),
                        complete: complete,
                        validFrom: try CalendarDay(day)
                    )
                ]
            )
        )
    }

    @Test("says by type what becomes late and what becomes timely, and changes nothing")
    func both() async throws {
        try await withRegion { region in
            let town = try await region.tenant("brindle-bay")
            let begin = region.clock.now
            // One done after a day, one after 60 days, one still open and in time.
            let quick = try await region.townPothole()
            let slow = try await region.townPothole()
            region.clock.advance(by: 86_400)
            try await region.step(.complete(.fixed), quick, at: "brindle-bay")
            region.clock.advance(by: 59 * 86_400)
            try await region.step(.complete(.fixed), slow, at: "brindle-bay")
            let open = try await region.townPothole()
            let rehearse = RehearseDeadlines(region.surroundings)
            let span = (begin - 86_400, region.clock.now + 1)
            let strict = try await rehearse(
                try await draft(region, complete: try SLATarget(amount: 12, .hours), from: "2027-01-01"),
                of: town,
                from: span.0,
                to: span.1
            )
            #expect(strict.asOf == (try CalendarDay("2027-01-01")))
            let line = try #require(strict.types.first { $0.service == "RD-POTH" })
            #expect(line.requests == 3)
            #expect(
                line.complete.before.inTime == 1 && line.complete.before.late == 1 && line.complete.before.running == 1
            )
            #expect(line.complete.after.late == 2 && line.complete.after.running == 1)
            #expect(line.complete.becomesLate == 1 && line.complete.becomesInTime == 0)
            let easy = try await rehearse(
                try await draft(region, complete: try SLATarget(amount: 90, .days), from: "2026-01-01"),
                of: town,
                from: span.0,
                to: span.1
            )
            let eased = try #require(easy.types.first { $0.service == "RD-POTH" })
            #expect(eased.complete.after.inTime == 2 && eased.complete.becomesInTime == 1)
            #expect(eased.complete.after.percentInTime == 100)
            #expect(easy.description.contains("RD-POTH"))
            #expect(try await region.clock(.complete, open)?.round == 1)
            // Another tenant's past is not in it.
            let other = try await rehearse(
                try await region.tenant("cobbleford").configuration,
                of: try await region.tenant("cobbleford"),
                from: span.0,
                to: span.1
            )
            #expect(other.requests == 0)
        }
    }

    @Test("the files in force against what happened under them change nothing")
    func unchanged() async throws {
        try await withRegion { region in
            let town = try await region.tenant("brindle-bay")
            let begin = region.clock.now
            for _ in 0..<3 { _ = try await region.townPothole() }
            region.clock.advance(by: 40 * 86_400)
            let same = try await RehearseDeadlines(region.surroundings)(
                town.configuration,
                of: town,
                asOf: town.day(of: begin),
                from: begin - 1,
                to: region.clock.now
            )
            #expect(same.requests == 3)
            for line in same.types {
                #expect(line.review.before == line.review.after, "\(line.service)")
                #expect(line.complete.before == line.complete.after, "\(line.service)")
            }
        }
    }
}
