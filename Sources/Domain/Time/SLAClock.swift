public import Foundation

/// One of the two clocks of a request: review or complete.
///
/// Its due time is computed, never typed in.
public struct SLAClock: Sendable, Hashable, Codable {
    /// When it began to run: receipt, or delivery to the body whose clock it is.
    public let startedAt: Date

    /// The time allowed.
    public let target: SLATarget

    /// Version of the service standard the target is from; a request keeps it.
    public let slaVersion: String

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
    }

    /// A clock that begins to run.
    public init(startedAt: Date, target: SLATarget, slaVersion: String) {
        self.startedAt = startedAt
        self.target = target
        self.slaVersion = slaVersion
        pauses = []
        metAt = nil
    }

    private enum CodingKeys: String, CodingKey {
        case startedAt = "started_at"
        case target
        case slaVersion = "sla_version"
        case pauses
        case metAt = "met_at"
    }

    /// Stands still from now on; nothing when it stands still already or has been met.
    public mutating func pause(_ reason: RequestLife.PauseReason, at instant: Date) {
        guard metAt == nil, pauses.last.map({ $0.to != nil }) ?? true else { return }
        pauses.append(
            Pause(reason: reason, from: max(instant, startedAt, pauses.last?.to ?? startedAt), to: nil)
        )
    }

    /// Runs again; nothing when it does already.
    public mutating func resume(at instant: Date) {
        guard let last = pauses.indices.last, pauses[last].to == nil else { return }
        pauses[last].to = max(instant, pauses[last].from)
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
        var due = calendar.due(from: startedAt, target: target)
        for pause in pauses where pause.from < due {
            due = calendar.moved(
                due,
                by: target.unit,
                pausedFrom: pause.from,
                to: max(pause.to ?? now, pause.from)
            )
        }
        return due
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
