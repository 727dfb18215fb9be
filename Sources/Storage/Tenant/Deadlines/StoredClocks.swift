public import Domain
public import Foundation
import Postgres

/// The clocks of this tenant's requests, one row for each clock and round.
public struct StoredClocks {
    let transaction: TenantTransaction

    /// The clocks of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues clocks that start; one that is there already (an offer that came twice) stays as it is.
    public func start(_ clocks: [RequestClock], of reference: RequestReference) async throws {
        guard !clocks.isEmpty else { return }
        try await transaction.queue(
            """
            INSERT INTO request_clock
                (service_request_id, clock, round, started_at, half_units, unit, sla_version, calendar_version,
                base_due_at, due_at, alarmed_until, alarm_at)
            SELECT \(reference.rawValue), clock, round, started_at, half_units, unit, sla_version, calendar_version,
                due_at, due_at, started_at, alarm_at
            FROM unnest(
                \(clocks.map(\.kind.rawValue)), \(clocks.map(\.round)), \(clocks.map(\.clock.startedAt)),
                \(clocks.map(\.clock.target.halfUnits)), \(clocks.map(\.clock.target.unit.rawValue)),
                \(clocks.map(\.clock.slaVersion)), \(clocks.map(\.calendarVersion)), \(clocks.map(\.due)),
                \(clocks.map(\.alarmAt))
            ) AS new (clock, round, started_at, half_units, unit, sla_version, calendar_version, due_at, alarm_at)
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// Clocks of the latest round of a request, by kind; empty when it has none.
    public func latest(of reference: RequestReference) async throws -> [RequestClock] {
        try await latest(of: [reference])[reference] ?? []
    }

    /// Clocks of the latest round of some requests; requests without any are left out.
    public func latest(of references: [RequestReference]) async throws -> [RequestReference: [RequestClock]] {
        let rows = try await transaction.all(
            """
            SELECT DISTINCT ON (service_request_id, clock) service_request_id, \(Self.columns)
            FROM request_clock
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            ORDER BY service_request_id, clock, round DESC
            """
        )
        var clocks: [RequestReference: [RequestClock]] = [:]
        for row in rows {
            let reference = RequestReference(trusted: try row.decode("service_request_id"))
            clocks[reference, default: []].append(try RequestClock(row))
        }
        return clocks
    }

    /// All clocks of a request, the first round first.
    public func all(of reference: RequestReference) async throws -> [RequestClock] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM request_clock
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY round, clock
            """
        )
        return try rows.map { try RequestClock($0) }
    }

    /// Queues what became of clocks; target, start and round never change.
    public func save(_ clocks: [RequestClock], of reference: RequestReference) async throws {
        for clock in clocks {
            let pauses = try JSONValue(clock.clock.pauses)
            try await transaction.queue(
                """
                UPDATE request_clock
                SET due_at = \(clock.due), pauses = \(pauses), met_at = \(clock.clock.metAt),
                    breached_at = \(clock.breachedAt), new_date_at = \(clock.newDate),
                    alarmed_until = \(clock.alarmedUntil), alarm_at = \(clock.alarmAt)
                WHERE service_request_id = \(reference.rawValue)
                    AND clock = \(clock.kind.rawValue)
                    AND round = \(clock.round)
                """
            )
        }
    }

    /// Queues that the clocks of a request raise no alarm: it ends with another one.
    public func silence(_ reference: RequestReference) async throws {
        try await transaction.queue(
            """
            UPDATE request_clock
            SET alarm_at = NULL
            WHERE service_request_id = \(reference.rawValue)
                AND alarm_at IS NOT NULL
            """
        )
    }

    static let columns: SQL = """
        clock, round, started_at, half_units, unit, sla_version, calendar_version, base_due_at, due_at, pauses, met_at,
        breached_at, new_date_at, alarmed_until, alarm_at
        """
}

extension RequestClock {
    init(_ row: Row) throws {
        let halfUnits = try row.decode("half_units", as: Int.self)
        let unit: SLATarget.Unit = try row.word("unit")
        self.init(
            kind: try row.word("clock"),
            round: try row.decode("round"),
            clock: SLAClock(
                startedAt: try row.decode("started_at"),
                target: try SLATarget(amount: Double(halfUnits) / 2, unit),
                slaVersion: try row.decode("sla_version"),
                baseDue: try row.decode("base_due_at"),
                pauses: try row.decodeJSON("pauses"),
                metAt: try row.decode("met_at")
            ),
            calendarVersion: try row.decode("calendar_version"),
            due: try row.decode("due_at"),
            breachedAt: try row.decode("breached_at"),
            newDate: try row.decode("new_date_at"),
            alarmedUntil: try row.decode("alarmed_until"),
            alarmAt: try row.decode("alarm_at")
        )
    }
}
