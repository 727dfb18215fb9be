public import Domain
public import Foundation
import Storage

/// Puts the clocks of a running request on the service standard in force now: an event with a reason, never a silent change.
///
/// A clock that has been met, or has run out, keeps what it was: re-basing makes nothing timely that was late.
public struct RebaseClocks: Sendable {
    /// Why nothing was re-based.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// No clock runs and is in time.
        case nothingRuns
        /// The clocks stand still.
        case paused
        /// The reason is missing or too long.
        case reason
        /// The type is not in the tenant's files any more.
        case unknownType(ServiceCode)

        /// For whoever asked.
        public var description: String {
            switch self {
            case .nothingRuns: "no clock of this request runs and is in time; what has run out stays late"
            case .paused: "the clocks stand still; resume first, then re-base"
            case .reason: "a reason of 1 to 1,000 characters is needed; it is shown to the requester"
            case .unknownType(let code): "\(code) is not among the tenant's types now; reclassify the request first"
            }
        }
    }

    /// One clock before and after.
    public struct Change: Sendable, Hashable, Codable {
        /// The clock.
        public let clock: RequestClock.Kind
        /// When it ran out.
        public let before: Date
        /// When it runs out now.
        public let after: Date
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Re-bases the running clocks of a request.
    ///
    /// - Throws: ``UnknownRequest``, ``Fault``.
    public func callAsFunction(
        _ reference: RequestReference,
        reason: LocalizedText,
        at tenant: HostedTenant,
        by actor: String
    ) async throws -> [Change] {
        guard [reason.english, reason.french].allSatisfy({ (1...1_000).contains($0.count) }) else { throw Fault.reason }
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard let request = try await ServiceRequests(transaction).readForUpdate(reference) else {
                throw UnknownRequest()
            }
            guard request.life.pause == nil else { throw Fault.paused }
            guard let service = tenant.service(request.serviceCode, at: now) else {
                throw Fault.unknownType(request.serviceCode)
            }
            let stored = StoredClocks(transaction)
            let running = try await stored.latest(of: reference)
                .filter { $0.kind != .placing && $0.isRunning && $0.breachedAt == nil && $0.due > now }
            guard !running.isEmpty, request.life.isOpen else { throw Fault.nothingRuns }
            var changes: [Change] = []
            var dues: [RequestClock.Kind: Date] = [:]
            var version = request.slaVersion
            for clock in running {
                let start = clock.clock.startedAt
                let fresh = RequestClocks(
                    service: service,
                    answers: request.answers,
                    road: request.decision?.road,
                    tenant: tenant,
                    received: start,
                    department: request.department
                )
                .stored(from: start, round: clock.round + 1, priority: request.priority, tenant: tenant)
                guard let new = fresh.first(where: { $0.kind == clock.kind }) else { continue }
                let rebased = try await put(
                    new,
                    inPlaceOf: clock,
                    priority: request.priority,
                    at: now,
                    tenant,
                    stored,
                    reference
                )
                changes.append(Change(clock: clock.kind, before: clock.due, after: rebased.due))
                dues[clock.kind] = rebased.due
                version = rebased.clock.slaVersion
            }
            let note = ChangeRequest.Note(
                actor: actor,
                at: now,
                text: reason,
                details: Self.details(changes),
                kind: .deadlineMoved
            )
            try await change(reference, note: note, in: transaction) { [dues, version] request in
                request.slaVersion = version
                request.reviewDue = dues[.review] ?? request.reviewDue
                request.completeDue = dues[.complete] ?? request.completeDue
                request.calendarVersion = tenant.calendar.version
                return request.life.noted()
            }
            return changes
        }
    }

    /// The new clock has the pauses of the old one; the old one stays as it was, without alarms.
    private func put(
        _ new: RequestClock,
        inPlaceOf old: RequestClock,
        priority: Priority,
        at now: Date,
        _ tenant: HostedTenant,
        _ stored: StoredClocks,
        _ reference: RequestReference
    ) async throws -> RequestClock {
        var rebased = RequestClock(
            kind: new.kind,
            round: new.round,
            clock: SLAClock(
                startedAt: new.clock.startedAt,
                target: new.clock.target,
                slaVersion: new.clock.slaVersion,
                baseDue: new.due,
                pauses: old.clock.pauses
            ),
            calendarVersion: new.calendarVersion,
            due: new.due,
            alarmedUntil: now,
            alarmAt: nil
        )
        rebased.due = rebased.clock.due(in: tenant.calendar, asOf: now)
        rebased.rearm(
            in: tenant.calendar,
            ladder: tenant.configuration.deadlinePolicy.ladder,
            priority: priority,
            asOf: now
        )
        var retired = old
        retired.alarmAt = nil
        try await stored.save([retired], of: reference)
        try await stored.start([rebased], of: reference)
        try await stored.save([rebased], of: reference)
        return rebased
    }

    private static func details(_ changes: [Change]) -> [String: String] {
        var details = ["reason": "rebased"]
        for change in changes {
            details["\(change.clock.rawValue)_before"] = change.before.formatted(.iso8601)
            details["\(change.clock.rawValue)_after"] = change.after.formatted(.iso8601)
            if change.clock == .complete { details["new_date"] = change.after.formatted(.iso8601) }
        }
        return details
    }
}
