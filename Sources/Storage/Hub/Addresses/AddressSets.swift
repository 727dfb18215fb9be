public import Foundation
import Postgres

/// Sets of civic addresses: imported, checked, and switched on at an instant, like boundary generations.
public struct AddressSets {
    let transaction: HubTransaction

    /// The address sets of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Begins a set and returns its number.
    public func create(note: String, digest: String, generation: Int?, now: Date) async throws -> Int {
        let row = try await transaction.first(
            """
            INSERT INTO hub.address_set
                (state, note, digest, generation, address_count, imported_at)
            VALUES
                ('importing', \(note), \(digest), \(generation.map { Int32($0) }), 0, \(now))
            RETURNING address_set
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a new address set") }
        return try row.decode("address_set")
    }

    /// Ends an import with its report; false when it had ended before.
    public func finish(_ id: Int, count: Int, passed: Bool, report: StoredJSON, now: Date) async throws -> Bool {
        let state: StoredAddressSet.State = passed ? .checked : .refused
        let changed = try await transaction.change(
            """
            UPDATE hub.address_set
            SET state = \(state.rawValue), address_count = \(count), report = \(report.value), checked_at = \(now)
            WHERE address_set = \(Int32(id))
                AND state = 'importing'
            """
        )
        return changed == 1
    }

    /// Orders that a checked set is in force from an instant on; false when it is not checked.
    public func activate(_ id: Int, at instant: Date, by actor: String, now: Date) async throws -> Bool {
        let changed = try await transaction.change(
            """
            INSERT INTO hub.address_activation
                (address_set, activates_at, ordered_at, ordered_by)
            SELECT address_set, \(instant), \(now), \(actor)
            FROM hub.address_set
            WHERE address_set = \(Int32(id))
                AND state = 'checked'
            """
        )
        return changed == 1
    }

    /// The set in force at an instant; nil before the first.
    public func current(at instant: Date) async throws -> Int? {
        let row = try await transaction.first(
            """
            SELECT address_set
            FROM hub.address_activation
            WHERE activates_at <= \(instant)
            ORDER BY activates_at DESC, activation DESC
            LIMIT 1
            """
        )
        return try row?.decode("address_set")
    }

    /// The newest checked set that was imported from the same; nil when there is none.
    public func checked(digest: String) async throws -> Int? {
        let row = try await transaction.first(
            """
            SELECT address_set
            FROM hub.address_set
            WHERE digest = \(digest)
                AND state = 'checked'
            ORDER BY address_set DESC
            LIMIT 1
            """
        )
        return try row?.decode("address_set")
    }

    /// Sets whose import never ended: begun before an instant, or from the same as one that begins now.
    public func unfinished(before instant: Date, orDigest digest: String) async throws -> [Int] {
        let rows = try await transaction.all(
            """
            SELECT address_set
            FROM hub.address_set
            WHERE state = 'importing'
                AND (imported_at < \(instant) OR digest = \(digest))
            ORDER BY address_set
            """
        )
        return try rows.map { try $0.decode("address_set") }
    }

    /// All sets, the newest first.
    public func all() async throws -> [StoredAddressSet] {
        let rows = try await transaction.all(
            """
            SELECT address_set, state, note, digest, generation, address_count, report, imported_at
            FROM hub.address_set
            ORDER BY address_set DESC
            """
        )
        return try rows.map { row in
            StoredAddressSet(
                id: try row.decode("address_set"),
                state: try row.word("state"),
                note: try row.decode("note"),
                digest: try row.decode("digest"),
                generation: try row.decode("generation", as: Int?.self),
                count: try row.decode("address_count"),
                report: try row.jsonIfPresent("report"),
                importedAt: try row.decode("imported_at")
            )
        }
    }

    /// Removes up to so many rows of a set that never ended and returns how many.
    ///
    /// When none is left the set itself goes.
    public func remove(unfinished id: Int, atMost limit: Int) async throws -> Int {
        let removed = try await transaction.change(
            """
            DELETE FROM hub.address
            WHERE address_set = \(Int32(id))
                AND position < (
                    SELECT min(position) + \(limit)
                    FROM hub.address
                    WHERE address_set = \(Int32(id))
                )
            """
        )
        guard removed == 0 else { return removed }
        for statement: SQL in [
            "DELETE FROM hub.address_book WHERE address_set = \(Int32(id))",
            "DELETE FROM hub.street_alias WHERE address_set = \(Int32(id))",
            "DELETE FROM hub.community_share WHERE address_set = \(Int32(id))",
            "DELETE FROM hub.address_set WHERE address_set = \(Int32(id)) AND state = 'importing'",
        ] {
            try await transaction.queue(statement)
        }
        return 0
    }
}
