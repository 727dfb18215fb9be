import Foundation

/// Walks through a calendar's open time from an instant on, span by span.
struct OpenTimeWalk {
    private let calendar: BusinessCalendar
    private let start: Date
    private var daysOff: DaysOff
    private var day: CalendarDay

    init(_ calendar: BusinessCalendar, from start: Date) {
        self.calendar = calendar
        self.start = start
        daysOff = DaysOff(calendar)
        day = calendar.day(of: start)
    }

    /// Whether the start lies inside a span.
    var isOpenAtStart: Bool {
        mutating get {
            spans(on: day).contains { $0.start <= start && start < $0.end }
        }
    }

    /// The instant by which `seconds` of open time have passed.
    ///
    /// Ends: the week has hours, closures are finite, and holidays never fill every week of a year.
    mutating func instant(afterOpenSeconds seconds: Double) -> Date {
        var left = seconds
        while day < Self.endOfTime {
            for span in spans(on: day) where span.end > start {
                let open = span.end.timeIntervalSince(max(span.start, start))
                guard left > open else { return max(span.start, start).addingTimeInterval(left) }
                left -= open
            }
            day = day.adding(days: 1)
        }
        return start.addingTimeInterval(seconds)
    }

    /// Open seconds from the start to `end`; zero when `end` is not later.
    mutating func openSeconds(until end: Date) -> Double {
        var total = 0.0
        let lastDay = calendar.day(of: end)
        while day <= lastDay, day < Self.endOfTime {
            for span in spans(on: day) {
                total += max(0, min(span.end, end).timeIntervalSince(max(span.start, start)))
            }
            day = day.adding(days: 1)
        }
        return total
    }

    /// Closing time of the `count`-th business day after day 0.
    ///
    /// Day 0 is the day of the start when the office has yet to close on it, else the next business day.
    mutating func closing(ofBusinessDay count: Int) -> Date {
        var left = count
        while day < Self.endOfTime {
            if let closing = spans(on: day).last?.end, closing > start {
                guard left > 0 else { return closing }
                left -= 1
            }
            day = day.adding(days: 1)
        }
        return start.addingTimeInterval(Double(count) * 86_400)
    }

    /// Number of closing times later than the start and not later than `end`.
    mutating func closings(until end: Date) -> Int {
        var count = 0
        let lastDay = calendar.day(of: end)
        while day <= lastDay, day < Self.endOfTime {
            if let closing = spans(on: day).last?.end, closing > start, closing <= end { count += 1 }
            day = day.adding(days: 1)
        }
        return count
    }

    private mutating func spans(on day: CalendarDay) -> [(start: Date, end: Date)] {
        daysOff.hours(on: day).map {
            (
                LocalTime(day, $0.from).instant(in: calendar.timeZone),
                LocalTime(day, $0.to).instant(in: calendar.timeZone)
            )
        }
    }

    /// Where counting gives up: a calendar without open time left is treated as always open from its start.
    private static let endOfTime = CalendarDay(dayNumber: 2_932_896)
}
