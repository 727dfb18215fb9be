import Domain
import Foundation
import Storage

/// Decides about a batch of clocks whose next look has come; no I/O, so that a minute's work is one read and two writes.
struct SweepBatch {
    /// Alarms to give.
    private(set) var alarms: [DeadlineAlarm] = []
    /// Clocks as they are now.
    private(set) var swept: [SweptClock] = []
    /// Requests whose longest pause has ended.
    private(set) var pausesEnded: [RequestReference] = []

    private let tenant: HostedTenant
    private let hub: HostedTenant?
    private let calendars: [String: BusinessCalendar]
    private let now: Date
    private var holders: [Holder: RequestOwner?] = [:]

    private struct Holder: Hashable {
        let role: RoleAddress
        let department: String?
    }

    private var policy: DeadlinePolicy { tenant.configuration.deadlinePolicy }

    /// A batch of a tenant at an instant.
    ///
    /// - Parameters:
    ///   - hub: The hub, whose roles a ladder may name; nil where there is none.
    ///   - calendars: Calendars by version; a clock of another version goes by the tenant's own.
    init(tenant: HostedTenant, hub: HostedTenant?, calendars: [String: BusinessCalendar], now: Date) {
        self.tenant = tenant
        self.hub = hub
        self.calendars = calendars
        self.now = now
    }

    /// Decides about one clock.
    mutating func take(_ due: DueClock) {
        var clock = due.clock
        defer { swept.append(SweptClock(reference: due.reference, clock: clock)) }
        guard due.isOurs, clock.isRunning else {
            clock.alarmAt = nil
            return
        }
        if let pause = clock.clock.currentPause {
            clock.alarmAt = pause.endsBy
            if let end = pause.endsBy, end <= now {
                pausesEnded.append(due.reference)
                // Should ending the pause fail, the next look comes a minute later, not at once again.
                clock.alarmAt = now.addingTimeInterval(60)
            }
            return
        }
        let calendar = calendars[clock.calendarVersion] ?? tenant.calendar
        let reached = policy.ladder.steps(of: clock, priority: due.priority, in: calendar, asOf: now)
            .filter { clock.alarmedUntil < $0.at && $0.at <= now }
            .sorted { $0.at < $1.at }
        if clock.due <= now { clock.breachedAt = clock.breachedAt ?? clock.due }
        let tellsRequester = clock.kind == .complete && reached.contains { $0.rung.tellsRequester }
        if tellsRequester { clock.newDate = newDate(of: clock, in: calendar) }
        clock.alarmedUntil = max(clock.alarmedUntil, now)
        clock.rearm(in: calendar, ladder: policy.ladder, priority: due.priority, asOf: now)
        for step in reached {
            give(step, isLast: step == reached.last, tellsRequester: tellsRequester, due)
        }
    }

    private mutating func give(_ step: EscalationLadder.Step, isLast: Bool, tellsRequester: Bool, _ due: DueClock) {
        let quiet = policy.quietHours
        let zone = tenant.calendar.timeZone
        alarms.append(
            DeadlineAlarm(
                reference: due.reference,
                kind: due.clock.kind,
                round: due.clock.round,
                step: step.rung.trigger.name,
                reachedAt: step.at,
                notedAt: now,
                deliverAt: quiet?.release(now, priority: due.priority, in: zone) ?? now,
                department: due.department,
                recipients: isLast ? recipients(step.rung, due) : [],
                tellsRequester: isLast && tellsRequester,
                state: isLast ? .open : .superseded
            )
        )
    }

    /// The date told when a promise is broken: a share of the time allowed, and never one that has passed itself.
    private func newDate(of clock: RequestClock, in calendar: BusinessCalendar) -> Date {
        let date = clock.clock.instant(ofPercent: policy.newDatePercent, in: calendar, asOf: now)
        return date > now ? date : calendar.due(from: now, target: clock.clock.target)
    }

    /// Everybody a step tells, each once.
    private mutating func recipients(_ rung: EscalationLadder.Rung, _ due: DueClock) -> [RequestOwner] {
        var found: [RequestOwner] = []
        for role in rung.tells {
            guard let person = person(role, due), !found.contains(where: { $0.name == person.name }) else { continue }
            found.append(person)
        }
        return found
    }

    private mutating func person(_ role: RoleAddress, _ due: DueClock) -> RequestOwner? {
        if role == .owner, due.assigned != nil {
            return FindOwner.owner(assigned: due.assigned, department: due.department, tenant: tenant, at: now)
        }
        let key = Holder(role: role, department: due.department)
        if let known = holders[key] { return known }
        let found: RequestOwner?
        if role == .owner {
            found = FindOwner.owner(assigned: nil, department: due.department, tenant: tenant, at: now)
        } else if role.isOfHub {
            found = hub.map { hub in
                hub.configuration.deadlinePolicy
                    .holder(of: role, department: nil, at: now, in: hub.calendar.timeZone) ?? FindOwner.desk(of: hub)
            }
        } else {
            let department = due.department.map(DepartmentCode.init(trusted:))
            found =
                policy.holder(of: role, department: department, at: now, in: tenant.calendar.timeZone)
                ?? FindOwner.desk(of: tenant, department: due.department)
        }
        holders[key] = found
        return found
    }
}
