import Domain
import Foundation
import Testing

@Suite("Due times over a change of the clocks, in five zones")
struct ZoneTests {
    /// Received before a change of the clocks, due after it; worked out by the zone tables of another library.
    static let rows: [(zone: String, received: String, amount: Int, unit: SLATarget.Unit, due: String)] = [
        // Four business hours over the weekend end at noon on Monday; a business day ends when the office closes on Monday;
        // twenty-four hours move the wall clock, a day does not.
        ("America/Toronto", "2026-03-06 16:00", 4, .businessHours, "2026-03-09T16:00:00Z"),
        ("America/Toronto", "2026-03-06 16:00", 1, .businessDays, "2026-03-09T20:30:00Z"),
        ("America/Toronto", "2026-03-07 12:00", 24, .hours, "2026-03-08T17:00:00Z"),
        ("America/Toronto", "2026-03-07 12:00", 1, .days, "2026-03-08T16:00:00Z"),
        ("America/Toronto", "2026-10-30 16:00", 4, .businessHours, "2026-11-02T17:00:00Z"),
        ("America/Toronto", "2026-10-30 16:00", 1, .businessDays, "2026-11-02T21:30:00Z"),
        ("America/Toronto", "2026-10-31 12:00", 24, .hours, "2026-11-01T16:00:00Z"),
        ("America/Toronto", "2026-10-31 12:00", 1, .days, "2026-11-01T17:00:00Z"),
        ("America/Winnipeg", "2026-03-06 16:00", 4, .businessHours, "2026-03-09T17:00:00Z"),
        ("America/Winnipeg", "2026-03-06 16:00", 1, .businessDays, "2026-03-09T21:30:00Z"),
        ("America/Winnipeg", "2026-03-07 12:00", 24, .hours, "2026-03-08T18:00:00Z"),
        ("America/Winnipeg", "2026-03-07 12:00", 1, .days, "2026-03-08T17:00:00Z"),
        ("America/Winnipeg", "2026-10-30 16:00", 4, .businessHours, "2026-11-02T18:00:00Z"),
        ("America/Winnipeg", "2026-10-30 16:00", 1, .businessDays, "2026-11-02T22:30:00Z"),
        ("America/Winnipeg", "2026-10-31 12:00", 24, .hours, "2026-11-01T17:00:00Z"),
        ("America/Winnipeg", "2026-10-31 12:00", 1, .days, "2026-11-01T18:00:00Z"),
        ("America/St_Johns", "2026-03-06 16:00", 4, .businessHours, "2026-03-09T14:30:00Z"),
        ("America/St_Johns", "2026-03-06 16:00", 1, .businessDays, "2026-03-09T19:00:00Z"),
        ("America/St_Johns", "2026-03-07 12:00", 24, .hours, "2026-03-08T15:30:00Z"),
        ("America/St_Johns", "2026-03-07 12:00", 1, .days, "2026-03-08T14:30:00Z"),
        ("America/St_Johns", "2026-10-30 16:00", 4, .businessHours, "2026-11-02T15:30:00Z"),
        ("America/St_Johns", "2026-10-30 16:00", 1, .businessDays, "2026-11-02T20:00:00Z"),
        ("America/St_Johns", "2026-10-31 12:00", 24, .hours, "2026-11-01T14:30:00Z"),
        ("America/St_Johns", "2026-10-31 12:00", 1, .days, "2026-11-01T15:30:00Z"),
        ("Europe/London", "2026-03-27 16:00", 4, .businessHours, "2026-03-30T11:00:00Z"),
        ("Europe/London", "2026-03-27 16:00", 1, .businessDays, "2026-03-30T15:30:00Z"),
        ("Europe/London", "2026-03-28 12:00", 24, .hours, "2026-03-29T12:00:00Z"),
        ("Europe/London", "2026-03-28 12:00", 1, .days, "2026-03-29T11:00:00Z"),
        ("Europe/London", "2026-10-23 16:00", 4, .businessHours, "2026-10-26T12:00:00Z"),
        ("Europe/London", "2026-10-23 16:00", 1, .businessDays, "2026-10-26T16:30:00Z"),
        ("Europe/London", "2026-10-24 12:00", 24, .hours, "2026-10-25T11:00:00Z"),
        ("Europe/London", "2026-10-24 12:00", 1, .days, "2026-10-25T12:00:00Z"),
        // Half an hour only, and on the other half of the year.
        ("Australia/Lord_Howe", "2026-04-03 16:00", 4, .businessHours, "2026-04-06T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-03 16:00", 1, .businessDays, "2026-04-06T06:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04 12:00", 24, .hours, "2026-04-05T01:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04 12:00", 1, .days, "2026-04-05T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-02 16:00", 4, .businessHours, "2026-10-05T01:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-02 16:00", 1, .businessDays, "2026-10-05T05:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-03 12:00", 24, .hours, "2026-10-04T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-03 12:00", 1, .days, "2026-10-04T01:00:00Z"),
    ]

    @Test("are exact to the second, half-hour zones and half-hour changes included", arguments: rows)
    func due(row: (zone: String, received: String, amount: Int, unit: SLATarget.Unit, due: String)) throws {
        let office = try torontoOffice(zone: row.zone, holidays: [])
        let received = try instant(row.received, in: office.timeZone)
        let found = office.due(from: received, target: try SLATarget(amount: row.amount, row.unit))
        #expect(found == (try instant(row.due, in: office.timeZone)), "\(row): \(found)")
    }

    @Test("a year's page names both changes of the clocks", arguments: ["America/Toronto", "Australia/Lord_Howe"])
    func changes(zone: String) throws {
        let office = try torontoOffice(zone: zone)
        #expect(office.year(2026).clockChanges.count == 2)
        #expect(try torontoOffice(zone: "America/Regina").year(2026).clockChanges.isEmpty)
    }

    @Test("a year's page names each day off once, with the day that stands for one on a weekend")
    func year() throws {
        let year = try torontoOffice(
            shortDays: [ShortDay(.christmasEve, hours: OpenSpan("08:30-12:00"))]
        ).year(2026)
        func day(_ text: String) throws -> CalendarYear.SpecialDay? {
            let wanted = try CalendarDay(text)
            return year.days.first { $0.day == wanted }
        }
        #expect(try day("2026-04-03")?.name.english == "Good Friday")
        #expect(try day("2026-12-24")?.hours.map(\.description) == ["08:30-12:00"])
        // Boxing Day 2026 is a Saturday: Monday stands for it.
        #expect(try day("2026-12-28")?.isObserved == true)
        #expect(try day("2026-12-29") == nil)
        #expect(year.days.map(\.day) == year.days.map(\.day).sorted())
    }
}
