public import Domain
public import Foundation
import Postgres

/// An old number with the calls that still reach it.
public struct LegacyTraffic: Sendable, Hashable, Codable {
    /// The number.
    public let number: NationalNumber

    /// The day, in the hub's zone.
    public let day: CalendarDay

    /// Calls on that day; greater than zero.
    public let calls: Int
}

/// Termination numbers, and the old numbers of bodies with the calls that still reach them.
public struct TelephoneNumbers {
    let transaction: HubTransaction

    /// The numbers of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a termination number; an entry of the same number that is open ends where this one begins.
    public func add(_ entry: TerminationNumber) async throws {
        var exchange: String?
        var jurisdiction: String?
        switch entry.target {
        case .exchange(let name): exchange = name.rawValue
        case .tenant(let id): jurisdiction = id.rawValue
        }
        try await transaction.queue(
            """
            DELETE FROM hub.termination_number
            WHERE number = \(entry.number.e164)
                AND valid_from >= \(entry.from)
            """
        )
        try await transaction.queue(
            """
            UPDATE hub.termination_number
            SET valid_until = \(entry.from)
            WHERE number = \(entry.number.e164)
                AND (valid_until IS NULL OR valid_until > \(entry.from))
            """
        )
        try await transaction.queue(
            """
            INSERT INTO hub.termination_number
                (number, exchange_area, jurisdiction_id, valid_from, valid_until, note)
            VALUES
                (\(entry.number.e164), \(exchange), \(jurisdiction), \(entry.from), \(entry.until), \(entry.note))
            """
        )
    }

    /// All termination numbers, by number and time.
    public func terminations() async throws -> [TerminationNumber] {
        try await transaction.all(
            """
            SELECT number, exchange_area, jurisdiction_id, valid_from, valid_until, note
            FROM hub.termination_number
            ORDER BY number, valid_from
            """
        ).map { row in
            let target: TerminationNumber.Target =
                if let name = try row.decode("exchange_area", as: String?.self) {
                    .exchange(ExchangeName(trusted: name))
                } else { .tenant(JurisdictionID(trusted: try row.decode("jurisdiction_id"))) }
            return TerminationNumber(
                number: try row.number("number"),
                target: target,
                from: try row.decode("valid_from"),
                until: try row.decode("valid_until"),
                note: try row.decode("note")
            )
        }
    }

    /// Queues an old number; false is never said: what was recorded of it before is replaced.
    public func put(_ number: LegacyNumber, now: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.legacy_number
                (number, jurisdiction_id, exchange_area, retires_on, note, recorded_at)
            VALUES
                (\(number.number.e164), \(number.jurisdiction.rawValue), \(number.exchange?.rawValue),
                \(number.retiresOn.map { PostgresDay($0) }), \(number.note), \(now))
            ON CONFLICT (number) DO UPDATE
            SET jurisdiction_id = excluded.jurisdiction_id, exchange_area = excluded.exchange_area,
                retires_on = excluded.retires_on, note = excluded.note, recorded_at = excluded.recorded_at
            """
        )
    }

    /// Sets the day an old number is given up; false when it is in no register, or another body's.
    public func retire(
        _ number: NationalNumber,
        of jurisdiction: JurisdictionID?,
        on day: CalendarDay
    ) async throws -> Bool {
        let owner: String? = jurisdiction?.rawValue
        let count = try await transaction.change(
            """
            UPDATE hub.legacy_number
            SET retires_on = \(PostgresDay(day))
            WHERE number = \(number.e164)
                AND (\(owner)::text IS NULL OR jurisdiction_id = \(owner))
            """
        )
        return count == 1
    }

    /// The old numbers of one body, or of all, by number.
    public func legacyNumbers(of jurisdiction: JurisdictionID? = nil) async throws -> [LegacyNumber] {
        let owner: String? = jurisdiction?.rawValue
        return try await transaction.all(
            """
            SELECT number, jurisdiction_id, exchange_area, retires_on, note
            FROM hub.legacy_number
            WHERE \(owner)::text IS NULL OR jurisdiction_id = \(owner)
            ORDER BY number
            """
        ).map { row in
            LegacyNumber(
                number: try row.number("number"),
                jurisdiction: JurisdictionID(trusted: try row.decode("jurisdiction_id")),
                exchange: try row.decode("exchange_area", as: String?.self).map(ExchangeName.init(trusted:)),
                retiresOn: try row.dayIfPresent("retires_on"),
                note: try row.decode("note")
            )
        }
    }

    /// Queues calls that reached old numbers, added to what was counted before.
    public func count(_ traffic: [(number: NationalNumber, day: CalendarDay, calls: Int)]) async throws {
        guard !traffic.isEmpty else { return }
        try await transaction.queue(
            """
            INSERT INTO hub.legacy_call
                (number, day, calls)
            SELECT number, day, calls
            FROM unnest(
                \(traffic.map(\.number.e164)), \(traffic.map { PostgresDay($0.day) }), \(traffic.map { Int64($0.calls) })
            ) AS counted (number, day, calls)
            ON CONFLICT (number, day) DO UPDATE
            SET calls = legacy_call.calls + excluded.calls
            """
        )
    }

    /// Calls still arriving, by number and day, from a day on.
    public func traffic(since day: CalendarDay) async throws -> [LegacyTraffic] {
        try await transaction.all(
            """
            SELECT number, day, calls
            FROM hub.legacy_call
            WHERE day >= \(PostgresDay(day))
            ORDER BY number, day
            """
        ).map { row in
            LegacyTraffic(
                number: try row.number("number"),
                day: try row.day("day"),
                calls: try row.decode("calls")
            )
        }
    }
}

extension Row {
    /// A number in international form.
    fileprivate func number(_ column: String) throws -> NationalNumber {
        try NationalNumber(try decode(column, as: String.self))
    }
}
