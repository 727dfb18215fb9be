public import Domain
public import Foundation
public import Storage

/// Creates, lists and revokes the keys of other software.
public struct ManageKeys: Sendable {
    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Makes a key; its text is shown this once and never stored.
    ///
    /// No jurisdictions: every one.
    public func create(
        label: String,
        jurisdictions: [JurisdictionID],
        rights: Set<APIRight>,
        expiresAt: Date? = nil,
        by actor: String,
        now: Date
    ) async throws -> APIKeySecret {
        let secret = APIKeySecret()
        let key = StoredAPIKey(
            id: secret.keyID,
            label: label,
            jurisdictions: jurisdictions,
            rights: rights,
            createdAt: now,
            createdBy: actor,
            expiresAt: expiresAt
        )
        try await databases.withHub { transaction in
            try await APIKeys(transaction).insert(key, secretHash: APIKeySecret.hash(of: secret.text))
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "apikey.create",
                    subject: key.id,
                    details: ["label": label, "jurisdictions": jurisdictions.map(\.rawValue).joined(separator: ",")]
                )
            )
        }
        return secret
    }

    /// Every key, without its text.
    public func list() async throws -> [StoredAPIKey] {
        try await databases.withHub { try await APIKeys($0).all() }
    }

    /// Revokes a key; false when there is none of that id or it is revoked already.
    public func revoke(_ id: String, by actor: String, now: Date) async throws -> Bool {
        try await databases.withHub { transaction in
            let isRevoked = try await APIKeys(transaction).revoke(id, now: now)
            try await AuditEntries(transaction).append(
                AuditEntry(happenedAt: now, actor: actor, action: "apikey.revoke", subject: id)
            )
            return isRevoked
        }
    }
}
