public import Domain
public import Foundation
import Postgres

/// A boundary generation, without its shapes.
public struct StoredGeneration: Sendable, Hashable, Identifiable {
    /// Its number.
    public let id: GenerationID

    /// How far it has come.
    public let state: State

    /// What whoever imported it wrote.
    public let note: String

    /// What the check found; nil before.
    public let report: StoredJSON?

    /// When it was imported.
    public let importedAt: Date

    /// When it was checked; nil before.
    public let checkedAt: Date?

    /// States of a generation; in force is none of them, that is a matter of time.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Loaded. Goes to ``checked`` and ``refused``.
        case imported
        /// Good to be switched on.
        case checked
        /// Not good; never switched on.
        case refused
    }
}

/// Boundary generations: imported, checked, and switched on at an instant.
public struct Generations {
    let transaction: HubTransaction

    /// The generations of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Begins a new generation and returns its number.
    public func create(note: String, now: Date) async throws -> GenerationID {
        let row = try await transaction.first(
            """
            INSERT INTO hub.boundary_generation
                (state, note, imported_at)
            VALUES
                ('imported', \(note), \(now))
            RETURNING generation
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a new generation") }
        return GenerationID(try row.decode("generation"))
    }

    /// Writes down what the check found; false when it was checked before.
    public func markChecked(
        _ id: GenerationID,
        passed: Bool,
        report: StoredJSON,
        now: Date
    ) async throws -> Bool {
        let state: StoredGeneration.State = passed ? .checked : .refused
        let count = try await transaction.change(
            """
            UPDATE hub.boundary_generation
            SET state = \(state.rawValue), report = \(report.value), checked_at = \(now)
            WHERE generation = \(id.rawValue)
                AND state = 'imported'
            """
        )
        return count == 1
    }

    /// Orders that a checked generation is in force from an instant on; false when it is not checked.
    ///
    /// An earlier generation is brought back in the same way. Of two orders for one instant the later one counts.
    public func activate(_ id: GenerationID, at instant: Date, by actor: String, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            INSERT INTO hub.generation_activation
                (generation, activates_at, ordered_at, ordered_by)
            SELECT generation, \(instant), \(now), \(actor)
            FROM hub.boundary_generation
            WHERE generation = \(id.rawValue)
                AND state = 'checked'
            """
        )
        return count == 1
    }

    /// The generation in force at an instant; nil before the first.
    public func current(at instant: Date) async throws -> GenerationID? {
        let row = try await transaction.first(
            """
            SELECT generation
            FROM hub.generation_activation
            WHERE activates_at <= \(instant)
            ORDER BY activates_at DESC, activation DESC
            LIMIT 1
            """
        )
        return try row.map { GenerationID(try $0.decode("generation")) }
    }

    /// When the next switch is ordered for; nil when none is.
    public func nextActivation(after instant: Date) async throws -> Date? {
        let row = try await transaction.first(
            """
            SELECT min(activates_at) AS next
            FROM hub.generation_activation
            WHERE activates_at > \(instant)
            """
        )
        return try row?.decode("next", as: Date?.self) ?? nil
    }

    /// All generations, the newest first.
    public func all() async throws -> [StoredGeneration] {
        let rows = try await transaction.all(
            """
            SELECT generation, state, note, report, imported_at, checked_at
            FROM hub.boundary_generation
            ORDER BY generation DESC
            """
        )
        return try rows.map { row in
            StoredGeneration(
                id: GenerationID(try row.decode("generation")),
                state: try row.word("state"),
                note: try row.decode("note"),
                report: try row.jsonIfPresent("report"),
                importedAt: try row.decode("imported_at"),
                checkedAt: try row.decode("checked_at")
            )
        }
    }
}
