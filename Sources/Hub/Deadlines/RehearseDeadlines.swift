public import Domain
public import Foundation
import Storage

/// Computes the deadlines of past requests anew under a draft of a tenant's files; nothing is changed.
///
/// What happened stays as it was: receipt, delivery, pauses, and when each clock was met. Only the promise differs.
public struct RehearseDeadlines: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Rehearses a draft over the requests a tenant led.
    ///
    /// - Parameters:
    ///   - draft: The tenant's files as they would be.
    ///   - day: Local day whose dated entries are taken as in force all the time; nil: the last first day the draft names, or today.
    ///   - start: First instant of receipt.
    ///   - end: End of the span.
    ///   - progress: Told how many requests were looked at.
    public func callAsFunction(
        _ draft: TenantConfiguration,
        of tenant: HostedTenant,
        asOf day: CalendarDay? = nil,
        from start: Date,
        to end: Date,
        progress: (Int) -> Void = { _ in }
    ) async throws -> DeadlineRehearsal {
        let now = surroundings.now()
        let today = CalendarDay(now, in: draft.calendar.timeZone)
        let asOf = day ?? Self.lastFirstDay(of: draft, from: today)
        let frozen = Self.frozen(draft, on: asOf)
        var rehearsal = DeadlineRehearsal(tenant: tenant.id.rawValue, from: start, to: end, asOf: asOf)
        var lines: [ServiceCode: DeadlineRehearsal.Line] = [:]
        var last: (requestedAt: Date, reference: RequestReference)?
        while true {
            let after = last
            let page = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await ClockHistory(transaction).page(from: start, to: end, after: after)
            }
            for request in page {
                rehearsal.requests += 1
                guard let service = Self.service(of: request, in: frozen) else {
                    rehearsal.withoutType += 1
                    continue
                }
                var line = lines[service.code] ?? .init(service: service.code.rawValue, name: service.name)
                line.requests += 1
                Self.compare(request, service, frozen, now: now, into: &line)
                lines[service.code] = line
            }
            progress(rehearsal.requests)
            guard page.count == 1_000, let end = page.last else { break }
            last = (end.requestedAt, end.reference)
        }
        rehearsal.types = lines.sorted { $0.key < $1.key }.map(\.value)
        return rehearsal
    }

    private static func compare(
        _ request: RehearsedRequest,
        _ service: Service,
        _ draft: TenantConfiguration,
        now: Date,
        into line: inout DeadlineRehearsal.Line
    ) {
        let kept = Dictionary(request.clocks.map { ($0.kind, $0) }) { first, _ in first }
        let start = (kept[.complete] ?? kept[.review])?.clock.startedAt ?? request.requestedAt
        let promised = RequestClocks(
            service: service,
            answers: request.answers,
            roadClass: request.roadClass,
            configuration: draft,
            digest: "draft",
            received: start,
            department: request.department
        )
        line.review.add(
            before(kept[.review], now: now),
            after(
                promised.reviewTarget,
                promised.reviewDue,
                kept[.review],
                metAt: request.life.reviewedAt,
                start,
                draft,
                now
            )
        )
        line.complete.add(
            before(kept[.complete], now: now),
            after(
                promised.completeTarget,
                promised.completeDue,
                kept[.complete],
                metAt: request.life.completedAt,
                start,
                draft,
                now
            )
        )
    }

    private static func before(_ clock: RequestClock?, now: Date) -> DeadlineRehearsal.Standing {
        guard let clock else { return .noPromise }
        return standing(metAt: clock.clock.metAt, due: clock.due, isPaused: clock.clock.currentPause != nil, now: now)
    }

    private static func after(
        _ target: SLATarget?,
        _ due: Date?,
        _ kept: RequestClock?,
        metAt: Date?,
        _ start: Date,
        _ draft: TenantConfiguration,
        _ now: Date
    ) -> DeadlineRehearsal.Standing {
        guard let target, let due else { return .noPromise }
        let clock = SLAClock(
            startedAt: start,
            target: target,
            slaVersion: "draft",
            baseDue: due,
            pauses: kept?.clock.pauses ?? []
        )
        return standing(
            metAt: kept == nil ? metAt : kept?.clock.metAt,
            due: clock.due(in: draft.calendar, asOf: now),
            isPaused: clock.currentPause != nil,
            now: now
        )
    }

    private static func standing(metAt: Date?, due: Date, isPaused: Bool, now: Date) -> DeadlineRehearsal.Standing {
        if let metAt { return metAt <= due ? .inTime : .late }
        return due < now && !isPaused ? .late : .running
    }

    private static func service(of request: RehearsedRequest, in draft: TenantConfiguration) -> Service? {
        draft.catalogue.services.first { $0.code == request.service }
            ?? draft.catalogue.services.first { $0.publicType == request.publicType }
    }

    /// The latest day on which an entry of the draft begins, when it lies ahead: a draft is rehearsed as it is meant to be.
    private static func lastFirstDay(of draft: TenantConfiguration, from today: CalendarDay) -> CalendarDay {
        let days = draft.deadlinePolicy.standards.map(\.validFrom) + draft.catalogue.services.map(\.validFrom)
        return max(days.max() ?? today, today)
    }

    /// The draft with the entries of one day alone, valid for ever; seasons stay what they are.
    private static func frozen(_ draft: TenantConfiguration, on day: CalendarDay) -> TenantConfiguration {
        let policy = draft.deadlinePolicy
        let standards = policy.standards
            .filter { $0.validFrom <= day && $0.validUntil.map { day <= $0 } ?? true }
            .map {
                DeadlineStandard(
                    scope: $0.scope,
                    review: $0.review,
                    complete: $0.complete,
                    validFrom: CalendarDay(dayNumber: .min / 2)
                )
            }
        return TenantConfiguration(
            tenant: draft.tenant,
            catalogue: Catalogue(services: draft.catalogue.services.filter { $0.isValid(on: day) }),
            calendar: draft.calendar,
            forwarding: draft.forwarding,
            deadlines: DeadlinePolicy(
                standards: standards,
                pauses: policy.pauses,
                ladder: policy.ladder,
                quietHours: policy.quietHours,
                roles: policy.roles,
                weather: policy.weather,
                newDatePercent: policy.newDatePercent
            )
        )
    }
}
