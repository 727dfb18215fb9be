import Domain
import Foundation
import Storage

/// Keeps the clocks of a request in step with its life, inside the transaction that changes it.
///
/// Due times are computed here and nowhere else; the columns of the request repeat them for lists and for Open311.
struct KeepClocks: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    private var policy: DeadlinePolicy { tenant.configuration.deadlinePolicy }

    // MARK: - Beginning

    /// The clocks of a request that is stored for the first time, and what this body knows of it.
    func begin(_ clocks: [RequestClock], of request: ServiceRequest, in transaction: TenantTransaction) async throws {
        try await StoredClocks(transaction).start(clocks, of: request.reference)
        try await noteAware(request, received: request.requestedAt, delivered: request.requestedAt, in: transaction)
    }

    /// A request of another body was delivered here: its clocks here start now, or go on where the offer says so.
    ///
    /// - Parameters:
    ///   - asked: The type it had at the sender; what it promises is owed where this tenant only has its catch-all.
    ///   - goesOn: Whether the due times the copy has are kept.
    ///   - isBack: Whether a copy was here before, whose clocks have ended.
    func deliver(
        _ request: inout ServiceRequest,
        asked: Service?,
        goesOn: Bool,
        isBack: Bool,
        at: Date,
        in transaction: TenantTransaction
    ) async throws {
        let stored = StoredClocks(transaction)
        let earlier = isBack ? try await stored.latest(of: request.reference) : []
        if let service = tenant.service(request.serviceCode, at: at) {
            let promising = service.isCatchAll ? asked ?? service : service
            let clocks = starting(promising, request, at: at)
            if isBack {
                request.reviewDue = clocks.reviewDue
                request.completeDue = clocks.completeDue
                request.slaVersion = clocks.slaVersion
                request.calendarVersion = tenant.calendar.version
            }
            let round = (earlier.map(\.round).max() ?? 0) + 1
            let rows = clocks.stored(
                from: at,
                round: round,
                priority: request.priority,
                tenant: tenant,
                reviewDue: goesOn ? request.reviewDue : nil,
                completeDue: goesOn ? request.completeDue : nil
            )
            try await stored.start(rows, of: request.reference)
            try await retire(earlier, of: request.reference, stored)
        }
        if !isBack {
            try await noteAware(request, received: request.requestedAt, delivered: at, in: transaction)
        }
    }

    /// A request waits in the hub's triage until a person has found out whose it is.
    func beginPlacing(
        _ reference: RequestReference,
        priority: Priority,
        due: Date,
        at: Date,
        isBack: Bool,
        in transaction: TenantTransaction
    ) async throws {
        guard let target = try? SLATarget(amount: surroundings.settings.triageBusinessHours, .businessHours) else {
            return
        }
        let stored = StoredClocks(transaction)
        let earlier = isBack ? try await stored.latest(of: reference).filter { $0.kind == .placing } : []
        let clock = RequestClock(
            starting: .placing,
            round: (earlier.map(\.round).max() ?? 0) + 1,
            at: at,
            target: target,
            due: due,
            slaVersion: "triage",
            calendar: tenant.calendar,
            ladder: policy.ladder,
            priority: priority
        )
        try await stored.start([clock], of: reference)
        try await retire(earlier, of: reference, stored)
    }

    /// Somebody has found out whose it is.
    func endPlacing(_ reference: RequestReference, at: Date, in transaction: TenantTransaction) async throws {
        let stored = StoredClocks(transaction)
        for var clock in try await stored.latest(of: reference) where clock.kind == .placing && clock.isRunning {
            clock.meet(at: at, in: try await calendar(of: clock, in: transaction))
            try await stored.save([clock], of: reference)
        }
    }

    // MARK: - Changes

    /// What a step in the request's life does to its clocks; the request's due columns follow.
    ///
    /// - Throws: ``PauseRefused`` for a pause the tenant's rules do not allow.
    func keep(
        _ effect: RequestLife.Effect,
        of request: inout ServiceRequest,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        guard !effect.clocks.isEmpty || Self.wakes.contains(effect.event) else { return }
        let stored = StoredClocks(transaction)
        var clocks = try await stored.latest(of: request.reference)
        if effect.event == .reclassified || effect.event == .relocated {
            clocks = try await adopt(clocks, of: request, at: at, in: transaction)
        }
        let before = clocks
        for change in effect.clocks {
            switch change {
            case .startBoth:
                clocks = try await restart(clocks, of: &request, at: at, stored)
            case .stopReview:
                try await meet(&clocks, at: at, in: transaction) { $0 == .review }
                if request.standing == .lead {
                    try await noteOpened(request.reference, at: at, by: actor, in: transaction)
                }
            case .stopComplete:
                try await meet(&clocks, at: at, in: transaction) { _ in true }
            case .pauseBoth(let reason):
                try await pause(&clocks, reason, of: request, at: at, in: transaction)
            case .resumeBoth:
                for index in clocks.indices where clocks[index].clock.currentPause != nil {
                    let calendar = try await calendar(of: clocks[index], in: transaction)
                    clocks[index].resume(at: at, in: calendar, ladder: policy.ladder, priority: request.priority)
                }
            }
        }
        if request.standing != .mirrored {
            for index in clocks.indices where clocks[index].isRunning && clocks[index].alarmAt == nil {
                let calendar = try await calendar(of: clocks[index], in: transaction)
                clocks[index].rearm(in: calendar, ladder: policy.ladder, priority: request.priority, asOf: at)
            }
        }
        try await stored.save(clocks.filter { !before.contains($0) }, of: request.reference)
        request.reviewDue = clocks.first { $0.kind == .review }?.due ?? request.reviewDue
        request.completeDue = clocks.first { $0.kind == .complete }?.due ?? request.completeDue
    }

    /// A person of this body has opened the request for the first time; later ones change nothing.
    func noteOpened(
        _ reference: RequestReference,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        let fact = AuthorityFact(
            body: tenant.id.rawValue,
            kind: .opened,
            at: at,
            notedAt: surroundings.second,
            source: actor
        )
        try await AuthorityFacts(transaction).note([fact], of: reference)
    }

    /// The calendar a clock was started by.
    func calendar(of clock: RequestClock, in transaction: TenantTransaction) async throws -> BusinessCalendar {
        guard clock.calendarVersion != tenant.calendar.version else { return tenant.calendar }
        return try await TenantVersions(transaction).calendar(clock.calendarVersion) ?? tenant.calendar
    }

    /// Events after which clocks that slept may have to give alarms again: another body gave the request back.
    private static let wakes: Set<RequestEvent.Kind> = [
        .handOverRefused, .handOverTimedOut, .handOverWithdrawn, .placed, .reclassified, .relocated,
    ]

    func starting(_ service: Service, _ request: ServiceRequest, at: Date) -> RequestClocks {
        RequestClocks(
            service: service,
            answers: request.answers,
            road: request.decision?.road,
            tenant: tenant,
            received: at,
            department: request.department
        )
    }

    /// Clocks that start anew count from now, by the version of the files in force now.
    private func restart(
        _ clocks: [RequestClock],
        of request: inout ServiceRequest,
        at: Date,
        _ stored: StoredClocks
    ) async throws -> [RequestClock] {
        guard let service = tenant.service(request.serviceCode, at: at) else { return clocks }
        let new = starting(service, request, at: at)
        request.reviewDue = new.reviewDue
        request.completeDue = new.completeDue
        request.slaVersion = new.slaVersion
        request.calendarVersion = tenant.calendar.version
        let round = (clocks.map(\.round).max() ?? 0) + 1
        let rows = new.stored(from: at, round: round, priority: request.priority, tenant: tenant)
        try await stored.start(rows, of: request.reference)
        let retired = clocks.filter { old in rows.contains { $0.kind == old.kind } }
        try await retire(retired, of: request.reference, stored)
        // Written already; what the loop saves afterwards are changes only.
        return clocks.filter { old in !rows.contains { $0.kind == old.kind } } + rows
    }

    /// Clocks of an earlier round give no alarm any more.
    private func retire(_ clocks: [RequestClock], of reference: RequestReference, _ stored: StoredClocks) async throws {
        let armed = clocks.filter { $0.alarmAt != nil }.map { clock in
            var clock = clock
            clock.alarmAt = nil
            return clock
        }
        try await stored.save(armed, of: reference)
    }

    private func meet(
        _ clocks: inout [RequestClock],
        at: Date,
        in transaction: TenantTransaction,
        _ isMet: (RequestClock.Kind) -> Bool
    ) async throws {
        for index in clocks.indices where clocks[index].isRunning && isMet(clocks[index].kind) {
            clocks[index].meet(at: at, in: try await calendar(of: clocks[index], in: transaction))
        }
    }

    private func pause(
        _ clocks: inout [RequestClock],
        _ reason: RequestLife.PauseReason,
        of request: ServiceRequest,
        at: Date,
        in transaction: TenantTransaction
    ) async throws {
        guard let rule = policy.pauseRule(reason) else {
            throw PauseRefused.unknownReason(reason, known: policy.pauses.map(\.reason))
        }
        switch reason {
        case .season:
            let service = tenant.service(request.serviceCode, at: at)
            guard service?.effective(request.answers).sla.seasonalPause ?? false else {
                throw PauseRefused.notSeasonal(request.serviceCode)
            }
        case .weatherEvent:
            let events = try await WeatherEvents(transaction).unsettled()
            let roadClass = request.decision?.road?.roadClass
            guard events.contains(where: { $0.isOn(at: at) && $0.suspends(part: request.part, roadClass: roadClass) })
            else { throw PauseRefused.noWeatherEvent }
        case .waitingForRequester, .waitingForOtherBody, .beforeCourt: break
        }
        for index in clocks.indices where clocks[index].isRunning && clocks[index].kind != .placing {
            let calendar = try await calendar(of: clocks[index], in: transaction)
            clocks[index].pause(reason, at: at, endsBy: calendar.due(from: at, target: rule.atMost))
        }
    }

    private func noteAware(
        _ request: ServiceRequest,
        received: Date,
        delivered: Date,
        in transaction: TenantTransaction
    ) async throws {
        let body = tenant.id.rawValue
        try await AuthorityFacts(transaction).note(
            [
                AuthorityFact(body: body, kind: .received, at: received, notedAt: delivered, source: "hub"),
                AuthorityFact(body: body, kind: .delivered, at: delivered, notedAt: delivered, source: "hub"),
            ],
            of: request.reference
        )
    }
}
