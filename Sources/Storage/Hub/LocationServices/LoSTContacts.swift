public import Foundation
import Postgres

/// When the contact facts of each body, as LoST mappings state them, last changed.
public struct LoSTContacts {
    let transaction: HubTransaction

    /// The contacts noted at the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// The instant since which a body's facts have a fingerprint; `now` is noted when they have another one than before.
    ///
    /// Every node that asks with the same fingerprint gets the same instant.
    public func changed(_ body: String, fingerprint: String, now: Date) async throws -> Date {
        _ = try await transaction.change(
            """
            INSERT INTO hub.lost_contact
                (body_id, fingerprint, changed_at)
            VALUES
                (\(body), \(fingerprint), \(now))
            ON CONFLICT (body_id) DO UPDATE
            SET fingerprint = excluded.fingerprint, changed_at = excluded.changed_at
            WHERE lost_contact.fingerprint <> excluded.fingerprint
            """
        )
        let row = try await transaction.first(
            """
            SELECT changed_at
            FROM hub.lost_contact
            WHERE body_id = \(body)
            """
        )
        return try row?.decode("changed_at", as: Date.self) ?? now
    }
}
