import Domain
import Foundation

/// The office of the fact file, section 5: Toronto, Monday to Friday 08:30 to 16:30, Easter Monday and Civic Holiday kept.
func torontoOffice(
    hours: [String] = ["08:30-16:30"],
    zone: String = "America/Toronto",
    holidays: [Holiday]? = nil,
    shortDays: [ShortDay] = [],
    closures: [Closure] = []
) throws -> BusinessCalendar {
    let spans = try hours.map { try OpenSpan($0) }
    let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return try BusinessCalendar(
        version: "2026-1",
        timeZone: zone,
        weeklyHours: Dictionary(uniqueKeysWithValues: days.map { ($0, spans) }),
        holidays: holidays
            ?? (KnownHoliday.statutoryInOntario + [.easterMonday, .civicHoliday]).map { Holiday($0) },
        shortDays: shortDays,
        closures: closures
    )
}

/// Reads `2026-11-16 10:00` as wall-clock time, or `2026-03-08T07:30:00Z` as an instant.
func instant(_ text: String, in zone: TimeZone) throws -> Date {
    if text.hasSuffix("Z") { return try Date(text, strategy: .iso8601) }
    let parts = text.split(separator: " ").map(String.init)
    return LocalTime(try CalendarDay(parts[0]), try TimeOfDay(parts[1])).instant(in: zone)
}

/// A seeded generator (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
