public import Foundation

/// Wall-clock time in some zone: a day and the seconds passed on its clock face.
///
/// Two rules make every wall-clock time an instant. A time the clocks skip in spring (02:30) is taken as if the clocks
/// had not yet been changed, so it comes out later (03:30). A time that comes twice in autumn (01:30) is the second one.
public struct LocalTime: Sendable, Hashable {
    /// The day.
    public let day: CalendarDay

    /// Seconds since midnight as the clock face shows them; 86 400 is the end of the day.
    public let seconds: Double

    /// A time on a day; `seconds` may be 86 400 for the end of the day.
    public init(_ day: CalendarDay, seconds: Double) {
        self.day = day
        self.seconds = seconds
    }

    /// A time on a day.
    public init(_ day: CalendarDay, _ time: TimeOfDay) {
        self.init(day, seconds: Double(time.minutes * 60))
    }

    /// What clocks in `timeZone` show at an instant; held to years 1 to 9999.
    public init(_ instant: Date, in timeZone: TimeZone) {
        let clamped = min(max(instant.timeIntervalSince1970, Self.earliest), Self.latest)
        let shown = clamped + Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: clamped)))
        let days = (shown / 86_400).rounded(.down)
        self.init(CalendarDay(dayNumber: Int(days)), seconds: shown - days * 86_400)
    }

    /// The instant at which clocks in `timeZone` show this time.
    public func instant(in timeZone: TimeZone) -> Date {
        let shown = Double(day.dayNumber) * 86_400 + seconds
        // A day either side of the shown time lies outside any one change of the clocks.
        let before = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: shown - 86_400)))
        let after = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: shown + 86_400)))
        let right = [shown - before, shown - after].filter {
            $0 + Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: $0))) == shown
        }
        return Date(timeIntervalSince1970: right.max() ?? shown - before)
    }

    private static let earliest = -62_135_500_000.0
    private static let latest = 253_402_200_000.0
}

extension TimeZone {
    /// Version of the time zone data in use, such as `2025b`; old data means wrong deadlines, so health pages show it.
    public static var dataVersion: String { timeZoneDataVersion }
}
