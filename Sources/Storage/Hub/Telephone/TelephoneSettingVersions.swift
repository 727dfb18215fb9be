public import Domain
public import Foundation
import Postgres

/// Where calls go, in versions; the last applied counts.
public struct TelephoneSettingVersions {
    let transaction: HubTransaction

    /// The versions of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// The version in force with its digest; nil before the first.
    public func latest() async throws -> (settings: TelephoneSettings, digest: String)? {
        let row = try await transaction.first(
            """
            SELECT document, digest
            FROM hub.telephone_settings
            ORDER BY version DESC
            LIMIT 1
            """
        )
        return try row.map { (try $0.decodeJSON("document"), try $0.decode("digest")) }
    }

    /// Queues a version.
    public func insert(_ settings: TelephoneSettings, digest: String, now: Date) async throws {
        let document = try JSONValue(settings)
        try await transaction.queue(
            """
            INSERT INTO hub.telephone_settings
                (document, digest, applied_at)
            VALUES
                (\(document), \(digest), \(now))
            """
        )
    }
}
