public import Foundation
import Postgres

/// The key a client gives so that the same submission, sent again, is taken once.
public struct StoredIdempotencyKey: Sendable, Hashable {
    /// Who sent it: id of an API key, or the session of a form.
    public let client: String

    /// The client's key.
    public let key: String

    /// SHA-256 of what was sent, so that another body under the same key is noticed.
    public let bodyHash: Data

    /// When it was sent first.
    public let begunAt: Date

    /// How long the answer is kept; at least 24 hours after the first.
    public let keptUntil: Date

    /// A key and what was sent under it.
    public init(client: String, key: String, bodyHash: Data, begunAt: Date, keptUntil: Date) {
        self.client = client
        self.key = key
        self.bodyHash = bodyHash
        self.begunAt = begunAt
        self.keptUntil = keptUntil
    }
}

/// What is known of a key.
public enum IdempotencyRecall: Sendable, Hashable {
    /// Never seen, or long ago: go on.
    case unknown
    /// The same was sent before: this was the answer.
    case answer(StoredJSON)
    /// Something else was sent under this key: refuse it (422).
    case otherBody
    /// The same is being worked on: ask again soon (409).
    case running
}

/// Answers kept for repeated submissions.
///
/// Where the answer is known before COMMIT (a new request: its reference is made here), ``record(_:answer:)`` travels
/// with the writes themselves. Fifty copies sent at once then wait for each other at the key: one gets through, the
/// others come out with ``StorageError/alreadyThere`` and read the answer with ``recall(client:key:bodyHash:now:)``
/// in a new transaction. Where the answer comes later, ``begin(_:)`` and ``finish(_:answer:)`` mark the time between.
public struct IdempotencyKeys {
    let transaction: TenantTransaction

    /// The keys of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a key with its answer; ``StorageError/alreadyThere`` at COMMIT when the key has been used.
    ///
    /// A key whose time is over is used anew.
    public func record(_ key: StoredIdempotencyKey, answer: StoredJSON) async throws {
        try await forgetExpired(key)
        try await transaction.queue(
            """
            INSERT INTO idempotency_key
                (client, key, body_hash, state, answer, begun_at, kept_until)
            VALUES
                (\(key.client), \(key.key), \(key.bodyHash), 'finished', \(answer.value), \(key.begunAt),
                \(key.keptUntil))
            """
        )
    }

    /// What is known of a key.
    public func recall(
        client: String,
        key: String,
        bodyHash: Data,
        now: Date
    ) async throws -> IdempotencyRecall {
        let row = try await transaction.first(
            """
            SELECT body_hash, answer
            FROM idempotency_key
            WHERE client = \(client)
                AND key = \(key)
                AND kept_until > \(now)
            """
        )
        guard let row else { return .unknown }
        guard try row.decode("body_hash", as: Data.self) == bodyHash else { return .otherBody }
        return try row.jsonIfPresent("answer").map(IdempotencyRecall.answer) ?? .running
    }

    /// Marks a key as being worked on; `unknown` means go on, and ``finish(_:answer:)`` when done.
    ///
    /// A second caller waits for the first one's transaction and then learns what it left.
    public func begin(_ key: StoredIdempotencyKey) async throws -> IdempotencyRecall {
        try await forgetExpired(key)
        let count = try await transaction.change(
            """
            INSERT INTO idempotency_key
                (client, key, body_hash, state, begun_at, kept_until)
            VALUES
                (\(key.client), \(key.key), \(key.bodyHash), 'running', \(key.begunAt), \(key.keptUntil))
            ON CONFLICT (client, key) DO NOTHING
            """
        )
        return count == 1
            ? .unknown
            : try await recall(
                client: key.client,
                key: key.key,
                bodyHash: key.bodyHash,
                now: key.begunAt
            )
    }

    /// Queues the answer of a key that was begun.
    public func finish(_ key: StoredIdempotencyKey, answer: StoredJSON) async throws {
        try await transaction.queue(
            """
            UPDATE idempotency_key
            SET state = 'finished', answer = \(answer.value)
            WHERE client = \(key.client)
                AND key = \(key.key)
                AND state = 'running'
            """
        )
    }

    /// Queues the forgetting of a key that was begun and came to nothing, so that the client can try again.
    public func abandon(_ key: StoredIdempotencyKey) async throws {
        try await transaction.queue(
            """
            DELETE FROM idempotency_key
            WHERE client = \(key.client)
                AND key = \(key.key)
                AND state = 'running'
            """
        )
    }

    /// Forgets keys whose time is over; how many.
    public func sweep(now: Date) async throws -> Int {
        try await transaction.change(
            """
            DELETE FROM idempotency_key
            WHERE kept_until <= \(now)
            """
        )
    }

    private func forgetExpired(_ key: StoredIdempotencyKey) async throws {
        try await transaction.queue(
            """
            DELETE FROM idempotency_key
            WHERE client = \(key.client)
                AND key = \(key.key)
                AND kept_until <= \(key.begunAt)
            """
        )
    }
}
