public import Domain
public import Foundation
import Postgres

/// One piece of news that waits for the bundle it is sent in.
public struct DigestEntry: Sendable, Hashable {
    /// Whose news it is.
    public let subscription: UUID
    /// What happened.
    public let facts: NewsFacts
}

/// News that wait for their bundle.
public struct DigestEntries {
    let transaction: TenantTransaction

    /// The entries of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a piece of news for a bundle.
    public func insert(_ digest: UUID, subscription: UUID, _ facts: NewsFacts) async throws {
        try await transaction.queue(
            """
            INSERT INTO digest_entry
                (digest_id, subscription_id, facts, happened_at)
            VALUES
                (\(digest), \(subscription), \(try StoredJSON(facts).value), \(facts.at))
            """
        )
    }

    /// What a bundle holds whose subscription is still active, the oldest first.
    public func active(of digest: UUID) async throws -> [DigestEntry] {
        let rows = try await transaction.all(
            """
            SELECT entry.subscription_id, entry.facts
            FROM digest_entry AS entry
            JOIN subscription AS wanted ON wanted.subscription_id = entry.subscription_id
            WHERE entry.digest_id = \(digest)
                AND wanted.state = 'active'
            ORDER BY entry.entry_number
            """
        )
        return try rows.map {
            DigestEntry(
                subscription: try $0.decode("subscription_id"),
                facts: try $0.json("facts").decoded(as: NewsFacts.self)
            )
        }
    }

    /// Removes what was sent.
    public func remove(_ digest: UUID) async throws {
        try await transaction.queue(
            """
            DELETE FROM digest_entry
            WHERE digest_id = \(digest)
            """
        )
    }
}
