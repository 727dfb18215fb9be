/// Works out which days of a calendar are off, remembering each year it has worked out.
///
/// Lives for one computation, so that a calendar stays an immutable value.
struct DaysOff {
    private let calendar: BusinessCalendar
    private var years: [Int: Year] = [:]

    private struct Year {
        var off: Set<CalendarDay> = []
        var short: [CalendarDay: OpenSpan] = [:]
    }

    init(_ calendar: BusinessCalendar) {
        self.calendar = calendar
    }

    /// Hours of one day; empty when closed.
    mutating func hours(on day: CalendarDay) -> [OpenSpan] {
        guard let ordinary = calendar.weeklyHours[day.weekday] else { return [] }
        let year = remembered(day.year)
        guard !year.off.contains(day) else { return [] }
        guard !calendar.closures.contains(where: { $0.first <= day && day <= $0.last }) else {
            return []
        }
        guard let short = year.short[day] else { return ordinary }
        return ordinary.compactMap { $0.intersection(short) }
    }

    /// Days off of one year, observed ones that spill over from the year before included.
    mutating func observed(in year: Int) -> Set<CalendarDay> {
        remembered(year).off
    }

    private mutating func remembered(_ year: Int) -> Year {
        if let known = years[year] { return known }
        var found = Year()
        found.off = daysOff(around: year).filter { $0.year == year }
        for short in calendar.shortDays {
            guard let day = short.rule.day(in: year) else { continue }
            let earlier = found.short[day]
            found.short[day] = earlier.flatMap { $0.intersection(short.hours) } ?? short.hours
        }
        years[year] = found
        return found
    }

    /// The holidays of a year and of the one before, whose last ones may be observed in this, and the days that stand for them.
    ///
    /// Earlier holidays choose first, and no observed day is ever a holiday itself: with Christmas on a Saturday,
    /// Monday stands for Christmas and Tuesday for Boxing Day; with Christmas on a Sunday, Monday is Boxing Day and
    /// Tuesday stands for Christmas.
    private func daysOff(around year: Int) -> Set<CalendarDay> {
        let days = [year - 1, year].flatMap { year in
            calendar.holidays.compactMap { holiday in holiday.rule.day(in: year).map { (holiday, $0) } }
        }
        var off = Set(days.map(\.1))
        let next = Set(calendar.holidays.compactMap { $0.rule.day(in: year + 1) })
        for (holiday, day) in days.sorted(by: { $0.1 < $1.1 }) {
            guard holiday.observed == .nextWorkingDay, calendar.weeklyHours[day.weekday] == nil else { continue }
            let observed = (1...60).lazy.map { day.adding(days: $0) }.first { [off] candidate in
                calendar.weeklyHours[candidate.weekday] != nil && !off.contains(candidate) && !next.contains(candidate)
            }
            if let observed { off.insert(observed) }
        }
        return off
    }
}
