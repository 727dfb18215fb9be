public import Domain
public import Foundation
import Postgres

/// A version of what the municipalities agreed on, as loaded.
public struct StoredRuleSet: Sendable, Hashable {
    /// The rules.
    public let ruleSet: RuleSet

    /// Digest of the files they came from.
    public let digest: String

    /// When it was loaded.
    public let loadedAt: Date

    /// When it was switched on; nil while only rehearsed.
    public let activatedAt: Date?

    /// A loaded version.
    public init(ruleSet: RuleSet, digest: String, loadedAt: Date, activatedAt: Date? = nil) {
        self.ruleSet = ruleSet
        self.digest = digest
        self.loadedAt = loadedAt
        self.activatedAt = activatedAt
    }
}

/// Versions of the agreement.
public struct RuleSetVersions {
    let transaction: HubTransaction

    /// The versions the hub knows.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a version; one of the same name that was never switched on is replaced.
    ///
    /// One that was switched on stays as it is: decisions name it. Its ``StoredRuleSet/digest`` then tells the
    /// difference.
    public func put(_ version: StoredRuleSet) async throws {
        let document = try JSONValue(version.ruleSet)
        try await transaction.queue(
            """
            INSERT INTO hub.rule_set_version
                (version, valid_from, document, digest, loaded_at, activated_at)
            VALUES
                (\(version.ruleSet.version), \(PostgresDay(version.ruleSet.validFrom)), \(document), \(version.digest),
                \(version.loadedAt), \(version.activatedAt))
            ON CONFLICT (version) DO UPDATE
            SET valid_from = excluded.valid_from, document = excluded.document, digest = excluded.digest,
                loaded_at = excluded.loaded_at, activated_at = excluded.activated_at
            WHERE rule_set_version.activated_at IS NULL
            """
        )
    }

    /// Switches a version on; false when there is none of that name or it is on already.
    public func activate(_ version: String, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.rule_set_version
            SET activated_at = \(now)
            WHERE version = \(version)
                AND activated_at IS NULL
            """
        )
        return count == 1
    }

    /// All versions, the earliest valid first; every one that is switched on takes part in decisions from its day on.
    public func all() async throws -> [StoredRuleSet] {
        let rows = try await transaction.all(
            """
            SELECT document, digest, loaded_at, activated_at
            FROM hub.rule_set_version
            ORDER BY valid_from, version
            """
        )
        return try rows.map(StoredRuleSet.init)
    }

    /// One version; nil when there is none of that name.
    public func read(_ version: String) async throws -> StoredRuleSet? {
        let row = try await transaction.first(
            """
            SELECT document, digest, loaded_at, activated_at
            FROM hub.rule_set_version
            WHERE version = \(version)
            """
        )
        return try row.map(StoredRuleSet.init)
    }
}

extension StoredRuleSet {
    init(_ row: Row) throws {
        self.init(
            ruleSet: try row.decodeJSON("document"),
            digest: try row.decode("digest"),
            loadedAt: try row.decode("loaded_at"),
            activatedAt: try row.decode("activated_at")
        )
    }
}

extension PostgresDay {
    /// A day of ours as a day of the database.
    init(_ day: CalendarDay) {
        self.init(year: day.year, month: day.month, day: day.day)
    }
}
