public import Domain
public import Foundation
import Postgres

/// What was compared with a system outside on one day, as it was found.
public struct StoredReconciliation: Sendable, Hashable {
    /// Code of the connector.
    public let connector: String
    /// The local day whose requests were compared.
    public let day: CalendarDay
    /// How many differences there are.
    public let differences: Int
    /// The report.
    public let report: StoredJSON
    /// When it was made.
    public let madeAt: Date

    /// A report of one day.
    public init(connector: String, day: CalendarDay, differences: Int, report: StoredJSON, madeAt: Date) {
        self.connector = connector
        self.day = day
        self.differences = differences
        self.report = report
        self.madeAt = madeAt
    }
}

/// Reconciliations of this tenant's connectors, one a day each.
public struct ConnectorReconciliations {
    let transaction: TenantTransaction

    /// The reconciliations of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a report; one of the same day is replaced.
    public func put(_ stored: StoredReconciliation) async throws {
        try await transaction.queue(
            """
            INSERT INTO connector_reconciliation
                (connector, day, differences, report, made_at)
            VALUES
                (\(stored.connector), \(stored.day.description)::date, \(stored.differences), \(stored.report.value),
                \(stored.madeAt))
            ON CONFLICT (connector, day) DO UPDATE
            SET differences = excluded.differences, report = excluded.report, made_at = excluded.made_at
            """
        )
    }

    /// The report of one day; nil when none was made.
    public func read(connector: String, day: CalendarDay) async throws -> StoredReconciliation? {
        let row = try await transaction.first(
            """
            SELECT connector, day::text AS day, differences, report, made_at
            FROM connector_reconciliation
            WHERE connector = \(connector)
                AND day = \(day.description)::date
            """
        )
        return try row.map(StoredReconciliation.init)
    }

    /// The latest report of each connector, by connector.
    public func latest() async throws -> [StoredReconciliation] {
        let rows = try await transaction.all(
            """
            SELECT DISTINCT ON (connector) connector, day::text AS day, differences, report, made_at
            FROM connector_reconciliation
            ORDER BY connector, connector_reconciliation.day DESC
            """
        )
        return try rows.map(StoredReconciliation.init)
    }
}

extension StoredReconciliation {
    init(_ row: Row) throws {
        let written: String = try row.decode("day")
        guard let day = try? CalendarDay(written) else { throw StorageError.unreadable(what: "day: \(written)") }
        self.init(
            connector: try row.decode("connector"),
            day: day,
            differences: try row.decode("differences"),
            report: try row.json("report"),
            madeAt: try row.decode("made_at")
        )
    }
}
