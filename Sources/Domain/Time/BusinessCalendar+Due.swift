public import Foundation

extension BusinessCalendar {
    /// The instant at which a target runs out.
    ///
    /// - Business days: day 0 is the day of receipt when the office has yet to close on it, else the next business day;
    ///   due at closing time of the n-th business day after it.
    /// - Business hours: only open minutes count.
    /// - Minutes, hours: elapsed time on the absolute time line.
    /// - Days, weeks: the same wall-clock time so many days later.
    public func due(from received: Date, target: SLATarget) -> Date {
        let units = target.halfUnits / 2
        switch target.unit {
        case .minutes:
            return received.addingTimeInterval(Double(units) * 60)
        case .hours:
            return received.addingTimeInterval(Double(target.halfUnits) * 1800)
        case .businessHours:
            var walk = OpenTimeWalk(self, from: received)
            return walk.instant(afterOpenSeconds: Double(target.halfUnits) * 1800)
        case .businessDays:
            var walk = OpenTimeWalk(self, from: received)
            return walk.closing(ofBusinessDay: units)
        case .days:
            return sameLocalTime(as: received, daysLater: units)
        case .weeks:
            return sameLocalTime(as: received, daysLater: units * 7)
        }
    }

    /// Open minutes between two instants; zero when the second is not later.
    public func openMinutes(from start: Date, to end: Date) -> Double {
        var walk = OpenTimeWalk(self, from: start)
        return walk.openSeconds(until: end) / 60
    }

    /// The instant by which this many open minutes have passed.
    public func instant(from start: Date, afterOpenMinutes minutes: Double) -> Date {
        var walk = OpenTimeWalk(self, from: start)
        return walk.instant(afterOpenSeconds: minutes * 60)
    }

    private func sameLocalTime(as instant: Date, daysLater days: Int) -> Date {
        let local = LocalTime(instant, in: timeZone)
        return LocalTime(local.day.adding(days: days), seconds: local.seconds).instant(in: timeZone)
    }
}
