public import Foundation

/// One of the two clocks of a request: review or complete.
///
/// Its due time is computed, never typed in: once when it starts, by the standard and the calendar of that day, and again when a
/// pause ends. What is changed later in a file moves no clock that runs.
public struct SLAClock: Sendable, Hashable, Codable {
    /// When it began to run: receipt, or delivery to the body whose clock it is.
    public let startedAt: Date

    /// The time allowed.
    public let target: SLATarget

    /// Version of the service standard the target is from; a request keeps it.
    public let slaVersion: String

    /// When it would run out without any pause, as computed at its start; nil: computed anew from the target each time.
    public let baseDue: Date?

    /// Stretches in which it stood still, in order.
    public private(set) var pauses: [Pause]

    /// When it was met; nil while it runs.
    public private(set) var metAt: Date?

    /// A stretch in which a clock stands still.
    public struct Pause: Sendable, Hashable, Codable {
        /// Why; public.
        public let reason: RequestLife.PauseReason
        /// First instant.
        public let from: Date
        /// Last instant; nil while it lasts.
        public internal(set) var to: Date?
        /// When it ends at the latest, by the tenant's rule for the reason; nil where there is no such rule.
        public let endsBy: Date?

        private enum CodingKeys: String, CodingKey {
            case reason, from, to
            case endsBy = "ends_by"
        }
    }

    /// A clock that begins to run, or one that is read back.
    public init(
        startedAt: Date,
        target: SLATarget,
        slaVersion: String,
        baseDue: Date? = nil,
        pauses: [Pause] = [],
        metAt: Date? = nil
    ) {
        self.startedAt = startedAt
        self.target = target
        self.slaVersion = slaVersion
        self.baseDue = baseDue
        self.pauses = pauses
        self.metAt = metAt
    }

    private enum CodingKeys: String, CodingKey {
        case startedAt = "started_at"
        case target
        case slaVersion = "sla_version"
        case baseDue = "base_due"
        case pauses
        case metAt = "met_at"
    }

    /// The pause that lasts; nil while it runs.
    public var currentPause: Pause? { pauses.last.flatMap { $0.to == nil ? $0 : nil } }

    /// Stands still from now on; nothing when it stands still already or has been met.
    public mutating func pause(_ reason: RequestLife.PauseReason, at instant: Date, endsBy: Date? = nil) {
        guard metAt == nil, currentPause == nil else { return }
        let from = max(instant, startedAt, pauses.last?.to ?? startedAt)
        pauses.append(Pause(reason: reason, from: from, to: nil, endsBy: endsBy.map { max($0, from) }))
    }

    /// Runs again; nothing when it does already.
    ///
    /// It has run since the pause's longest time ended, however late somebody noticed.
    public mutating func resume(at instant: Date) {
        guard let last = pauses.indices.last, pauses[last].to == nil else { return }
        pauses[last].to = max(min(instant, pauses[last].endsBy ?? instant), pauses[last].from)
    }

    /// What was promised has happened; the first time counts.
    public mutating func meet(at instant: Date) {
        guard metAt == nil else { return }
        resume(at: instant)
        metAt = instant
    }

    /// The instant it runs out, as known at `now`: a pause that lasts has lasted until then.
    ///
    /// A pause that begins after the due time changes nothing: it never un-breaches.
    public func due(in calendar: BusinessCalendar, asOf now: Date) -> Date {
        moved(baseDue ?? calendar.due(from: startedAt, target: target), by: target.unit, in: calendar, asOf: now)
    }

    /// An instant of this clock as its pauses have moved it; those that began after it change nothing.
    func moved(_ instant: Date, by unit: SLATarget.Unit, in calendar: BusinessCalendar, asOf now: Date) -> Date {
        var moved = instant
        for pause in pauses where pause.from < moved {
            let end = max(pause.to ?? min(now, pause.endsBy ?? now), pause.from)
            moved = calendar.moved(moved, by: unit, pausedFrom: pause.from, to: end)
        }
        return moved
    }

    /// Whether it ran out before it was met.
    public func isBreached(in calendar: BusinessCalendar, asOf now: Date) -> Bool {
        (metAt ?? now) > due(in: calendar, asOf: now)
    }
}

extension BusinessCalendar {
    /// A due time after a pause: what was left of the time when it began is left when it ends.
    func moved(_ due: Date, by unit: SLATarget.Unit, pausedFrom from: Date, to: Date) -> Date {
        switch unit {
        case .minutes, .hours, .days, .weeks:
            return due.addingTimeInterval(to.timeIntervalSince(from))
        case .businessHours:
            return instant(from: to, afterOpenMinutes: openMinutes(from: from, to: due))
        case .businessDays:
            var counting = OpenTimeWalk(self, from: from)
            let closings = counting.closings(until: due)
            var walk = OpenTimeWalk(self, from: to)
            return walk.closing(ofBusinessDay: max(0, closings - 1))
        }
    }
}
