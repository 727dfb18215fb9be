import Domain
import Foundation
import Testing

@Suite("A business calendar")
struct BusinessCalendarTests {
    @Test(
        "adds up: business hours spent in two parts end when they end in one",
        arguments: [311, 20_260_308, 7]
    )
    func additive(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let office = try torontoOffice(hours: ["08:30-12:00", "13:00-16:30"])
        let start = try instant("2024-01-01 00:00", in: office.timeZone)
        for _ in 0..<300 {
            let received = start.addingTimeInterval(
                Double(Int.random(in: 0..<315_360_000, using: &random))
            )
            let first = Double(Int.random(in: 1..<3000, using: &random))
            let second = Double(Int.random(in: 1..<3000, using: &random))
            let parts = office.instant(
                from: office.instant(from: received, afterOpenMinutes: first),
                afterOpenMinutes: second
            )
            let whole = office.instant(from: received, afterOpenMinutes: first + second)
            #expect(parts == whole, "seed \(seed), \(received), \(first) + \(second)")
            #expect(
                abs(office.openMinutes(from: received, to: whole) - first - second) < 1e-6,
                "seed \(seed), \(received)"
            )
        }
    }

    @Test(
        "is monotone: what comes later is not due earlier, and more time is never due earlier",
        arguments: [311, 1776]
    )
    func monotone(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let office = try torontoOffice()
        let start = try instant("2026-01-01 00:00", in: office.timeZone)
        let units = SLATarget.Unit.allCases
        for _ in 0..<300 {
            let earlier = start.addingTimeInterval(Double(Int.random(in: 0..<63_072_000, using: &random)))
            let later = earlier.addingTimeInterval(Double(Int.random(in: 0..<400_000, using: &random)))
            let unit = units[Int.random(in: 0..<units.count, using: &random)]
            let amount = Int.random(in: 1..<40, using: &random)
            let target = try SLATarget(amount: amount, unit)
            let more = try SLATarget(amount: amount + 1, unit)
            let due = office.due(from: earlier, target: target)
            // The hour that comes twice is always taken as the second: only there may a later receipt be due earlier.
            let slack: TimeInterval = unit == .days || unit == .weeks ? 3600 : 0
            #expect(
                office.due(from: later, target: target) >= due - slack,
                "seed \(seed), \(earlier), \(later), \(target)"
            )
            #expect(office.due(from: earlier, target: more) > due, "seed \(seed), \(earlier), \(more)")
            #expect(due > earlier, "seed \(seed), \(earlier), \(target)")
        }
    }

    @Test(
        "is open from the opening instant up to, not including, the closing one",
        arguments: [
            ("2026-11-16 08:29", false), ("2026-11-16 08:30", true), ("2026-11-16 16:29", true),
            ("2026-11-16 16:30", false), ("2026-11-21 12:00", false), ("2026-12-28 12:00", false),
            ("2026-12-29 12:00", true), ("2026-05-18 12:00", false),
        ]
    )
    func open(at local: String, expected: Bool) throws {
        let office = try torontoOffice()
        #expect(office.isOpen(at: try instant(local, in: office.timeZone)) == expected)
    }

    @Test("that could never be used is refused, with the reason")
    func invalid() throws {
        let span = try OpenSpan("08:30-16:30")
        #expect(throws: BusinessCalendar.Invalid.neverOpen) {
            try BusinessCalendar(version: "1", timeZone: "America/Toronto", weeklyHours: [.monday: []])
        }
        #expect(throws: BusinessCalendar.Invalid.unknownTimeZone("America/Torronto")) {
            try BusinessCalendar(
                version: "1",
                timeZone: "America/Torronto",
                weeklyHours: [.monday: [span]]
            )
        }
        #expect(throws: BusinessCalendar.Invalid.unknownTimeZone("EST")) {
            try BusinessCalendar(version: "1", timeZone: "EST", weeklyHours: [.monday: [span]])
        }
        #expect(throws: BusinessCalendar.Invalid.overlappingHours(.friday)) {
            let other = try OpenSpan("16:30-18:00")
            return try BusinessCalendar(
                version: "1",
                timeZone: "UTC",
                weeklyHours: [.friday: [other, span]]
            )
        }
        let (first, last) = (try CalendarDay("2026-05-02"), try CalendarDay("2026-05-01"))
        #expect(throws: Closure.Invalid.self) {
            try Closure(name: LocalizedText(same: "x"), first: first, last: last)
        }
    }

    @Test("comes back the same from JSON")
    func coding() throws {
        let office = try torontoOffice(
            shortDays: [ShortDay(.christmasEve, hours: OpenSpan("08:30-12:00"))],
            closures: [
                Closure(
                    name: LocalizedText(same: "Move"),
                    first: CalendarDay("2026-06-01"),
                    last: CalendarDay("2026-06-02")
                )
            ]
        )
        let data = try JSONEncoder().encode(office)
        #expect(try JSONDecoder().decode(BusinessCalendar.self, from: data) == office)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains(#""monday":["08:30-16:30"]"#))
    }
}
