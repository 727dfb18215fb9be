public import Foundation
import Postgres

/// How often somebody tried to sign in lately, by name and by network: the same on every node.
public struct SignInTries {
    let transaction: HubTransaction

    /// The tries of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Tries counted so far and the last of them; nil when there is none that counts.
    public func read(_ subject: String, now: Date, memory: TimeInterval) async throws -> (tries: Int, last: Date)? {
        let row = try await transaction.first(
            """
            SELECT tries, last_at
            FROM hub.sign_in_try
            WHERE subject = \(subject)
                AND last_at > \(now.addingTimeInterval(-memory))
            """
        )
        return try row.map { (try $0.decode("tries"), try $0.decode("last_at")) }
    }

    /// Counts a try, before anything is compared: a hundred at once are a hundred.
    public func count(_ subject: String, now: Date, memory: TimeInterval) async throws {
        let forgotten = now.addingTimeInterval(-memory)
        try await transaction.queue(
            """
            INSERT INTO hub.sign_in_try AS known
                (subject, tries, first_at, last_at)
            VALUES
                (\(subject), 1, \(now), \(now))
            ON CONFLICT (subject) DO UPDATE
            SET tries = CASE WHEN known.last_at > \(forgotten) THEN known.tries + 1 ELSE 1 END,
                first_at = CASE WHEN known.last_at > \(forgotten) THEN known.first_at ELSE excluded.first_at END,
                last_at = excluded.last_at
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
