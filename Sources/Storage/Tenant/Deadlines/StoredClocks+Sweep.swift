public import Domain
public import Foundation
import Postgres

/// A clock whose time for a look has come, with what of its request decides who is told.
public struct DueClock: Sendable {
    /// The request.
    public let reference: RequestReference
    /// The clock.
    public let clock: RequestClock
    /// How urgent.
    public let priority: Priority
    /// The department that has it.
    public let department: String?
    /// Whom it was given to by name.
    public let assigned: RequestOwner?
    /// Whether alarms are given here: it is open, and not another body's.
    public let isOurs: Bool
}

/// What a look at a clock came to.
public struct SweptClock: Sendable {
    /// The request.
    public let reference: RequestReference
    /// The clock as it is now.
    public let clock: RequestClock

    /// A clock that was looked at.
    public init(reference: RequestReference, clock: RequestClock) {
        self.reference = reference
        self.clock = clock
    }
}

extension StoredClocks {
    /// Locks clocks whose next alarm has come, the longest overdue first; what somebody else holds is left for the next time.
    ///
    /// The request's row is held against change, so that what is decided here is decided about what is there.
    public func claimDue(at now: Date, limit: Int) async throws -> [DueClock] {
        let rows = try await transaction.all(
            """
            SELECT request_clock.service_request_id, \(Self.claimed), priority, department, standing, status,
                (SELECT owner FROM request_owner
                    WHERE request_owner.service_request_id = request_clock.service_request_id) AS owner
            FROM request_clock
            JOIN service_request ON service_request.service_request_id = request_clock.service_request_id
            WHERE alarm_at <= \(now)
            ORDER BY alarm_at, request_clock.service_request_id
            LIMIT \(limit)
            FOR UPDATE OF request_clock SKIP LOCKED
            FOR KEY SHARE OF service_request SKIP LOCKED
            """
        )
        return try rows.map { row in
            let standing: ServiceRequest.Standing = try row.word("standing")
            return DueClock(
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                clock: try RequestClock(row),
                priority: try row.word("priority"),
                department: try row.decode("department"),
                assigned: try row.jsonIfPresent("owner")?.decoded(),
                isOurs: try row.decode("status", as: String.self) == "open" && standing != .mirrored
            )
        }
    }

    /// Saves what a look came to, all in one statement.
    public func save(_ swept: [SweptClock]) async throws {
        guard !swept.isEmpty else { return }
        try await transaction.queue(
            """
            UPDATE request_clock
            SET breached_at = swept.breached_at, new_date_at = swept.new_date_at,
                alarmed_until = swept.alarmed_until, alarm_at = swept.alarm_at
            FROM unnest(
                \(swept.map(\.reference.rawValue)), \(swept.map(\.clock.kind.rawValue)), \(swept.map(\.clock.round)),
                \(swept.map(\.clock.breachedAt)), \(swept.map(\.clock.newDate)), \(swept.map(\.clock.alarmedUntil)),
                \(swept.map(\.clock.alarmAt))
            ) AS swept (service_request_id, clock, round, breached_at, new_date_at, alarmed_until, alarm_at)
            WHERE request_clock.service_request_id = swept.service_request_id
                AND request_clock.clock = swept.clock
                AND request_clock.round = swept.round
            """
        )
    }

    /// When the next clock wants a look; nil when none does.
    public func nextAlarm() async throws -> Date? {
        let row = try await transaction.first(
            """
            SELECT min(alarm_at) AS next_alarm
            FROM request_clock
            WHERE alarm_at IS NOT NULL
            """
        )
        return try row?.decode("next_alarm", as: Date?.self) ?? nil
    }

    private static let claimed: SQL = """
        clock, round, started_at, half_units, unit, request_clock.sla_version, request_clock.calendar_version, base_due_at,
        due_at, pauses, met_at, breached_at, new_date_at, alarmed_until, alarm_at
        """
}
