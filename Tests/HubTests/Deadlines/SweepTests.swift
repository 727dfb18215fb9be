import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("The minute's sweep over the deadlines")
struct SweepTests {
    @Test("Clocks begin with the request; the columns repeat them; the town has received it and has it")
    func begins() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            let review = try #require(try await region.clock(.review, reference))
            let complete = try #require(try await region.clock(.complete, reference))
            #expect(review.due == row.reviewDue && complete.due == row.completeDue)
            #expect(review.clock.startedAt == row.requestedAt && review.round == 1)
            #expect(complete.clock.slaVersion == row.slaVersion)
            let facts = try await ReadClocks(region.surroundings)(reference, at: try await region.tenant("brindle-bay"))
                .facts
            #expect(Set(facts.map(\.kind)) == [.received, .delivered])
            #expect(facts.allSatisfy { $0.body == "brindle-bay" && $0.at == row.requestedAt })
        }
    }

    @Test("Each step of the ladder is alarmed once, to the right person, whatever is swept again or restarted")
    func ladder() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let clock = try #require(try await region.clock(.complete, reference))
            let office = try await region.tenant("brindle-bay").calendar
            func at(_ percent: Int) -> Date {
                clock.clock.instant(ofPercent: percent, in: office, asOf: clock.clock.startedAt)
            }
            region.go(to: at(75) - 1)
            #expect(try await region.sweep().alarms == 0)
            var told: [String] = []
            for percent in [75, 100, 150, 200] {
                region.go(to: at(percent) + 1)
                #expect(try await region.sweep().alarms == 1, "\(percent)")
                // Again, and by a process that has just started.
                #expect(try await region.sweep().alarms == 0)
                #expect(try await region.restarted().sweep().alarms == 0)
                told.append(contentsOf: try await region.alarms(reference).last?.recipients.map(\.name) ?? [])
            }
            #expect(told == ["Dana Whitlock", "Priya Raman", "Howard Penn", "Ruth Adeyemi"])
            let alarms = try await region.alarms(reference)
            #expect(alarms.map(\.step) == ["75%", "100%", "150%", "200%"])
            #expect(alarms.map(\.state) == [.superseded, .superseded, .superseded, .open])
            let mails = try await region.outbox(reference, ["mail"])
            let notices = mails.compactMap { try? $0.payload.decoded(as: AlarmNotice.self) }
            #expect(notices.map(\.to).count == 4)
            #expect(notices.allSatisfy { $0.subject.hasPrefix(reference.rawValue) && !$0.subject.contains("@") })
            #expect(try await region.clock(.complete, reference)?.breachedAt == clock.due)
            #expect(try await region.clock(.complete, reference)?.alarmAt == nil)
        }
    }

    @Test("After an outage only the last step is sent; the others are written down as overtaken")
    func outage() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let clock = try #require(try await region.clock(.complete, reference))
            region.go(to: clock.due + 400 * 86_400)
            let report = try await region.sweep()
            #expect(report.alarms == 4)
            #expect(report.messages == 1)
            let alarms = try await region.alarms(reference)
            #expect(alarms.map(\.state) == [.superseded, .superseded, .superseded, .open])
            // The new date lies ahead even so.
            let newDate = try #require(try await region.clock(.complete, reference)?.newDate)
            #expect(newDate > region.clock.now)
        }
    }

    @Test("The requester reads once that it is late, with a new date that lies ahead; the promise itself stays")
    func late() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            try await region.step(.review, reference, at: "brindle-bay")
            let clock = try #require(try await region.clock(.complete, reference))
            region.go(to: clock.due + 60)
            #expect(try await region.sweep().told == 1)
            #expect(try await region.sweep().told == 0)
            let late = try await region.history(reference, in: "brindle-bay").filter { $0.kind == .deadlineMoved }
            #expect(late.count == 1)
            let event = try #require(late.first)
            #expect(event.isPublic && event.details["reason"] == "late")
            let newDate = try Date(try #require(event.details["new_date"]), strategy: .iso8601)
            #expect(newDate > region.clock.now)
            #expect(event.description?.english.hasPrefix("Later than promised. New date:") == true)
            #expect(event.description?.french.hasPrefix("Plus tard que prévu.") == true)
            #expect(try await region.row(reference, in: "brindle-bay")?.completeDue == clock.due)
        }
    }

    @Test("Two sweeps at the same time give each alarm once (F24)")
    func atOnce() async throws {
        try await withRegion { region in
            var references: [RequestReference] = []
            for _ in 0..<12 { references.append(try await region.townPothole()) }
            let clock = try #require(try await region.clock(.review, references[0]))
            region.go(to: clock.due + 1)
            let surroundings = region.surroundings
            let other = try await region.restarted().surroundings
            let town = try await region.tenant("brindle-bay")
            async let first = SweepDeadlines(surroundings)(town)
            async let second = SweepDeadlines(other)(town)
            let (one, two) = (try await first, try await second)
            // What one held locked, the other left for the next minute.
            let rest = try await region.sweep()
            #expect(one.alarms + two.alarms + rest.alarms == 24, "75% and 100% of twelve review clocks")
            for reference in references {
                let mails = try await region.outbox(reference, ["mail", "sms"])
                #expect(mails.count == 1, "\(reference)")
            }
        }
    }

    @Test("A P1 nobody has read goes up the duty phones by text message, at night too; a P3 waits for the morning")
    func quietHours() async throws {
        // Half past ten at night in June.
        let night = FixedClock("2026-06-17T02:30:00Z")
        try await withRegion(at: night) { region in
            let reference = try await region.townPothole()
            try await region.inside("brindle-bay") { transaction in
                let requests = ServiceRequests(transaction)
                guard var row = try await requests.readForUpdate(reference) else { throw Missing(what: "the row") }
                row.priority = .p1
                try await requests.saveLocked(row)
                var clocks = try await StoredClocks(transaction).latest(of: reference)
                for index in clocks.indices { clocks[index].alarmAt = region.clock.now }
                try await StoredClocks(transaction).save(clocks, of: reference)
            }
            var phones: [String] = []
            for minutes in [11.0, 10, 10] {
                region.clock.advance(by: minutes * 60)
                try await region.sweep()
                let items = try await region.outbox(reference, ["sms"])
                let last = try #require(items.last)
                #expect(last.dueAt == last.createdAt)
                phones.append(try last.payload.decoded(as: AlarmNotice.self).to)
            }
            // The person on duty at night, the second duty, then the hub's supervisor of that hour.
            #expect(phones == ["+17055550226", "+17055550223", "+17055550243"])

            let calm = try await region.townPothole()
            let clock = try #require(try await region.clock(.review, calm))
            let midnight = try Date("2026-06-19T04:10:00Z", strategy: .iso8601)
            #expect(clock.due < midnight)
            region.go(to: midnight)
            try await region.sweep()
            let mail = try #require(try await region.outbox(calm, ["mail"]).last)
            #expect(mail.dueAt == (try Date("2026-06-19T11:00:00Z", strategy: .iso8601)))
        }
    }

    @Test("What ended, and what another body has, raises no alarm")
    func notOurs() async throws {
        try await withRegion { region in
            let done = try await region.townPothole()
            try await region.step(.complete(.fixed), done, at: "brindle-bay")
            #expect(try await region.clock(.complete, done)?.clock.metAt == region.clock.now)
            let handed = try await region.offeredToRegion()
            try await region.deliverAll()
            region.clock.advance(by: 300)
            _ = try await AnswerOffer(region.surroundings)(
                handed,
                at: try await region.tenant("maplewater"),
                by: "staff:x"
            )
            try await region.deliverAll()
            #expect(try await region.row(handed, in: "brindle-bay")?.standing == .mirrored)
            region.clock.advance(by: 400 * 86_400)
            try await region.sweep()
            #expect(try await region.alarms(done).isEmpty)
            #expect(try await region.alarms(handed).isEmpty)
            // Its clock runs on all the same, and the holder's own gives the alarms.
            #expect(try await region.clock(.complete, handed)?.isRunning == true)
            #expect(try await region.sweep("maplewater").alarms > 0)
            #expect(try await !region.alarms(handed, in: "maplewater").isEmpty)
        }
    }

    @Test("A town's alarms, owners and clocks are unknown to every other tenant")
    func twoTenants() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            let clock = try #require(try await region.clock(.review, reference))
            region.go(to: clock.due + 1)
            try await region.sweep()
            #expect(try await region.sweep("maplewater").clocks == 0)
            let own = try await region.alarms(reference)
            #expect(!own.isEmpty)
            let town = try await region.tenant("brindle-bay")
            #expect(try await ListDue(region.surroundings)(of: town).map(\.request.reference) == [reference])
            for id in ["maplewater", "cobbleford", "maplewater-311"] {
                let other = try await region.tenant(id)
                #expect(try await ListAlarms(region.surroundings)(of: other).isEmpty)
                #expect(try await ListDue(region.surroundings)(of: other).isEmpty)
                #expect(try await ReadClocks(region.surroundings)(reference, at: other).clocks.isEmpty)
                await #expect(throws: UnknownRequest.self) {
                    try await FindOwner(region.surroundings)(reference, at: other)
                }
                await #expect(throws: UnknownRequest.self) {
                    try await PauseClocks(region.surroundings)(reference, .season, at: other, by: "staff:x")
                }
                let seen = try await ListAlarms(region.surroundings).acknowledge(own[0].id, at: other, by: "staff:x")
                #expect(!seen)
            }
            let open = try await ListAlarms(region.surroundings)(of: town)
            #expect(open.map(\.reference) == [reference])
            #expect(try await ListAlarms(region.surroundings).acknowledge(open[0].id, at: town, by: "staff:1"))
            #expect(try await !ListAlarms(region.surroundings).acknowledge(open[0].id, at: town, by: "staff:2"))
            #expect(try await ListAlarms(region.surroundings)(of: town).isEmpty)
        }
    }
}
