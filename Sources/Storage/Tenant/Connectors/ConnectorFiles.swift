public import Foundation
import Postgres

/// Numbers of the files given to a target, from 1 without a gap, so that whoever fetches them notices a missing one.
public struct ConnectorFiles {
    let transaction: TenantTransaction

    /// The files of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// The number of a delivery: the one it has, or the next.
    ///
    /// Two deliveries at once to one target wait for each other; the number is theirs when the transaction has ended.
    /// ``StorageError/alreadyThere`` when both were first: try again.
    public func number(of deliveryKey: UUID, to target: String, now: Date) async throws -> Int {
        let known = try await transaction.first(
            """
            SELECT number
            FROM connector_file
            WHERE target = \(target)
                AND delivery_key = \(deliveryKey)
            """
        )
        if let known { return try known.decode("number") }
        let row = try await transaction.first(
            """
            INSERT INTO connector_file
                (target, number, delivery_key, allotted_at)
            SELECT \(target), COALESCE(max(number), 0) + 1, \(deliveryKey), \(now)
            FROM connector_file
            WHERE target = \(target)
            RETURNING number
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a file") }
        return try row.decode("number")
    }

    /// The highest number given to a target; 0 before the first.
    public func last(of target: String) async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT COALESCE(max(number), 0) AS last
            FROM connector_file
            WHERE target = \(target)
            """
        )
        return try row?.decode("last") ?? 0
    }
}
