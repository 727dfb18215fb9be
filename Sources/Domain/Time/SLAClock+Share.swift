public import Foundation

extension SLAClock {
    /// The instant at which a share of the time allowed is used up: 100 is the due time, 150 half as long again after it.
    ///
    /// Business days and hours are shared out over open time only, so that three quarters of a business day never fall into the
    /// night; other units over elapsed time. Pauses move it as they move the due time.
    ///
    /// - Parameter percent: Greater than zero.
    public func instant(ofPercent percent: Int, in calendar: BusinessCalendar, asOf now: Date) -> Date {
        let base = baseDue ?? calendar.due(from: startedAt, target: target)
        let due = moved(base, by: target.unit, in: calendar, asOf: now)
        guard percent != 100 else { return due }
        let reached: Date
        switch target.unit {
        case .businessDays, .businessHours:
            let minutes = calendar.openMinutes(from: startedAt, to: base)
            guard minutes > 0 else { return due }
            let share = calendar.instant(from: startedAt, afterOpenMinutes: minutes * Double(percent) / 100)
            reached = moved(share, by: .businessHours, in: calendar, asOf: now)
        case .minutes, .hours, .days, .weeks:
            let share = startedAt.addingTimeInterval(base.timeIntervalSince(startedAt) * Double(percent) / 100)
            reached = moved(share, by: .hours, in: calendar, asOf: now)
        }
        return percent < 100 ? min(reached, due) : max(reached, due)
    }

    /// The instant at which so many elapsed minutes have passed since the clock began, pauses not counted.
    public func instant(ofMinutes minutes: Int, in calendar: BusinessCalendar, asOf now: Date) -> Date {
        moved(startedAt.addingTimeInterval(Double(minutes) * 60), by: .minutes, in: calendar, asOf: now)
    }
}
