/// A day of the year on which an office is closed.
public struct Holiday: Sendable, Hashable, Codable {
    /// Its name, for messages about deadlines.
    public let name: LocalizedText

    /// How its day is found.
    public let rule: HolidayRule

    /// What happens when the day is one on which the office would be closed anyway.
    public let observed: ObservedRule

    /// What a tenant does about a holiday that falls on a weekend.
    public enum ObservedRule: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing: the holiday is lost.
        case sameDay = "same_day"
        /// The next working day that is no holiday itself is taken off: Christmas on a Saturday gives Monday, Boxing Day Tuesday.
        case nextWorkingDay = "next_working_day"
    }

    /// A holiday by its own rule.
    public init(name: LocalizedText, rule: HolidayRule, observed: ObservedRule = .nextWorkingDay) {
        self.name = name
        self.rule = rule
        self.observed = observed
    }

    /// A holiday everybody knows.
    public init(_ known: KnownHoliday, observed: ObservedRule = .nextWorkingDay) {
        self.init(name: known.name, rule: known.rule, observed: observed)
    }
}

/// A day of the year with shorter hours: 24 December until noon.
public struct ShortDay: Sendable, Hashable, Codable {
    /// Its name, for messages about deadlines.
    public let name: LocalizedText

    /// How its day is found.
    public let rule: HolidayRule

    /// The part of the ordinary hours that stays open.
    public let hours: OpenSpan

    /// A short day.
    public init(name: LocalizedText, rule: HolidayRule, hours: OpenSpan) {
        self.name = name
        self.rule = rule
        self.hours = hours
    }

    /// A short day everybody knows.
    public init(_ known: KnownHoliday, hours: OpenSpan) {
        self.init(name: known.name, rule: known.rule, hours: hours)
    }
}

/// Whole days on which an office is closed once: a move, a strike, the days between Christmas and New Year.
public struct Closure: Sendable, Hashable, Codable {
    /// Why, for messages about deadlines.
    public let name: LocalizedText

    /// First day.
    public let first: CalendarDay

    /// Last day; the same as the first or later.
    public let last: CalendarDay

    /// Longest closure, in days; a longer one is a slip of the pen.
    public static let longest = 366

    /// A closure that ends before it begins, or goes on for more than a year.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// First day given.
        public let first: CalendarDay
        /// Last day given.
        public let last: CalendarDay

        /// The fault and what would be right.
        public var description: String {
            "a closure from \(first) to \(last) is not possible; it runs forward and at most \(Closure.longest) days"
        }
    }

    /// Makes a closure; both days are part of it.
    /// - Throws: ``Invalid`` when it ends before it begins, or goes on for more than a year.
    public init(name: LocalizedText, first: CalendarDay, last: CalendarDay) throws(Invalid) {
        guard (0..<Self.longest).contains(first.days(to: last)) else {
            throw Invalid(first: first, last: last)
        }
        self.name = name
        self.first = first
        self.last = last
    }

    private enum CodingKeys: String, CodingKey {
        case name, first, last
    }

    /// Reads and checks.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: try container.decode(LocalizedText.self, forKey: .name),
            first: try container.decode(CalendarDay.self, forKey: .first),
            last: try container.decode(CalendarDay.self, forKey: .last)
        )
    }
}
