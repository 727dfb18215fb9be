import Domain
import Foundation
import Testing

@Suite("Holidays")
struct HolidayTests {
    /// The table of the fact file, section 6; month and day.
    static let ontario: [(Int, [String], Weekday)] = [
        // year; Family, Good Friday, Easter Monday, Victoria, Civic, Labour, Thanksgiving; weekday of Christmas
        (2024, ["02-19", "03-29", "04-01", "05-20", "08-05", "09-02", "10-14"], .wednesday),
        (2025, ["02-17", "04-18", "04-21", "05-19", "08-04", "09-01", "10-13"], .thursday),
        (2026, ["02-16", "04-03", "04-06", "05-18", "08-03", "09-07", "10-12"], .friday),
        (2027, ["02-15", "03-26", "03-29", "05-24", "08-02", "09-06", "10-11"], .saturday),
        (2028, ["02-21", "04-14", "04-17", "05-22", "08-07", "09-04", "10-09"], .monday),
        (2029, ["02-19", "03-30", "04-02", "05-21", "08-06", "09-03", "10-08"], .tuesday),
        (2030, ["02-18", "04-19", "04-22", "05-20", "08-05", "09-02", "10-14"], .wednesday),
        (2031, ["02-17", "04-11", "04-14", "05-19", "08-04", "09-01", "10-13"], .thursday),
        (2032, ["02-16", "03-26", "03-29", "05-24", "08-02", "09-06", "10-11"], .saturday),
        (2033, ["02-21", "04-15", "04-18", "05-23", "08-01", "09-05", "10-10"], .sunday),
    ]

    @Test("of Ontario fall as the published table says", arguments: ontario)
    func table(year: Int, days: [String], christmas: Weekday) throws {
        let named: [KnownHoliday] = [
            .familyDay, .goodFriday, .easterMonday, .victoriaDay, .civicHoliday, .labourDay,
            .thanksgiving,
        ]
        for (holiday, day) in zip(named, days) {
            #expect(holiday.rule.day(in: year)?.description == "\(year)-\(day)", "\(holiday)")
        }
        #expect(KnownHoliday.christmasDay.rule.day(in: year)?.weekday == christmas)
    }

    @Test(
        "Easter is found in every century",
        arguments: [
            (1961, "1961-04-02"), (1818, "1818-03-22"), (2038, "2038-04-25"), (1943, "1943-04-25"),
            (2000, "2000-04-23"),
            (1954, "1954-04-18"), (1981, "1981-04-19"), (2049, "2049-04-18"), (2076, "2076-04-19"),
            (2285, "2285-03-22"),
        ]
    )
    func easter(year: Int, day: String) {
        #expect(HolidayRule.easterSunday(in: year)?.description == day)
    }

    @Test(
        "on a weekend are observed on the next working day that is free",
        arguments: [
            // year, days off from 20 December to 10 January
            (2026, ["2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01"]),  // Boxing Day Saturday
            (2027, ["2027-12-25", "2027-12-26", "2027-12-27", "2027-12-28", "2028-01-01", "2028-01-03"]),
            (2033, ["2033-12-25", "2033-12-26", "2033-12-27", "2034-01-01", "2034-01-02"]),  // Christmas Sunday
            (2028, ["2028-12-25", "2028-12-26", "2029-01-01"]),
        ]
    )
    func observed(year: Int, expected: [String]) throws {
        let office = try torontoOffice()
        let found = (office.observedHolidays(in: year) + office.observedHolidays(in: year + 1))
            .filter { $0.year == year ? ($0.month, $0.day) >= (12, 20) : $0.month == 1 && $0.day <= 10 }
        #expect(found.map(\.description) == expected)
    }

    @Test("are lost on a weekend where the tenant says so")
    func lost() throws {
        let office = try torontoOffice(holidays: [Holiday(.canadaDay, observed: .sameDay)])
        // 1 July 2028 is a Saturday.
        #expect(!office.hours(on: try CalendarDay("2028-07-03")).isEmpty)
        let other = try torontoOffice(holidays: [Holiday(.canadaDay)])
        #expect(other.hours(on: try CalendarDay("2028-07-03")).isEmpty)
    }

    @Test("observed at the end of a year spill into the next")
    func spill() throws {
        let newYearsEve = Holiday(
            name: LocalizedText(english: "New Year's Eve", french: "Veille du jour de l'An"),
            rule: .fixed(month: 12, day: 31)
        )
        let office = try torontoOffice(holidays: [Holiday(.newYearsDay), newYearsEve])
        // 31 December 2033 is a Saturday, 1 January 2034 a Sunday: Monday and Tuesday are off.
        #expect(
            office.observedHolidays(in: 2034).map(\.description).prefix(3)
                == ["2034-01-01", "2034-01-02", "2034-01-03"]
        )
    }

    @Test("that a year does not have are not found")
    func absent() {
        #expect(HolidayRule.fixed(month: 2, day: 29).day(in: 2027) == nil)
        #expect(HolidayRule.fixed(month: 2, day: 29).day(in: 2028)?.description == "2028-02-29")
        #expect(HolidayRule.nthWeekday(5, .monday, month: 2).day(in: 2026) == nil)
        #expect(
            HolidayRule.nthWeekday(-1, .monday, month: 5).day(in: 2026)?.description == "2026-05-25"
        )
        #expect(HolidayRule.nthWeekday(0, .monday, month: 5).day(in: 2026) == nil)
        #expect(HolidayRule.fixed(month: 13, day: 1).day(in: 2026) == nil)
    }
}
