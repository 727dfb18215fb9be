public import Domain
public import Foundation
import Postgres

/// A key other software signs its requests with, without its secret.
public struct StoredAPIKey: Sendable, Hashable, Identifiable {
    /// Public part: in logs, lists and as the client's id.
    public let id: String

    /// What it is for, in words.
    public let label: String

    /// Jurisdictions it is good for; empty for all.
    public let jurisdictions: [JurisdictionID]

    /// What it may do.
    public let rights: Set<APIRight>

    /// When it was made.
    public let createdAt: Date

    /// Who made it.
    public let createdBy: String

    /// When it ends; nil for never.
    public let expiresAt: Date?

    /// When it was revoked; nil while good.
    public let revokedAt: Date?

    /// When it was last used, to the hour; nil before the first time.
    public let lastUsedAt: Date?

    /// A new key.
    public init(
        id: String,
        label: String,
        jurisdictions: [JurisdictionID],
        rights: Set<APIRight>,
        createdAt: Date,
        createdBy: String,
        expiresAt: Date? = nil,
        revokedAt: Date? = nil,
        lastUsedAt: Date? = nil
    ) {
        self.id = id
        self.label = label
        self.jurisdictions = jurisdictions
        self.rights = rights
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether it is neither revoked nor over at an instant.
    public func isUsable(at instant: Date) -> Bool {
        revokedAt == nil && expiresAt.map { instant < $0 } ?? true
    }
}

/// What a key may do.
public enum APIRight: String, Sendable, Hashable, Codable, CaseIterable {
    /// Post service requests.
    case submit
    /// Post updates of service requests.
    case update
    /// Read what is not public.
    case read
}

/// Keys of other software.
public struct APIKeys {
    let transaction: HubTransaction

    /// The keys of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a new key with the hash of its secret.
    public func insert(_ key: StoredAPIKey, secretHash: Data) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.api_key
                (key_id, secret_hash, label, jurisdictions, rights, created_at, created_by, expires_at)
            VALUES
                (\(key.id), \(secretHash), \(key.label), \(key.jurisdictions.map(\.rawValue)),
                \(key.rights.map(\.rawValue).sorted()), \(key.createdAt), \(key.createdBy), \(key.expiresAt))
            """
        )
    }

    /// The key whose secret has this hash, revoked and expired ones too; nil when there is none.
    ///
    /// Looked up by the hash of the whole secret, of 256 random bits: the time it takes tells nothing about the secret.
    public func find(secretHash: Data) async throws -> StoredAPIKey? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns), secret_hash
            FROM hub.api_key
            WHERE secret_hash = \(secretHash)
            """
        )
        guard let row, ConstantTime.equal(try row.decode("secret_hash"), secretHash) else { return nil }
        return try StoredAPIKey(row)
    }

    /// All keys, the newest first.
    public func all() async throws -> [StoredAPIKey] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hub.api_key
            ORDER BY created_at DESC, key_id
            """
        )
        return try rows.map(StoredAPIKey.init)
    }

    /// Revokes a key at once; false when there is none of that id or it is revoked already.
    public func revoke(_ id: String, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.api_key
            SET revoked_at = \(now)
            WHERE key_id = \(id)
                AND revoked_at IS NULL
            """
        )
        return count == 1
    }

    /// Queues that a key was used; written at most once an hour.
    public func touch(_ id: String, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.api_key
            SET last_used_at = \(now)
            WHERE key_id = \(id)
                AND (last_used_at IS NULL OR last_used_at < \(now.addingTimeInterval(-3600)))
            """
        )
    }

    private static let columns: SQL = """
        key_id, label, jurisdictions, rights, created_at, created_by, expires_at, revoked_at, last_used_at
        """
}

extension StoredAPIKey {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("key_id"),
            label: try row.decode("label"),
            jurisdictions: try row.decode("jurisdictions", as: [String].self).map(JurisdictionID.init(trusted:)),
            rights: Set(try row.decode("rights", as: [String].self).compactMap(APIRight.init(rawValue:))),
            createdAt: try row.decode("created_at"),
            createdBy: try row.decode("created_by"),
            expiresAt: try row.decode("expires_at"),
            revokedAt: try row.decode("revoked_at"),
            lastUsedAt: try row.decode("last_used_at")
        )
    }
}
