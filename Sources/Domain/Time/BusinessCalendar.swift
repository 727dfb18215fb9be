public import Foundation

/// When a tenant's working time runs: zone, weekly hours, holidays, short days and closures.
///
/// Days are counted in the tenant's own zone, instants are absolute. There is no clock inside: the same question always
/// has the same answer. The version travels with each deadline, so that a later change of hours moves no old promise.
public struct BusinessCalendar: Sendable, Hashable {
    /// Names this set of hours and holidays; stored with every deadline computed by it.
    public let version: String

    /// The zone whose wall clock counts.
    public let timeZone: TimeZone

    /// Hours of an ordinary week, in order within each day; a day without entry is closed.
    public let weeklyHours: [Weekday: [OpenSpan]]

    /// Days off, each year anew.
    public let holidays: [Holiday]

    /// Days with shorter hours, each year anew.
    public let shortDays: [ShortDay]

    /// Days off that happen once.
    public let closures: [Closure]

    /// What makes a calendar unusable.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The zone is not in the time zone database.
        case unknownTimeZone(String)
        /// No weekday has hours, so nothing would ever be due.
        case neverOpen
        /// Two spans of one day overlap or touch.
        case overlappingHours(Weekday)

        /// The fault and what would be right.
        public var description: String {
            switch self {
            case .unknownTimeZone(let name):
                "time zone \"\(name.prefix(60))\" is unknown; name one of the IANA database, such as America/Toronto"
            case .neverOpen: "no weekday has hours; at least one needs a span such as 08:30-16:30"
            case .overlappingHours(let weekday):
                "hours of \(weekday.rawValue) overlap; spans of one day stand apart"
            }
        }
    }

    /// Makes a calendar; spans may come in any order.
    /// - Throws: ``Invalid`` when it could never open, its spans overlap, or the zone does not exist.
    public init(
        version: String,
        timeZone identifier: String,
        weeklyHours: [Weekday: [OpenSpan]],
        holidays: [Holiday] = [],
        shortDays: [ShortDay] = [],
        closures: [Closure] = []
    ) throws(Invalid) {
        // Foundation also accepts abbreviations such as EST, which keep no daylight saving time.
        guard let timeZone = TimeZone(identifier: identifier),
            identifier == "UTC" || identifier.contains("/")
        else {
            throw .unknownTimeZone(identifier)
        }
        let hours = weeklyHours.filter { !$0.value.isEmpty }.mapValues {
            $0.sorted { $0.from < $1.from }
        }
        guard !hours.isEmpty else { throw .neverOpen }
        for weekday in Weekday.allCases {
            let spans = hours[weekday] ?? []
            guard zip(spans, spans.dropFirst()).allSatisfy({ $0.to < $1.from }) else {
                throw .overlappingHours(weekday)
            }
        }
        self.version = version
        self.timeZone = timeZone
        self.weeklyHours = hours
        self.holidays = holidays
        self.shortDays = shortDays
        self.closures = closures
    }

    /// The day it is here at an instant.
    public func day(of instant: Date) -> CalendarDay {
        CalendarDay(instant, in: timeZone)
    }

    /// Hours of one day, holidays, short days and closures taken into account; empty when closed.
    public func hours(on day: CalendarDay) -> [OpenSpan] {
        var daysOff = DaysOff(self)
        return daysOff.hours(on: day)
    }

    /// Whether the office is open at an instant; the closing instant itself is closed.
    public func isOpen(at instant: Date) -> Bool {
        var walk = OpenTimeWalk(self, from: instant)
        return walk.isOpenAtStart
    }

    /// Days off in a year, observed ones where the holiday itself fell on a day closed anyway; closures not included.
    public func observedHolidays(in year: Int) -> [CalendarDay] {
        var daysOff = DaysOff(self)
        return daysOff.observed(in: year).sorted()
    }
}

extension BusinessCalendar: Codable {
    private enum CodingKeys: String, CodingKey {
        case version
        case timeZone = "time_zone"
        case weeklyHours = "weekly_hours"
        case holidays
        case shortDays = "short_days"
        case closures
    }

    /// Reads and checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            version: try container.decode(String.self, forKey: .version),
            timeZone: try container.decode(String.self, forKey: .timeZone),
            weeklyHours: try container.decode([Weekday: [OpenSpan]].self, forKey: .weeklyHours),
            holidays: try container.decode([Holiday].self, forKey: .holidays),
            shortDays: try container.decode([ShortDay].self, forKey: .shortDays),
            closures: try container.decode([Closure].self, forKey: .closures)
        )
    }

    /// Writes the zone by its name, everything else as it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(timeZone.identifier, forKey: .timeZone)
        try container.encode(weeklyHours, forKey: .weeklyHours)
        try container.encode(holidays, forKey: .holidays)
        try container.encode(shortDays, forKey: .shortDays)
        try container.encode(closures, forKey: .closures)
    }
}
