import Domain
import Foundation
import Testing

@Suite("A calendar day")
struct CalendarDayTests {
    @Test(
        "is read from its one form only",
        arguments: ["2026-04-01", "0001-01-01", "9999-12-31", "2028-02-29"]
    )
    func reads(text: String) throws {
        #expect(try CalendarDay(text).description == text)
    }

    @Test(
        "is no day in any other form",
        arguments: [
            "", "2026-4-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
            "20260401", "2026/04/01",
            " 2026-04-01", "2026-04-01T00:00:00Z", "２０２６-04-01", "-026-04-01", "2026-04-3١",
        ]
    )
    func refuses(text: String) {
        #expect(throws: CalendarDay.Invalid.self) { try CalendarDay(text) }
    }

    @Test("and its number stand for each other over the whole range, and weekdays follow each other")
    func numbers() throws {
        var previous: CalendarDay?
        for number in stride(from: -719_162, through: 2_932_896, by: 1) {
            let day = CalendarDay(dayNumber: number)
            guard number % 97 == 0 || (day.month == 3 && day.day == 1) else {
                previous = day
                continue
            }
            #expect(day.dayNumber == number)
            if let previous { #expect(previous < day) }
            previous = day
        }
        #expect(try CalendarDay("1970-01-01").dayNumber == 0)
        #expect(try CalendarDay("1970-01-01").weekday == .thursday)
        #expect(try CalendarDay("2026-11-21").weekday == .saturday)
        #expect(try CalendarDay("1900-02-28").adding(days: 1).description == "1900-03-01")
        #expect(try CalendarDay("2000-02-28").adding(days: 1).description == "2000-02-29")
        #expect(try CalendarDay("2026-01-01").days(to: CalendarDay("2027-01-01")) == 365)
        #expect(CalendarDay(dayNumber: .max / 4).description == "9999-12-31")
        #expect(CalendarDay(dayNumber: .min / 4).description == "0001-01-01")
    }

    @Test("is that of the zone, not of Greenwich, and no instant is too far away")
    func zones() throws {
        let toronto = try #require(TimeZone(identifier: "America/Toronto"))
        let midnight = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)
        #expect(CalendarDay(midnight, in: toronto).description == "2025-12-31")
        #expect(CalendarDay(midnight, in: .gmt).description == "2026-01-01")
        #expect(CalendarDay(.distantFuture, in: toronto).year == 4000)
        #expect(CalendarDay(Date(timeIntervalSince1970: 1e300), in: toronto).year == 9999)
        #expect(CalendarDay(Date(timeIntervalSince1970: -.infinity), in: toronto).year == 1)
    }

    @Test("times of day and spans are read strictly")
    func times() throws {
        #expect(try TimeOfDay("08:30").minutes == 510)
        #expect(try TimeOfDay("24:00").minutes == 1440)
        #expect(try OpenSpan("8:30 – 16:30").description == "08:30-16:30")
        for text in ["24:01", "8", "08:60", "-1:30", "8:5", "", "08:30:00", "٠٨:٣٠"] {
            #expect(throws: TimeOfDay.Invalid.self) { try TimeOfDay(text) }
        }
        for text in ["16:30-08:30", "08:30-08:30", "08:30", "08:30-12:00-13:00"] {
            #expect(throws: OpenSpan.Invalid.self) { try OpenSpan(text) }
        }
    }
}
