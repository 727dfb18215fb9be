import Domain
import Foundation
import Testing

@Suite("The instant a target runs out")
struct DueTests {
    @Test(
        "is that of the published test vectors",
        arguments: [
            // received (local), amount, unit, due (local)
            ("2026-11-16 10:00", 5.0, SLATarget.Unit.businessDays, "2026-11-23 16:30"),
            ("2026-11-20 16:29", 1, .businessDays, "2026-11-23 16:30"),  // a minute before closing is still day 0
            ("2026-11-20 16:30", 1, .businessDays, "2026-11-24 16:30"),  // closing time itself is too late
            ("2026-11-21 12:00", 1, .businessDays, "2026-11-24 16:30"),
            ("2026-04-02 15:00", 2, .businessDays, "2026-04-08 16:30"),  // Good Friday and Easter Monday
            ("2026-05-15 17:05", 3, .businessDays, "2026-05-22 16:30"),  // Victoria Day
            ("2026-12-24 09:00", 2, .businessDays, "2026-12-30 16:30"),  // Boxing Day on a Saturday: Monday off
            ("2026-11-16 10:00", 4, .businessHours, "2026-11-16 14:00"),
            ("2026-11-16 14:00", 4, .businessHours, "2026-11-17 10:00"),
            ("2026-11-20 16:00", 1, .businessHours, "2026-11-23 09:00"),
            ("2026-04-02 16:00", 2, .businessHours, "2026-04-07 10:00"),
            ("2026-11-21 23:00", 0.5, .businessHours, "2026-11-23 09:00"),
            ("2026-03-07 23:00", 4, .hours, "2026-03-08 04:00"),  // clocks go forward
            ("2026-10-31 23:00", 4, .hours, "2026-11-01T07:00:00Z"),  // clocks go back: 02:00 EST
        ] as [(String, Double, SLATarget.Unit, String)]
    )
    func vectors(received: String, amount: Double, unit: SLATarget.Unit, due: String) throws {
        let office = try torontoOffice()
        let target = try SLATarget(amount: amount, unit)
        let found = office.due(from: try instant(received, in: office.timeZone), target: target)
        #expect(found == (try instant(due, in: office.timeZone)), "\(found)")
    }

    @Test(
        "keeps the wall clock or the elapsed time when the clocks change",
        arguments: [
            // received, amount, unit, due
            ("2026-03-07T17:00:00Z", 24.0, SLATarget.Unit.hours, "2026-03-08T17:00:00Z"),  // 12:00 to 13:00
            ("2026-03-07T17:00:00Z", 1, .days, "2026-03-08T16:00:00Z"),  // 12:00 to 12:00
            ("2026-10-31T16:00:00Z", 24, .hours, "2026-11-01T16:00:00Z"),  // 12:00 to 11:00
            ("2026-10-31T16:00:00Z", 1, .days, "2026-11-01T17:00:00Z"),  // 12:00 to 12:00
            ("2026-03-07T07:30:00Z", 1, .days, "2026-03-08T07:30:00Z"),  // 02:30 does not exist: 03:30 EDT
            ("2026-10-31T05:30:00Z", 1, .days, "2026-11-01T06:30:00Z"),  // 01:30 comes twice: the second
            ("2026-03-06T21:00:00Z", 4, .businessHours, "2026-03-09T15:00:00Z"),  // over the weekend of the change
            ("2026-03-06T21:00:00Z", 72, .hours, "2026-03-09T21:00:00Z"),
            ("2026-03-06T21:00:00Z", 3, .days, "2026-03-09T20:00:00Z"),
            ("2026-03-06T21:00:00Z", 90, .minutes, "2026-03-06T22:30:00Z"),
            ("2026-03-06T21:00:00Z", 2, .weeks, "2026-03-20T20:00:00Z"),
        ] as [(String, Double, SLATarget.Unit, String)]
    )
    func clockChanges(received: String, amount: Double, unit: SLATarget.Unit, due: String) throws {
        let office = try torontoOffice(hours: ["08:00-17:00"], zone: "America/New_York")
        let target = try SLATarget(amount: amount, unit)
        let found = office.due(from: try instant(received, in: office.timeZone), target: target)
        #expect(found == (try instant(due, in: office.timeZone)), "\(found)")
    }

