public import Domain
public import Foundation
import Postgres

/// A token of a batch service and the request it will be exchanged for.
public struct StoredToken: Sendable, Hashable {
    /// The token as the client has it.
    public let token: String

    /// The request.
    public let reference: RequestReference

    /// When the token was given.
    public let issuedAt: Date

    /// The reference is given out from this instant on.
    public let readyAt: Date
}

/// Tokens of this tenant's batch services.
public struct Tokens {
    let transaction: TenantTransaction

    /// The tokens of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a token.
    public func insert(token: String, reference: RequestReference, issuedAt: Date, readyAt: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO open311_token
                (token, service_request_id, issued_at, ready_at)
            VALUES
                (\(token), \(reference.rawValue), \(issuedAt), \(readyAt))
            """
        )
    }

    /// A token; nil when this tenant never gave it.
    public func read(_ token: String) async throws -> StoredToken? {
        let row = try await transaction.first(
            """
            SELECT token, service_request_id, issued_at, ready_at
            FROM open311_token
            WHERE token = \(token)
            """
        )
        return try row.map { row in
            StoredToken(
                token: try row.decode("token"),
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                issuedAt: try row.decode("issued_at"),
                readyAt: try row.decode("ready_at")
            )
        }
    }
}
