public import Domain
public import Foundation
import Postgres

/// One version of a tenant's files, as one checked document.
public struct StoredConfiguration: Sendable, Hashable {
    /// Counts from 1.
    public let version: Int

    /// What the files say.
    public let configuration: TenantConfiguration

    /// Digest of the files; equal files have equal digests.
    public let digest: String

    /// In force from this instant.
    public let validFrom: Date

    /// When it was applied.
    public let appliedAt: Date

    /// Who applied it.
    public let appliedBy: String

    /// A version.
    public init(
        version: Int,
        configuration: TenantConfiguration,
        digest: String,
        validFrom: Date,
        appliedAt: Date,
        appliedBy: String
    ) {
        self.version = version
        self.configuration = configuration
        self.digest = digest
        self.validFrom = validFrom
        self.appliedAt = appliedAt
        self.appliedBy = appliedBy
    }
}

/// The versions of this tenant's configuration.
public struct TenantVersions {
    let transaction: TenantTransaction

    /// The versions of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a new version; ``StorageError/alreadyThere`` at COMMIT when another writer took its number.
    public func insert(_ version: StoredConfiguration) async throws {
        let document = try JSONValue(version.configuration)
        try await transaction.queue(
            """
            INSERT INTO tenant_version
                (version, document, digest, valid_from, applied_at, applied_by)
            VALUES
                (\(version.version), \(document), \(version.digest), \(version.validFrom), \(version.appliedAt),
                \(version.appliedBy))
            """
        )
    }

    /// Number and digest of the latest version; nil before the first.
    public func latest() async throws -> (version: Int, digest: String)? {
        let row = try await transaction.first(
            """
            SELECT version, digest
            FROM tenant_version
            ORDER BY version DESC
            LIMIT 1
            """
        )
        return try row.map { (try $0.decode("version"), try $0.decode("digest")) }
    }

    /// The version in force at an instant; nil before the first.
    public func current(at instant: Date) async throws -> StoredConfiguration? {
        let row = try await transaction.first(
            """
            SELECT version, document, digest, valid_from, applied_at, applied_by
            FROM tenant_version
            WHERE valid_from <= \(instant)
            ORDER BY valid_from DESC, version DESC
            LIMIT 1
            """
        )
        return try row.map(StoredConfiguration.init)
    }

    /// A calendar by its own version, which a clock keeps; nil when no version of the files had it.
    public func calendar(_ version: String) async throws -> BusinessCalendar? {
        let row = try await transaction.first(
            """
            SELECT document -> 'calendar' AS calendar
            FROM tenant_version
            WHERE document -> 'calendar' ->> 'version' = \(version)
            ORDER BY version DESC
            LIMIT 1
            """
        )
        return try row?.decodeJSON("calendar")
    }

    /// One version by its number; nil when there is none.
    public func read(_ version: Int) async throws -> StoredConfiguration? {
        let row = try await transaction.first(
            """
            SELECT version, document, digest, valid_from, applied_at, applied_by
            FROM tenant_version
            WHERE version = \(version)
            """
        )
        return try row.map(StoredConfiguration.init)
    }
}

extension StoredConfiguration {
    init(_ row: Row) throws {
        self.init(
            version: try row.decode("version"),
            configuration: try row.decodeJSON("document"),
            digest: try row.decode("digest"),
            validFrom: try row.decode("valid_from"),
            appliedAt: try row.decode("applied_at"),
            appliedBy: try row.decode("applied_by")
        )
    }
}
