public import Domain
public import Foundation
import Postgres

/// An alarm that was given: a step of the ladder that a clock has reached.
public struct DeadlineAlarm: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID
    /// The request.
    public let reference: RequestReference
    /// The clock.
    public let kind: RequestClock.Kind
    /// Its round.
    public let round: Int
    /// Name of the step: `75%`, `10min`.
    public let step: String
    /// When the step was reached.
    public let reachedAt: Date
    /// When it was noticed.
    public let notedAt: Date
    /// When people are told; later than ``notedAt`` where quiet hours hold it back.
    public let deliverAt: Date
    /// The department it concerns.
    public let department: String?
    /// Who is told.
    public let recipients: [RequestOwner]
    /// Whether the requester is told that it is late.
    public let tellsRequester: Bool
    /// Whether it still asks for somebody's attention.
    public let state: State
    /// Who has seen to it.
    public let acknowledgedBy: String?

    /// States of an alarm.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// It asks for attention. Goes to `superseded`, `acknowledged`.
        case open
        /// A later step of the same clock has been reached, or was reached at the same look.
        case superseded
        /// Somebody has seen to it.
        case acknowledged
    }

    /// An alarm.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        kind: RequestClock.Kind,
        round: Int,
        step: String,
        reachedAt: Date,
        notedAt: Date,
        deliverAt: Date,
        department: String?,
        recipients: [RequestOwner],
        tellsRequester: Bool,
        state: State = .open,
        acknowledgedBy: String? = nil
    ) {
        self.id = id
        self.reference = reference
        self.kind = kind
        self.round = round
        self.step = step
        self.reachedAt = reachedAt
        self.notedAt = notedAt
        self.deliverAt = deliverAt
        self.department = department
        self.recipients = recipients
        self.tellsRequester = tellsRequester
        self.state = state
        self.acknowledgedBy = acknowledgedBy
    }
}

/// The alarms of this tenant.
public struct DeadlineAlarms {
    let transaction: TenantTransaction

    /// The alarms of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Writes down alarms and returns the ids of those that are new; a step of a clock is alarmed once, whoever looks again.
    public func give(_ alarms: [DeadlineAlarm]) async throws -> Set<UUID> {
        guard !alarms.isEmpty else { return [] }
        let recipients = try alarms.map { try StoredJSON($0.recipients).text }
        let rows = try await transaction.all(
            """
            INSERT INTO deadline_alarm
                (alarm_id, service_request_id, clock, round, step, reached_at, noted_at, deliver_at, department,
                recipients, tells_requester, state)
            SELECT alarm_id, service_request_id, clock, round, step, reached_at, noted_at, deliver_at, department,
                recipients::jsonb, tells_requester, state
            FROM unnest(
                \(alarms.map(\.id)), \(alarms.map(\.reference.rawValue)), \(alarms.map(\.kind.rawValue)),
                \(alarms.map(\.round)), \(alarms.map(\.step)), \(alarms.map(\.reachedAt)), \(alarms.map(\.notedAt)),
                \(alarms.map(\.deliverAt)), \(alarms.map(\.department)), \(recipients),
                \(alarms.map(\.tellsRequester)), \(alarms.map(\.state.rawValue))
            ) AS given (alarm_id, service_request_id, clock, round, step, reached_at, noted_at, deliver_at, department,
                recipients, tells_requester, state)
            ON CONFLICT (service_request_id, clock, round, step) DO NOTHING
            RETURNING alarm_id
            """
        )
        let new = try Set(rows.map { try $0.decode("alarm_id", as: UUID.self) })
        let given = alarms.filter { new.contains($0.id) && $0.state == .open }
        if !given.isEmpty {
            try await transaction.queue(
                """
                UPDATE deadline_alarm
                SET state = 'superseded'
                FROM unnest(\(given.map(\.reference.rawValue)), \(given.map(\.kind.rawValue)), \(given.map(\.id)))
                    AS newer (service_request_id, clock, alarm_id)
                WHERE deadline_alarm.service_request_id = newer.service_request_id
                    AND deadline_alarm.clock = newer.clock
                    AND deadline_alarm.alarm_id <> newer.alarm_id
                    AND deadline_alarm.state = 'open'
                """
            )
        }
        return new
    }

    /// Alarms that ask for attention, the latest first; of some departments, or of all.
    public func open(departments: [String]? = nil, limit: Int = 200) async throws -> [DeadlineAlarm] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM deadline_alarm
            WHERE state = 'open'
                AND (\(departments)::text[] IS NULL OR department = ANY (\(departments ?? [])))
                AND EXISTS (
                    SELECT 1
                    FROM service_request
                    WHERE service_request.service_request_id = deadline_alarm.service_request_id
                        AND status = 'open'
                )
            ORDER BY noted_at DESC, alarm_id
            LIMIT \(limit)
            """
        )
        return try rows.map { try DeadlineAlarm($0) }
    }

    /// Every alarm of a request, the oldest first.
    public func of(_ reference: RequestReference) async throws -> [DeadlineAlarm] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM deadline_alarm
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY reached_at, step
            """
        )
        return try rows.map { try DeadlineAlarm($0) }
    }

    /// Somebody has seen to it; false when it asks for nothing any more, or there is none of that id.
    public func acknowledge(_ id: UUID, by actor: String, at now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE deadline_alarm
            SET state = 'acknowledged', acknowledged_at = \(now), acknowledged_by = \(actor)
            WHERE alarm_id = \(id)
                AND state = 'open'
            """
        )
        return count == 1
    }

    /// Alarms whose requesters have not been told yet, the oldest first.
    public func untold(limit: Int) async throws -> [DeadlineAlarm] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM deadline_alarm
            WHERE tells_requester
                AND told_requester_at IS NULL
            ORDER BY noted_at
            LIMIT \(limit)
            """
        )
        return try rows.map { try DeadlineAlarm($0) }
    }

    /// Notes that the requester was told; false when that was noted before.
    public func told(_ id: UUID, at now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE deadline_alarm
            SET told_requester_at = \(now)
            WHERE alarm_id = \(id)
                AND told_requester_at IS NULL
            """
        )
        return count == 1
    }

    private static let columns: SQL = """
        alarm_id, service_request_id, clock, round, step, reached_at, noted_at, deliver_at, department, recipients,
        tells_requester, state, acknowledged_by
        """
}

extension DeadlineAlarm {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("alarm_id"),
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            kind: try row.word("clock"),
            round: try row.decode("round"),
            step: try row.decode("step"),
            reachedAt: try row.decode("reached_at"),
            notedAt: try row.decode("noted_at"),
            deliverAt: try row.decode("deliver_at"),
            department: try row.decode("department"),
            recipients: try row.decodeJSON("recipients"),
            tellsRequester: try row.decode("tells_requester"),
            state: try row.word("state"),
            acknowledgedBy: try row.decode("acknowledged_by")
        )
    }
}
