public import Foundation

/// The time in which a requester may say "it is not done": until the end of the local day so many days after the end.
public struct DisputeWindow: Sendable, Hashable {
    /// First instant at which it is too late.
    public let closesAt: Date

    /// The last day on which it may be said.
    public let lastDay: CalendarDay

    /// The window after an end, by a tenant's policy and in its time zone.
    public init(after completedAt: Date, days: Int, in zone: TimeZone) {
        lastDay = CalendarDay(completedAt, in: zone).adding(days: days)
        closesAt = LocalTime(lastDay.adding(days: 1), seconds: 0).instant(in: zone)
    }

    /// Whether it may still be said.
    public func isOpen(at instant: Date) -> Bool { instant < closesAt }
}
