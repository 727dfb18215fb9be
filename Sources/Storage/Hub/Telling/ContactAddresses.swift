public import Domain
public import Foundation
import Postgres

/// What the hub knows of one address, whoever wrote to it.
public struct ContactAddress: Sendable, Hashable {
    /// When the person showed that the address is theirs; nil: a stranger.
    public let confirmedAt: Date?
    /// When the person said STOP for the whole hub; nil when not.
    public let stoppedAt: Date?
    /// When a server said that the address does not exist; nil when not.
    public let goneAt: Date?
}

/// Whether a message may go to an address now.
public enum ContactGrant: Sendable, Hashable {
    /// It may.
    case granted
    /// The person wants nothing from this hub.
    case stopped
    /// The address does not exist.
    case gone
    /// A stranger was sent enough this hour.
    case enough
}

/// Addresses the hub writes to, by keyed digests: no address stands here, and nobody can find out whose they are.
public struct ContactAddresses {
    let transaction: HubTransaction

    /// The addresses of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Asks leave for one message and notes it when it is granted; a repetition of the same delivery is granted again.
    ///
    /// The row of the address is locked until the end of the transaction, so that two senders never both give the last leave.
    ///
    /// - Parameters:
    ///   - key: Keyed digest of the address.
    ///   - limit: Most messages to a stranger within an hour.
    public func grant(
        _ channel: TellingChannel,
        _ key: Data,
        delivery: UUID,
        strangerLimit limit: Int,
        now: Date
    ) async throws -> ContactGrant {
        let known = try await seen(channel, key, now: now)
        if known.stoppedAt != nil { return .stopped }
        if known.goneAt != nil { return .gone }
        if known.confirmedAt != nil { return .granted }
        let rows = try await transaction.all(
            """
            SELECT delivery_key
            FROM hub.stranger_message
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
                AND (granted_at > \(now.addingTimeInterval(-3600)) OR delivery_key = \(delivery))
            """
        )
        let granted = try rows.map { try $0.decode("delivery_key", as: UUID.self) }
        if granted.contains(delivery) { return .granted }
        guard granted.count < limit else { return .enough }
        try await transaction.queue(
            """
            DELETE FROM hub.stranger_message
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
                AND granted_at < \(now.addingTimeInterval(-4 * 86_400))
            """
        )
        try await transaction.queue(
            """
            INSERT INTO hub.stranger_message
                (channel, address_key, delivery_key, granted_at)
            VALUES
                (\(channel.rawValue), \(key), \(delivery), \(now))
            """
        )
        return .granted
    }

    /// What is known of an address; nil when nothing was ever sent to it.
    public func read(_ channel: TellingChannel, _ key: Data) async throws -> ContactAddress? {
        let row = try await transaction.first(
            """
            SELECT confirmed_at, stopped_at, gone_at
            FROM hub.contact_address
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
            """
        )
        return try row.map(ContactAddress.init)
    }

    /// The person showed that the address is theirs: it is no stranger's any more, and exists.
    public func confirm(_ channel: TellingChannel, _ key: Data, now: Date) async throws {
        _ = try await seen(channel, key, now: now)
        try await transaction.queue(
            """
            UPDATE hub.contact_address
            SET confirmed_at = coalesce(confirmed_at, \(now)), gone_at = NULL, reason = NULL
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
            """
        )
    }

    /// The person said STOP, or START again.
    public func setStopped(_ isStopped: Bool, _ channel: TellingChannel, _ key: Data, now: Date) async throws {
        _ = try await seen(channel, key, now: now)
        let stopped: Date? = isStopped ? now : nil
        try await transaction.queue(
            """
            UPDATE hub.contact_address
            SET stopped_at = \(stopped)
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
            """
        )
    }

    /// A server said that the address does not exist.
    public func markGone(_ channel: TellingChannel, _ key: Data, reason: String, now: Date) async throws {
        _ = try await seen(channel, key, now: now)
        try await transaction.queue(
            """
            UPDATE hub.contact_address
            SET gone_at = \(now), reason = \(String(reason.prefix(200)))
            WHERE channel = \(channel.rawValue)
                AND address_key = \(key)
            """
        )
    }

    /// Notes a message that came in; false when it came before: a repetition has no effect.
    public func hear(_ source: String, messageID: String, now: Date) async throws -> Bool {
        try await transaction.queue(
            """
            DELETE FROM hub.heard_message
            WHERE heard_at < \(now.addingTimeInterval(-7 * 86_400))
            """
        )
        return try await transaction.change(
            """
            INSERT INTO hub.heard_message
                (source, message_id, heard_at)
            VALUES
                (\(source), \(messageID), \(now))
            ON CONFLICT DO NOTHING
            """
        ) == 1
    }

    private func seen(_ channel: TellingChannel, _ key: Data, now: Date) async throws -> ContactAddress {
        let row = try await transaction.first(
            """
            INSERT INTO hub.contact_address
                (channel, address_key, seen_at)
            VALUES
                (\(channel.rawValue), \(key), \(now))
            ON CONFLICT (channel, address_key) DO UPDATE SET seen_at = EXCLUDED.seen_at
            RETURNING confirmed_at, stopped_at, gone_at
            """
        )
        guard let row else { throw StorageError.unreadable(what: "contact_address: no row came back") }
        return try ContactAddress(row)
    }
}

extension ContactAddress {
    fileprivate init(_ row: Row) throws {
        self.init(
            confirmedAt: try row.decode("confirmed_at"),
            stoppedAt: try row.decode("stopped_at"),
            goneAt: try row.decode("gone_at")
        )
    }
}
