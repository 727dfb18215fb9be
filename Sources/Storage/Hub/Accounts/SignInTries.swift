public import Foundation
import Postgres

/// How often somebody tried to sign in lately, by name and by network: the same on every node.
public struct SignInTries {
    let transaction: HubTransaction

    /// The tries of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Tries counted so far and when the last of them was; no other is counted until this transaction ends.
    ///
    /// A hundred at once come one after the other here, and are a hundred.
    public func lock(_ subject: String, now: Date, memory: TimeInterval) async throws -> (tries: Int, last: Date) {
        try await transaction.queue(
            """
            INSERT INTO hub.sign_in_try
                (subject, tries, first_at, last_at)
            VALUES
                (\(subject), 0, \(now), \(now))
            ON CONFLICT (subject) DO NOTHING
            """
        )
        let row = try await transaction.first(
            """
            SELECT tries, last_at
            FROM hub.sign_in_try
            WHERE subject = \(subject)
            FOR UPDATE
            """
        )
        guard let row else { return (0, now) }
        let last = try row.decode("last_at", as: Date.self)
        return now.timeIntervalSince(last) < memory ? (try row.decode("tries"), last) : (0, last)
    }

    /// Queues that so many tries count of a subject, the last of them now.
    public func set(_ subject: String, tries: Int, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.sign_in_try
            SET tries = \(tries), last_at = \(now)
            WHERE subject = \(subject)
            """
        )
    }

    /// Forgets a name's tries after a success, and gives a network its one back.
    public func forgive(name: String, network: String) async throws {
        try await transaction.queue("DELETE FROM hub.sign_in_try WHERE subject = \(name)")
        try await transaction.queue(
            """
            UPDATE hub.sign_in_try
            SET tries = GREATEST(tries - 1, 0)
            WHERE subject = \(network)
            """
        )
    }

    /// Removes what no longer counts.
    public func sweep(now: Date, memory: TimeInterval) async throws {
        try await transaction.queue(
            """
            DELETE FROM hub.sign_in_try
            WHERE last_at <= \(now.addingTimeInterval(-memory))
            """
        )
    }
}
