public import Foundation
import Postgres

/// Signed calls of systems outside that were carried out: what comes again within their time has no effect.
public struct ConnectorCalls {
    let transaction: TenantTransaction

    /// The calls to the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// SHA-256 of the body of a call carried out before; nil when there was none of that id, or long ago.
    public func bodyHash(connector: String, id: String, now: Date) async throws -> Data? {
        try await transaction.first(
            """
            SELECT body_hash
            FROM connector_call
            WHERE connector = \(connector)
                AND call_id = \(id)
                AND kept_until > \(now)
            """
        )?.decode("body_hash")
    }

    /// Queues a call that was carried out; one of the same id that is remembered stays.
    public func put(
        connector: String,
        id: String,
        bodyHash: Data,
        receivedAt: Date,
        keptUntil: Date
    ) async throws {
        try await transaction.queue(
            """
            INSERT INTO connector_call
                (connector, call_id, body_hash, received_at, kept_until)
            VALUES
                (\(connector), \(id), \(bodyHash), \(receivedAt), \(keptUntil))
            ON CONFLICT (connector, call_id) DO NOTHING
            """
        )
    }

    /// Forgets calls whose time is over; how many.
    public func sweep(now: Date) async throws -> Int {
        try await transaction.change(
            """
            DELETE FROM connector_call
            WHERE kept_until <= \(now)
            """
        )
    }
}
