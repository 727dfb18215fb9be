import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Clocks that stand still, and new promises")
struct PauseTests {
    @Test("A pause is a public event with the tenant's words; resumed, what was left is left")
    func pauses() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let town = try await region.tenant("brindle-bay")
            let before = try #require(try await region.clock(.complete, reference))
            region.clock.advance(by: 3_600)
            try await PauseClocks(region.surroundings)(reference, .waitingForRequester, at: town, by: "staff:1")
            let paused = try #require(try await region.history(reference, in: "brindle-bay").last)
            #expect(paused.kind == .paused && paused.isPublic)
            #expect(paused.details["reason"] == "waiting_for_requester")
            #expect(paused.description?.english == "We asked you something and wait for your answer.")
            let lines = try await ListDue(region.surroundings)(of: town)
            #expect(lines.first?.deadline.word.english == "Paused: waiting for requester")
            region.clock.advance(by: 7_200)
            #expect(try await PauseClocks(region.surroundings).resume(reference, at: town, by: "staff:1"))
            #expect(try await !PauseClocks(region.surroundings).resume(reference, at: town, by: "staff:1"))
            let after = try #require(try await region.clock(.complete, reference))
            #expect(after.due == before.due + 7_200)
            #expect(try await region.row(reference, in: "brindle-bay")?.completeDue == after.due)
            #expect(after.clock.baseDue == before.due)
        }
    }

    @Test("The longest pause ends by itself, and the clock has run since then, however late it was noticed")
    func longest() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let town = try await region.tenant("brindle-bay")
            try await PauseClocks(region.surroundings)(reference, .waitingForRequester, at: town, by: "staff:1")
            let clock = try #require(try await region.clock(.complete, reference))
            let end = try #require(clock.clock.currentPause?.endsBy)
            #expect(clock.alarmAt == end)
            region.go(to: end - 1)
            #expect(try await region.sweep().pausesEnded == 0)
            region.go(to: end + 600)
            #expect(try await region.sweep().pausesEnded == 1)
            #expect(try await region.row(reference, in: "brindle-bay")?.life.pause == nil)
            let after = try #require(try await region.clock(.complete, reference))
            #expect(after.due == clock.due + end.timeIntervalSince(try #require(clock.clock.currentPause?.from)))
            #expect(try await region.sweep().pausesEnded == 0)
        }
    }

    @Test("A pause after the due time un-breaches nothing; re-basing neither")
    func neverUnbreached() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let town = try await region.tenant("brindle-bay")
            let due = try #require(try await region.clock(.complete, reference)).due
            region.go(to: due + 3_600)
            try await region.sweep()
            try await PauseClocks(region.surroundings)(reference, .beforeCourt, at: town, by: "staff:1")
            region.clock.advance(by: 30 * 86_400)
            try await PauseClocks(region.surroundings).resume(reference, at: town, by: "staff:1")
            let clock = try #require(try await region.clock(.complete, reference))
            #expect(clock.due == due && clock.breachedAt == due)
            await #expect(throws: RebaseClocks.Fault.nothingRuns) {
                _ = try await RebaseClocks(region.surroundings)(
                    reference,
                    reason: LocalizedText(same: "We would rather not be late"),
                    at: town,
                    by: "staff:1"
                )
            }
            try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            #expect(try await region.clock(.complete, reference)?.breachedAt == due)
        }
    }

    @Test("A reason the tenant does not know, seasonal work that is none, and weather nobody declared are refused")
    func refused() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            let town = try await region.tenant("brindle-bay")
            await #expect(throws: PauseRefused.notSeasonal(ServiceCode(trusted: "RD-POTH"))) {
                try await PauseClocks(region.surroundings)(reference, .season, at: town, by: "staff:1")
            }
            await #expect(throws: PauseRefused.noWeatherEvent) {
                try await PauseClocks(region.surroundings)(reference, .weatherEvent, at: town, by: "staff:1")
            }
            try await region.deadlines("brindle-bay") { old in
                DeadlinePolicy(pauses: old.pauses.filter { $0.reason == .season }, roles: old.roles)
            }
            let changed = try await region.tenant("brindle-bay")
            await #expect(throws: PauseRefused.unknownReason(.beforeCourt, known: [.season])) {
                try await PauseClocks(region.surroundings)(reference, .beforeCourt, at: changed, by: "staff:1")
            }
            // Nothing of a refused pause stays.
            #expect(try await region.row(reference, in: "brindle-bay")?.life.pause == nil)
            #expect(try await region.clock(.complete, reference)?.clock.pauses.isEmpty == true)
        }
    }

    @Test("A weather event stops the work it may from its declaration on, what comes in later too, and nothing else")
    func weather() async throws {
        try await withRegion(at: FixedClock("2026-01-13T15:00:00Z")) { region in
            let snow = try await region.takeSnow()
            let hole = try await region.townPothole()
            let town = try await region.tenant("brindle-bay")
            let before = try #require(try await region.clock(.complete, snow)).due
            let declare = DeclareWeather(region.surroundings)
            let words = LocalizedText(english: "Snowfall warning", french: "Avertissement de neige")
            await #expect(throws: WeatherEvent.Invalid.parts(["road.surface"], allowed: ["winter.*"])) {
                _ = try await declare(words, parts: [PartPattern(trusted: "road.surface")], at: town, by: "staff:1")
            }
            region.clock.advance(by: 1_800)
            // An event cannot begin before it is declared: that would make timely what is late.
            let (event, report) = try await declare(
                words,
                from: region.clock.now - 86_400,
                at: town,
                by: "staff:1"
            )
            #expect(event.startsAt == region.clock.now)
            #expect(report.suspended == 1)
            #expect(try await region.row(snow, in: "brindle-bay")?.life.pause == .weatherEvent)
            #expect(try await region.row(hole, in: "brindle-bay")?.life.pause == nil)
            region.clock.advance(by: 600)
            let later = try await region.takeSnow()
            #expect(try await region.sweep().suspended == 1)
            #expect(try await region.sweep().suspended == 0)
            #expect(try await region.row(later, in: "brindle-bay")?.life.pause == .weatherEvent)
            region.clock.advance(by: 3_000)
            #expect(try await declare.end(event.id, at: town, by: "staff:1").resumed == 2)
            await #expect(throws: DeclareWeather.NoSuchEvent.self) {
                _ = try await declare.end(event.id, at: town, by: "staff:1")
            }
            #expect(try await region.clock(.complete, snow)?.due == before + 3_600)
            // Another tenant's event is its own.
            let other = try await region.tenant("maplewater")
            #expect(try await declare.events(of: other).isEmpty)
            await #expect(throws: DeclareWeather.NoSuchEvent.self) {
                _ = try await declare.end(event.id, at: other, by: "staff:1")
            }
        }
    }

    @Test("A running request keeps its standard when the files change; re-basing is an event with a reason")
    func rebase() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            let before = try #require(try await region.clock(.complete, reference))
            let day = try CalendarDay("2026-01-01")
            let target = try SLATarget(amount: 2, .days)
            try await region.deadlines("brindle-bay") { old in
                let standard = DeadlineStandard(
                    scope: .init(parts: [PartPattern(trusted: "road.*")], departments: ["public-works"]),
                    complete: target,
                    validFrom: day
                )
                return DeadlinePolicy(standards: [standard], pauses: old.pauses, ladder: old.ladder, roles: old.roles)
            }
            region.clock.advance(by: 3_600)
            try await region.step(.assignWork, reference, at: "brindle-bay")
            #expect(try await region.clock(.complete, reference)?.due == before.due)
            let town = try await region.tenant("brindle-bay")
            let changes = try await RebaseClocks(region.surroundings)(
                reference,
                reason: LocalizedText(english: "Council shortened the time", french: "Le conseil a réduit le délai"),
                at: town,
                by: "staff:1"
            )
            let after = try #require(try await region.clock(.complete, reference))
            #expect(changes == [.init(clock: .complete, before: before.due, after: after.due)])
            #expect(after.due == before.clock.startedAt + 2 * 86_400 && after.round == 2)
            let event = try #require(try await region.history(reference, in: "brindle-bay").last)
            #expect(event.kind == .deadlineMoved && event.description?.french == "Le conseil a réduit le délai")
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.completeDue == after.due && row.slaVersion == after.clock.slaVersion)
            #expect(row.slaVersion?.hasSuffix(":standard-1") == true)
            // The old clock stays as it was, and says nothing any more.
            let all = try await ReadClocks(region.surroundings)(reference, at: town).clocks
            #expect(all.filter { $0.kind == .complete }.map(\.due) == [before.due, after.due])
            region.go(to: after.due + 1)
            try await region.sweep()
            #expect(Set(try await region.alarms(reference).map(\.round)) == [2])
        }
    }
}

extension DemonstrationRegion {
    /// Snow on a sidewalk of the town.
    func takeSnow() async throws -> RequestReference {
        let answers = try await required("WN-SWALK", of: "brindle-bay")
        return try await take(try intake("WN-SWALK", at: Place.localStreet, answers: answers), to: "brindle-bay")
            .reference
    }
}
