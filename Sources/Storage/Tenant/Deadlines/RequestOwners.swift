public import Domain
public import Foundation
import Postgres

/// The people this tenant's requests were given to by name.
public struct RequestOwners {
    let transaction: TenantTransaction

    /// The owners of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues that a request is with a person from now on.
    public func assign(_ owner: RequestOwner, _ reference: RequestReference, by actor: String, at now: Date)
        async throws
    {
        let person = try JSONValue(owner)
        try await transaction.queue(
            """
            INSERT INTO request_owner
                (service_request_id, owner, assigned_at, assigned_by)
            VALUES
                (\(reference.rawValue), \(person), \(now), \(actor))
            ON CONFLICT (service_request_id) DO UPDATE
            SET owner = excluded.owner, assigned_at = excluded.assigned_at, assigned_by = excluded.assigned_by
            """
        )
    }

    /// Whom a request was given to; nil when to nobody.
    public func of(_ reference: RequestReference) async throws -> RequestOwner? {
        let row = try await transaction.first(
            """
            SELECT owner
            FROM request_owner
            WHERE service_request_id = \(reference.rawValue)
            """
        )
        return try row?.decodeJSON("owner")
    }

    /// Open requests by department and by whether they were given to somebody by name.
    ///
    /// Every open request falls under one of the lines, so whoever can name a person for each line can name one for each request.
    public func openByDepartment() async throws -> [(department: String?, isAssigned: Bool, count: Int)] {
        let rows = try await transaction.all(
            """
            SELECT department, request_owner.service_request_id IS NOT NULL AS is_assigned, count(*) AS requests
            FROM service_request
            LEFT JOIN request_owner ON request_owner.service_request_id = service_request.service_request_id
            WHERE status = 'open'
                AND standing <> 'mirrored'
            GROUP BY 1, 2
            ORDER BY 1, 2
            """
        )
        return try rows.map { (try $0.decode("department"), try $0.decode("is_assigned"), try $0.decode("requests")) }
    }
}
