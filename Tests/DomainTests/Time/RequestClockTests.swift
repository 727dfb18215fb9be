import Domain
import Foundation
import Testing

@Suite("The steps of a clock")
struct RequestClockTests {
    private func clock(
        _ amount: Double,
        _ unit: SLATarget.Unit,
        from local: String,
        kind: RequestClock.Kind = .complete,
        priority: Priority = .p3
    ) throws -> (RequestClock, BusinessCalendar) {
        let office = try torontoOffice()
        let clock = RequestClock(
            starting: kind,
            at: try instant(local, in: office.timeZone),
            target: try SLATarget(amount: amount, unit),
            slaVersion: "1",
            calendar: office,
            ladder: .standard,
            priority: priority
        )
        return (clock, office)
    }

    @Test(
        "lie in open time for business hours and days, in elapsed time for the others",
        arguments: [
            // amount, unit, started, percent, reached
            (4, SLATarget.Unit.businessHours, "2026-11-16 08:30", 75, "2026-11-16 11:30"),
            (4, .businessHours, "2026-11-16 08:30", 150, "2026-11-16 14:30"),
            (4, .businessHours, "2026-11-16 08:30", 200, "2026-11-16 16:30"),
            // Sixteen open hours, three quarters of them: noon and a half of the second day.
            (1, .businessDays, "2026-11-16 08:30", 75, "2026-11-17 12:30"),
            (1, .businessDays, "2026-11-16 08:30", 150, "2026-11-18 16:30"),
            // Over the weekend nothing is used up.
            (1, .businessDays, "2026-11-20 08:30", 75, "2026-11-23 12:30"),
            (4, .hours, "2026-03-07 23:00", 75, "2026-03-08T07:00:00Z"),  // 03:00, an hour having been skipped
            (10, .days, "2026-11-01 10:00", 50, "2026-11-06 10:00"),
            (10, .days, "2026-11-01 10:00", 200, "2026-11-21 10:00"),
        ] as [(Double, SLATarget.Unit, String, Int, String)]
    )
    func shares(amount: Double, unit: SLATarget.Unit, started: String, percent: Int, reached: String) throws {
        let (clock, office) = try clock(amount, unit, from: started)
        let found = clock.clock.instant(ofPercent: percent, in: office, asOf: clock.clock.startedAt)
        #expect(found == (try instant(reached, in: office.timeZone)), "\(found)")
    }

    @Test("come in order, the due time among them, whatever the unit and the pauses", arguments: [311, 42, 7])
    func inOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let office = try torontoOffice()
        let begin = try instant("2026-01-05 00:00", in: office.timeZone)
        for _ in 0..<200 {
            let start = begin.addingTimeInterval(Double(Int.random(in: 0..<31_000_000, using: &random)))
            let unit = SLATarget.Unit.allCases[Int.random(in: 0..<6, using: &random)]
            let target = try SLATarget(amount: Int.random(in: 1...20, using: &random), unit)
            var clock = SLAClock(
                startedAt: start,
                target: target,
                slaVersion: "1",
                baseDue: office.due(from: start, target: target)
            )
            let due = clock.due(in: office, asOf: start)
            if Bool.random(using: &random) {
                let from = start.addingTimeInterval(
                    due.timeIntervalSince(start) * Double.random(in: 0..<1, using: &random)
                )
                clock.pause(.waitingForRequester, at: from)
                clock.resume(at: from.addingTimeInterval(Double(Int.random(in: 60..<500_000, using: &random))))
            }
            let now = Date.distantFuture
            let marks = [25, 75, 100, 150, 200].map { clock.instant(ofPercent: $0, in: office, asOf: now) }
            #expect(marks == marks.sorted(), "seed \(seed), \(target), \(start): \(marks)")
            #expect(marks[2] == clock.due(in: office, asOf: now))
            #expect(marks[0] >= start)
        }
    }

    @Test("a P1 nobody has read calls the duty phones by the minute; a P3 does not, and completion never does")
    func dutyPhones() throws {
        func names(_ kind: RequestClock.Kind, _ priority: Priority) throws -> [String] {
            let (clock, office) = try clock(4, .hours, from: "2026-11-16 10:00", kind: kind, priority: priority)
            return EscalationLadder.standard.steps(
                of: clock,
                priority: priority,
                in: office,
                asOf: clock.clock.startedAt
            )
            .sorted { $0.at < $1.at }.map(\.rung.trigger.name)
        }
        #expect(try names(.review, .p1) == ["10min", "20min", "30min", "75%", "100%", "150%", "200%"])
        #expect(try names(.review, .p3) == ["75%", "100%", "150%", "200%"])
        #expect(try names(.complete, .p1) == ["75%", "100%", "150%", "200%"])
        let (urgent, _) = try clock(4, .hours, from: "2026-11-16 10:00", kind: .review, priority: .p1)
        #expect(urgent.alarmAt == urgent.clock.startedAt.addingTimeInterval(600))
    }

    @Test("a pause moves what lies ahead, sleeps until its longest time has passed, and never un-breaches")
    func pausing() throws {
        var (clock, office) = try clock(4, .hours, from: "2026-11-16 10:00")
        func at(_ local: String) throws -> Date { try instant(local, in: office.timeZone) }
        clock.pause(.waitingForRequester, at: try at("2026-11-16 11:00"), endsBy: try at("2026-11-17 11:00"))
        #expect(clock.alarmAt == (try at("2026-11-17 11:00")))
        // Noticed late: the clock has run since the longest time ended.
        clock.resume(at: try at("2026-11-18 09:00"), in: office, ladder: .standard, priority: .p3)
        #expect(clock.due == (try at("2026-11-17 14:00")))
        #expect(clock.clock.pauses.last?.to == (try at("2026-11-17 11:00")))

        var late = try self.clock(4, .hours, from: "2026-11-16 10:00").0
        late.pause(.beforeCourt, at: try at("2026-11-16 15:00"), endsBy: nil)
        late.resume(at: try at("2026-11-20 15:00"), in: office, ladder: .standard, priority: .p3)
        #expect(late.due == (try at("2026-11-16 14:00")))
        late.meet(at: try at("2026-11-20 16:00"), in: office)
        #expect(late.breachedAt == (try at("2026-11-16 14:00")))
        #expect(late.alarmAt == nil)
    }

    @Test("a change of the calendar moves no clock that runs")
    func keepsItsDue() throws {
        var (clock, _) = try clock(2, .businessDays, from: "2026-11-16 10:00")
        let before = clock.due
        let closed = try torontoOffice(
            closures: [
                Closure(
                    name: LocalizedText(same: "Move"),
                    first: CalendarDay("2026-11-16"),
                    last: CalendarDay("2026-11-27")
                )
            ]
        )
        #expect(clock.clock.due(in: closed, asOf: before) == before)
        clock.rearm(in: closed, ladder: .standard, priority: .p3, asOf: clock.clock.startedAt)
        #expect(clock.due == before)
    }
}
