public import Domain
import Postgres

extension HandOvers {
    /// The offer of each of some requests that waits for an answer; requests without one are left out.
    public func open(of references: [RequestReference]) async throws -> [RequestReference: StoredHandOver] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hand_over
            WHERE state = 'offered'
                AND service_request_id = ANY (\(references.map(\.rawValue)))
            """
        )
        let offers = try rows.map(StoredHandOver.init)
        return Dictionary(offers.map { ($0.handOver.reference, $0) }) { first, _ in first }
    }
}
