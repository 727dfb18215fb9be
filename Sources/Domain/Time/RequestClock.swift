public import Foundation

/// One clock of one request as it is stored: the clock itself and how far its alarms have gone.
///
/// A request that is opened again gets new clocks; the old ones stay as they ended, under their round.
public struct RequestClock: Sendable, Hashable {
    /// What runs.
    public let kind: Kind

    /// Counts from 1; one more each time the clocks start anew.
    public let round: Int

    /// Start, target, pauses and end.
    public var clock: SLAClock

    /// Version of the calendar it was started by and keeps.
    public let calendarVersion: String

    /// When it runs out, as computed at its start or when the last pause ended.
    public var due: Date

    /// When it ran out unmet, the first time; never taken back.
    public var breachedAt: Date?

    /// The date told to the requester when it had run out; the promise itself stays ``due``.
    public var newDate: Date?

    /// Alarms up to this instant have been given.
    public var alarmedUntil: Date

    /// When the sweep looks at it next; nil when there is nothing left to say.
    public var alarmAt: Date?

    /// What runs.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Until a person of the responsible body has read it.
        case review
        /// Until what the type promises has happened.
        case complete
        /// Until somebody has found out whose it is; in the hub's triage.
        case placing
    }

    /// A stored clock.
    public init(
        kind: Kind,
        round: Int = 1,
        clock: SLAClock,
        calendarVersion: String,
        due: Date,
        breachedAt: Date? = nil,
        newDate: Date? = nil,
        alarmedUntil: Date,
        alarmAt: Date?
    ) {
        self.kind = kind
        self.round = round
        self.clock = clock
        self.calendarVersion = calendarVersion
        self.due = due
        self.breachedAt = breachedAt
        self.newDate = newDate
        self.alarmedUntil = alarmedUntil
        self.alarmAt = alarmAt
    }

    /// A clock that starts now, with its due time and the first step of the ladder.
    public init(
        starting kind: Kind,
        round: Int = 1,
        at start: Date,
        target: SLATarget,
        due: Date? = nil,
        slaVersion: String,
        calendar: BusinessCalendar,
        ladder: EscalationLadder,
        priority: Priority
    ) {
        let due = due ?? calendar.due(from: start, target: target)
        let clock = SLAClock(startedAt: start, target: target, slaVersion: slaVersion, baseDue: due)
        self.init(
            kind: kind,
            round: round,
            clock: clock,
            calendarVersion: calendar.version,
            due: due,
            alarmedUntil: start,
            alarmAt: nil
        )
        alarmAt = ladder.first(for: self, priority: priority, in: calendar)
    }

    /// Whether it runs or stands still, and has not been met.
    public var isRunning: Bool { clock.metAt == nil }

    /// Stands still; nothing when it was met.
    public mutating func pause(_ reason: RequestLife.PauseReason, at instant: Date, endsBy: Date?) {
        guard isRunning else { return }
        clock.pause(reason, at: instant, endsBy: endsBy)
        alarmAt = clock.currentPause?.endsBy
    }

    /// Runs again, with what was left.
    public mutating func resume(
        at instant: Date,
        in calendar: BusinessCalendar,
        ladder: EscalationLadder,
        priority: Priority
    ) {
        clock.resume(at: instant)
        due = clock.due(in: calendar, asOf: instant)
        rearm(in: calendar, ladder: ladder, priority: priority, asOf: instant)
    }

    /// What was promised has happened.
    public mutating func meet(at instant: Date, in calendar: BusinessCalendar) {
        guard isRunning else { return }
        clock.meet(at: instant)
        due = clock.due(in: calendar, asOf: instant)
        if instant > due { breachedAt = breachedAt ?? due }
        alarmAt = nil
    }

    /// Works out anew when the next step of the ladder comes.
    public mutating func rearm(
        in calendar: BusinessCalendar,
        ladder: EscalationLadder,
        priority: Priority,
        asOf now: Date
    ) {
        guard isRunning else {
            alarmAt = nil
            return
        }
        guard clock.currentPause == nil else {
            alarmAt = clock.currentPause?.endsBy
            return
        }
        let steps = ladder.steps(of: self, priority: priority, in: calendar, asOf: now).map(\.at)
        // Running out is looked at even where no step of the ladder lies there.
        let end = breachedAt == nil ? [max(due, now)] : []
        alarmAt = (steps.filter { $0 > alarmedUntil } + end).min()
    }
}
