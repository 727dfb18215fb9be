public import Foundation

/// Who is told what, and when, while a clock runs and after it has run out.
///
/// Data of each tenant; the standard is the region's recommendation.
public struct EscalationLadder: Sendable, Hashable, Codable {
    /// The steps; in any order.
    public let rungs: [Rung]

    /// One step.
    public struct Rung: Sendable, Hashable, Codable {
        /// When it is reached.
        public let trigger: Trigger

        /// Priorities it holds for; empty means all.
        public let priorities: [Priority]

        /// Who is told.
        public let tells: [RoleAddress]

        /// Whether the requester is told that it is late, with a new date; only the complete clock does that.
        public let tellsRequester: Bool

        /// One step.
        public init(
            _ trigger: Trigger,
            priorities: [Priority] = [],
            tells: [RoleAddress],
            tellsRequester: Bool = false
        ) {
            self.trigger = trigger
            self.priorities = priorities
            self.tells = tells
            self.tellsRequester = tellsRequester
        }

        private enum CodingKeys: String, CodingKey {
            case trigger, priorities, tells
            case tellsRequester = "tells_requester"
        }
    }

    /// When a step is reached.
    public enum Trigger: Sendable, Hashable, Codable {
        /// So much of the time allowed is used up; 100 is the due time.
        case percent(Int)
        /// So many elapsed minutes without anybody having read it.
        case unansweredMinutes(Int)

        /// The step's name in stored alarms: `75%`, `10min`.
        public var name: String {
            switch self {
            case .percent(let percent): "\(percent)%"
            case .unansweredMinutes(let minutes): "\(minutes)min"
            }
        }
    }

    /// A step of one clock with its instant.
    public struct Step: Sendable, Hashable {
        /// The step.
        public let rung: Rung
        /// When it is reached.
        public let at: Date
    }

    /// A ladder.
    public init(rungs: [Rung]) {
        self.rungs = rungs
    }

    /// The region's recommendation.
    ///
    /// 75 % the one who has it; 100 % the supervisor and the requester; 150 % the head of department; 200 % the administrators. A P1
    /// nobody has read: duty phone after 10 minutes, second duty after 20, the hub's supervisor after 30.
    public static let standard = EscalationLadder(rungs: [
        Rung(.percent(75), tells: [.owner]),
        Rung(.percent(100), tells: [.supervisor], tellsRequester: true),
        Rung(.percent(150), tells: [.departmentHead]),
        Rung(.percent(200), tells: [.tenantAdministrator]),
        Rung(.unansweredMinutes(10), priorities: [.p1], tells: [.duty]),
        Rung(.unansweredMinutes(20), priorities: [.p1], tells: [.secondDuty]),
        Rung(.unansweredMinutes(30), priorities: [.p1], tells: [.hubSupervisor]),
    ])

    /// Steps of one clock of a request, with the instants as known now.
    public func steps(
        of clock: RequestClock,
        priority: Priority,
        in calendar: BusinessCalendar,
        asOf now: Date
    ) -> [Step] {
        rungs(for: clock.kind, priority: priority).map { rung in
            let at =
                switch rung.trigger {
                case .percent(let percent): clock.clock.instant(ofPercent: percent, in: calendar, asOf: now)
                case .unansweredMinutes(let minutes): clock.clock.instant(ofMinutes: minutes, in: calendar, asOf: now)
                }
            return Step(rung: rung, at: at)
        }
    }

    /// The first step of a clock that has just started; only the lowest share is worked out.
    func first(for clock: RequestClock, priority: Priority, in calendar: BusinessCalendar) -> Date? {
        var percent: Int?
        var minutes: Int?
        for rung in rungs(for: clock.kind, priority: priority) {
            switch rung.trigger {
            case .percent(let share): percent = min(percent ?? share, share)
            case .unansweredMinutes(let count): minutes = min(minutes ?? count, count)
            }
        }
        let start = clock.clock.startedAt
        return [
            percent.map { clock.clock.instant(ofPercent: $0, in: calendar, asOf: start) },
            minutes.map { start.addingTimeInterval(Double($0) * 60) }, clock.due,
        ].compactMap(\.self).min()
    }

    /// Minutes count while nobody has read it: the complete clock has shares only.
    private func rungs(for kind: RequestClock.Kind, priority: Priority) -> [Rung] {
        rungs.filter { rung in
            guard rung.priorities.isEmpty || rung.priorities.contains(priority) else { return false }
            return if case .unansweredMinutes = rung.trigger { kind != .complete } else { true }
        }
    }
}
