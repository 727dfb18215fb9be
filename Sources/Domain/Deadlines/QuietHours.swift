public import Foundation

/// Hours in which nobody is disturbed for what can wait; an alarm that falls into them is sent when they end.
public struct QuietHours: Sendable, Hashable, Codable {
    /// When they begin.
    public let from: TimeOfDay

    /// When they end; earlier than ``from`` when they go over midnight.
    public let to: TimeOfDay

    /// Priorities they hold for.
    public let priorities: [Priority]

    /// Quiet hours.
    public init(from: TimeOfDay, to: TimeOfDay, priorities: [Priority] = [.p3, .p4]) {
        self.from = from
        self.to = to
        self.priorities = priorities
    }

    /// Nine in the evening to seven in the morning, for P3 and P4.
    public static let standard = QuietHours(
        from: TimeOfDay(trustedMinutes: 21 * 60),
        to: TimeOfDay(trustedMinutes: 7 * 60)
    )

    /// When an alarm of an instant may be sent: at once, or when the quiet hours it falls into have ended.
    public func release(_ instant: Date, priority: Priority, in timeZone: TimeZone) -> Date {
        guard priorities.contains(priority), from != to else { return instant }
        let local = LocalTime(instant, in: timeZone)
        let minutes = Int(local.seconds / 60)
        let isOverMidnight = to < from
        let isQuiet =
            isOverMidnight
            ? minutes >= from.minutes || minutes < to.minutes
            : minutes >= from.minutes && minutes < to.minutes
        guard isQuiet else { return instant }
        let day = isOverMidnight && minutes >= from.minutes ? local.day.adding(days: 1) : local.day
        return max(instant, LocalTime(day, to).instant(in: timeZone))
    }
}
