public import Domain
public import Foundation
import Postgres

/// Notices to carriers, with what came of them.
public struct CarrierNotices {
    let transaction: HubTransaction

    /// The register of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Stores a notice; one to the same carrier of the same day for the same exchange is completed, nothing known is lost.
    ///
    /// - Returns: its number.
    public func put(_ notice: CarrierNotice, now: Date) async throws -> Int {
        let row = try await transaction.first(
            """
            INSERT INTO hub.carrier_notice
                (exchange_area, carrier, noticed_on, activated_on, test_called_at, test_result, fee_cents, note,
                recorded_at)
            VALUES
                (\(notice.exchange.rawValue), \(notice.carrier), \(PostgresDay(notice.noticedOn)),
                \(notice.activatedOn.map { PostgresDay($0) }), \(notice.testCalledAt), \(notice.testResult?.rawValue),
                \(notice.feeCents.map { Int64($0) }), \(notice.note), \(now))
            ON CONFLICT (exchange_area, carrier, noticed_on) DO UPDATE
            SET activated_on = coalesce(excluded.activated_on, carrier_notice.activated_on),
                test_called_at = coalesce(excluded.test_called_at, carrier_notice.test_called_at),
                test_result = coalesce(excluded.test_result, carrier_notice.test_result),
                fee_cents = coalesce(excluded.fee_cents, carrier_notice.fee_cents),
                note = CASE WHEN excluded.note = '' THEN carrier_notice.note ELSE excluded.note END,
                recorded_at = excluded.recorded_at
            RETURNING notice
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a new notice") }
        return try row.decode("notice")
    }

    /// Every notice, by exchange, carrier and day.
    public func all() async throws -> [CarrierNotice] {
        try await transaction.all(
            """
            SELECT notice, exchange_area, carrier, noticed_on, activated_on, test_called_at, test_result, fee_cents, note
            FROM hub.carrier_notice
            ORDER BY exchange_area, carrier, noticed_on
            """
        ).map { row in
            CarrierNotice(
                id: try row.decode("notice"),
                exchange: ExchangeName(trusted: try row.decode("exchange_area")),
                carrier: try row.decode("carrier"),
                noticedOn: try row.day("noticed_on"),
                activatedOn: try row.dayIfPresent("activated_on"),
                testCalledAt: try row.decode("test_called_at"),
                testResult: try row.wordIfPresent("test_result"),
                feeCents: try row.decode("fee_cents", as: Int?.self),
                note: try row.decode("note")
            )
        }
    }
}
