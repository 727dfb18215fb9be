/// How the day of a holiday is found in any year.
public enum HolidayRule: Sendable, Hashable, Codable {
    /// The same date each year: Canada Day is 1 July. 29 February exists in leap years only.
    case fixed(month: Int, day: Int)
    /// The first, second … such weekday of a month; -1 is the last: Labour Day is the first Monday of September.
    case nthWeekday(Int, Weekday, month: Int)
    /// The last such weekday up to and including a date: Victoria Day is the Monday on or before 24 May.
    case weekdayOnOrBefore(Weekday, month: Int, day: Int)
    /// Days after Easter Sunday, negative before it: Good Friday is -2.
    case easter(offset: Int)

    /// The day in a year; nil when the year has none (a fifth Monday, 29 February).
    public func day(in year: Int) -> CalendarDay? {
        switch self {
        case .fixed(let month, let day):
            return try? CalendarDay(year: year, month: month, day: day)
        case .nthWeekday(let ordinal, let weekday, let month):
            return Self.nth(ordinal, weekday, month: month, year: year)
        case .weekdayOnOrBefore(let weekday, let month, let day):
            guard let last = try? CalendarDay(year: year, month: month, day: day) else { return nil }
            return (0..<7).lazy.map { last.adding(days: -$0) }.first { $0.weekday == weekday }
        case .easter(let offset):
            return Self.easterSunday(in: year)?.adding(days: offset)
        }
    }

    /// Easter Sunday of the Western churches (Gregorian computus of Meeus, Jones and Butcher).
    public static func easterSunday(in year: Int) -> CalendarDay? {
        let (century, yearOfCentury) = (year / 100, year % 100)
        let golden = year % 19
        let correction = (8 * century + 13) / 25
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekdayShift =
            (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * weekdayShift) / 451
        let month = (epact + weekdayShift - 7 * late + 114) / 31
        let day = (epact + weekdayShift - 7 * late + 114) % 31 + 1
        return try? CalendarDay(year: year, month: month, day: day)
    }

    private static func nth(_ ordinal: Int, _ weekday: Weekday, month: Int, year: Int) -> CalendarDay? {
        guard (1...12).contains(month), (1...9999).contains(year) else { return nil }
        guard let first = try? CalendarDay(year: year, month: month, day: 1), ordinal != 0 else { return nil }
        let week = Weekday.week
        guard let here = week.firstIndex(of: first.weekday), let wanted = week.firstIndex(of: weekday) else {
            return nil
        }
        // Days of the month that are this weekday: `start`, `start` + 7 and so on.
        let start = 1 + (wanted - here + 7) % 7
        let length = CalendarDay.length(ofMonth: month, year: year)
        let last = start + (length - start) / 7 * 7
        let day = ordinal > 0 ? start + (ordinal - 1) * 7 : last + (ordinal + 1) * 7
        return (start...last).contains(day) ? try? CalendarDay(year: year, month: month, day: day) : nil
    }
}