    @Test(
        "of a wall-clock time that does not exist is the later, of one that comes twice the second",
        arguments: [
            // zone, wall clock, instant
            ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00Z"),
            ("America/New_York", "2026-11-01 01:30", "2026-11-01T06:30:00Z"),
            ("America/New_York", "2026-11-01 00:59", "2026-11-01T04:59:00Z"),
            ("America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00Z"),
            ("America/New_York", "2026-03-08 03:00", "2026-03-08T07:00:00Z"),
            ("America/St_Johns", "2026-03-08 02:30", "2026-03-08T06:00:00Z"),  // half-hour zone
            ("Europe/London", "2026-03-29 01:30", "2026-03-29T01:30:00Z"),
            ("Europe/London", "2026-10-25 01:30", "2026-10-25T01:30:00Z"),
            ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:45:00Z"),  // half an hour forward
            ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T15:15:00Z"),  // half an hour back
            ("America/Winnipeg", "2026-03-08 02:30", "2026-03-08T08:30:00Z"),
        ]
    )
    func wallClock(zone: String, local: String, expected: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        #expect(try instant(local, in: timeZone) == (try instant(expected, in: timeZone)))
    }

    @Test("respects several spans a day, short days and closures")
    func shorterTime() throws {
        let noon = try OpenSpan("00:00-12:00")
        let office = try torontoOffice(
            hours: ["13:00-16:30", "08:30-12:00"],
            shortDays: [ShortDay(.christmasEve, hours: noon)],
            closures: [
                Closure(
                    name: LocalizedText(english: "Between the years", french: "Entre les fêtes"),
                    first: CalendarDay("2026-12-29"),
                    last: CalendarDay("2026-12-31")
                )
            ]
        )
        func due(_ received: String, _ amount: Int, _ unit: SLATarget.Unit) throws -> Date {
            office.due(
                from: try instant(received, in: office.timeZone),
                target: try SLATarget(amount: amount, unit)
            )
        }
        // An hour over lunch.
        #expect(
            try due("2026-11-16 11:30", 1, .businessHours)
                == instant("2026-11-16 13:30", in: office.timeZone)
        )
        // Closing time on 24 December is noon; 25 and 28 are holidays, 29 to 31 closed, 1 January a holiday.
        #expect(
            try due("2026-12-24 11:59", 1, .businessDays)
                == instant("2027-01-04 16:30", in: office.timeZone)
        )
        #expect(
            try due("2026-12-24 12:00", 1, .businessDays)
                == instant("2027-01-05 16:30", in: office.timeZone)
        )
        #expect(
            try due("2026-12-23 16:30", 1, .businessDays)
                == instant("2027-01-04 16:30", in: office.timeZone)
        )
        #expect(
            try due("2026-12-23 09:00", 1, .businessDays)
                == instant("2026-12-24 12:00", in: office.timeZone)
        )
    }

    @Test("a day off that lasts past every short day leaves no time", arguments: [1, 8, 40])
    func closedAllYear(hours: Int) throws {
        let office = try torontoOffice(
            holidays: [],
            closures: [
                Closure(
                    name: LocalizedText(same: "2027"),
                    first: CalendarDay("2027-01-01"),
                    last: CalendarDay("2027-12-31")
                )
            ]
        )
        let received = try instant("2026-12-31 16:30", in: office.timeZone)
        let due = office.due(from: received, target: try SLATarget(amount: hours, .businessHours))
        #expect(due > (try instant("2028-01-03 08:30", in: office.timeZone)))
    }
}
