public import Domain
public import Foundation
import Postgres

/// Links that let a person choose a password: invitations and resets, each good once and for an hour.
public struct Invitations {
    /// What a link is for.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// The first password.
        case invitation
        /// Another password, the second factor set up anew.
        case reset
    }

    let transaction: HubTransaction

    /// The links of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a link under the hash of its token; earlier ones of the same person cease to count.
    public func replace(
        tokenHash: Data,
        account id: AccountID,
        purpose: Purpose,
        by actor: String,
        now: Date,
        expiresAt: Date
    ) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account_invitation
            SET used_at = \(now)
            WHERE account_id = \(id.rawValue)
                AND used_at IS NULL
            """
        )
        try await transaction.queue(
            """
            INSERT INTO hub.account_invitation
                (token_hash, account_id, purpose, created_at, created_by, expires_at)
            VALUES
                (\(tokenHash), \(id.rawValue), \(purpose.rawValue), \(now), \(actor), \(expiresAt))
            """
        )
    }

    /// Whose link it is, if it counts; looking does not use it up.
    public func find(tokenHash: Data, now: Date) async throws -> (account: AccountID, purpose: Purpose)? {
        let row = try await transaction.first(
            """
            SELECT account_id, purpose
            FROM hub.account_invitation
            WHERE token_hash = \(tokenHash)
                AND used_at IS NULL
                AND expires_at > \(now)
            """
        )
        return try row.map { (AccountID(trusted: try $0.decode("account_id")), try $0.word("purpose")) }
    }

    /// Uses a link up; of two at once one gets it.
    public func take(tokenHash: Data, now: Date) async throws -> (account: AccountID, purpose: Purpose)? {
        let row = try await transaction.first(
            """
            UPDATE hub.account_invitation
            SET used_at = \(now)
            WHERE token_hash = \(tokenHash)
                AND used_at IS NULL
                AND expires_at > \(now)
            RETURNING account_id, purpose
            """
        )
        return try row.map { (AccountID(trusted: try $0.decode("account_id")), try $0.word("purpose")) }
    }
}

/// Codes that stand in for the second factor, each good once.
public struct RecoveryCodes {
    let transaction: HubTransaction

    /// The codes of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues new codes by their hashes; the former ones cease to count.
    public func replace(hashes: [Data], of id: AccountID, now: Date) async throws {
        try await transaction.queue("DELETE FROM hub.account_recovery_code WHERE account_id = \(id.rawValue)")
        for hash in hashes {
            try await transaction.queue(
                """
                INSERT INTO hub.account_recovery_code
                    (account_id, code_hash, created_at)
                VALUES
                    (\(id.rawValue), \(hash), \(now))
                """
            )
        }
    }

    /// Uses a code up; false when it is none of the person's or was used.
    public func take(hash: Data, of id: AccountID, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.account_recovery_code
            SET used_at = \(now)
            WHERE account_id = \(id.rawValue)
                AND code_hash = \(hash)
                AND used_at IS NULL
            """
        )
        return count == 1
    }

    /// How many are left.
    public func left(of id: AccountID) async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT count(*) AS number
            FROM hub.account_recovery_code
            WHERE account_id = \(id.rawValue)
                AND used_at IS NULL
            """
        )
        return try row?.decode("number") ?? 0
    }
}
