public import Domain
import Postgres

extension Updates {
    /// The updates of several requests, oldest first in each.
    public func of(_ references: [RequestReference]) async throws -> [RequestReference: [StoredUpdate]] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM service_request_update
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            ORDER BY updated_at, update_id
            """
        )
        return Dictionary(grouping: try rows.map(StoredUpdate.init), by: \.reference)
    }
}
