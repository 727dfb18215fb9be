public import Foundation

/// One year of a business calendar, day by day where it differs from the ordinary week.
public struct CalendarYear: Sendable, Hashable, Codable {
    /// The year.
    public let year: Int
    /// Version of the calendar.
    public let version: String
    /// IANA name of the zone.
    public let timeZone: String
    /// Days off and short days, in order.
    public let days: [SpecialDay]
    /// Instants at which the clocks of the zone change.
    public let clockChanges: [Date]

    /// A day that differs from the ordinary week.
    public struct SpecialDay: Sendable, Hashable, Codable {
        /// The day.
        public let day: CalendarDay
        /// Why.
        public let name: LocalizedText
        /// Hours of the day; empty when closed.
        public let hours: [OpenSpan]
        /// Whether it stands for a holiday that fell on a day closed anyway.
        public let isObserved: Bool

        private enum CodingKeys: String, CodingKey {
            case day, name, hours
            case isObserved = "is_observed"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case year, version, days
        case timeZone = "time_zone"
        case clockChanges = "clock_changes"
    }
}

extension BusinessCalendar {
    /// What a year looks like: holidays, the days observed for them, short days, closures, changes of the clocks.
    public func year(_ year: Int) -> CalendarYear {
        var names: [CalendarDay: LocalizedText] = [:]
        for short in shortDays { if let day = short.rule.day(in: year) { names[day] = short.name } }
        for closure in closures {
            for offset in 0...closure.first.days(to: closure.last) {
                names[closure.first.adding(days: offset)] = closure.name
            }
        }
        for holiday in holidays { if let day = holiday.rule.day(in: year) { names[day] = holiday.name } }
        let observed = Set(observedHolidays(in: year))
        let standIns = observed.filter { names[$0] == nil }
        for day in standIns {
            names[day] = LocalizedText(english: "observed holiday", french: "congé observé")
        }
        let days = names.keys.filter { $0.year == year }.sorted().compactMap { day -> CalendarYear.SpecialDay? in
            guard let name = names[day] else { return nil }
            return CalendarYear.SpecialDay(
                day: day,
                name: name,
                hours: hours(on: day),
                isObserved: standIns.contains(day)
            )
        }
        return CalendarYear(
            year: year,
            version: version,
            timeZone: timeZone.identifier,
            days: days,
            clockChanges: clockChanges(in: year)
        )
    }

    private func clockChanges(in year: Int) -> [Date] {
        guard let first = try? CalendarDay(year: year, month: 1, day: 1),
            let last = try? CalendarDay(year: year, month: 12, day: 31)
        else { return [] }
        var changes: [Date] = []
        var from = LocalTime(first, seconds: 0).instant(in: timeZone)
        let end = LocalTime(last, seconds: 86_400).instant(in: timeZone)
        while let next = timeZone.nextDaylightSavingTimeTransition(after: from), next < end, next > from {
            changes.append(next)
            from = next
        }
        return changes
    }
}
