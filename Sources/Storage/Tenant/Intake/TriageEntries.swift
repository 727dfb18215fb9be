public import Domain
public import Foundation
import Postgres

/// A request that waits for a person to find out whose it is.
public struct StoredTriageEntry: Sendable, Hashable {
    /// The request.
    public let reference: RequestReference

    /// Why it waits.
    public let reason: Reason

    /// Ids of the bodies that come into question, the likeliest first.
    public let candidates: [String]

    /// When it began to wait.
    public let enteredAt: Date

    /// When it should be placed.
    public let dueAt: Date

    /// Who is at it; nil when nobody.
    public let takenBy: String?

    /// When it was placed; nil while it waits.
    public let resolvedAt: Date?

    /// Why a request waits.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Nothing given tells where it is.
        case placeUnknown = "place_unknown"
        /// It could be in several places, or the rule asks a question.
        case placeAmbiguous = "place_ambiguous"
        /// It lies outside everything the hub knows.
        case outside
        /// The place is known, but no rule names a body.
        case noLead = "no_lead"
        /// Two bodies said it is not theirs: the arbiter decides.
        case refusedTwice = "refused_twice"
        /// The body it was offered to did not answer.
        case timedOut = "timed_out"
    }

    /// A request that begins to wait.
    public init(
        reference: RequestReference,
        reason: Reason,
        candidates: [String] = [],
        enteredAt: Date,
        dueAt: Date,
        takenBy: String? = nil,
        resolvedAt: Date? = nil
    ) {
        self.reference = reference
        self.reason = reason
        self.candidates = candidates
        self.enteredAt = enteredAt
        self.dueAt = dueAt
        self.takenBy = takenBy
        self.resolvedAt = resolvedAt
    }
}

/// The queue of requests without a lead, in the hub's own schema; every schema has the table, the others' stays empty.
public struct TriageEntries {
    let transaction: TenantTransaction

    /// The triage queue of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues an entry; a request that was placed and comes back waits anew.
    public func enter(_ entry: StoredTriageEntry) async throws {
        let candidates = try JSONValue(entry.candidates)
        try await transaction.queue(
            """
            INSERT INTO triage_entry
                (service_request_id, reason, candidates, entered_at, due_at)
            VALUES
                (\(entry.reference.rawValue), \(entry.reason.rawValue), \(candidates), \(entry.enteredAt),
                \(entry.dueAt))
            ON CONFLICT (service_request_id) DO UPDATE
            SET reason = excluded.reason, candidates = excluded.candidates, entered_at = excluded.entered_at,
                due_at = excluded.due_at, taken_by = NULL, taken_at = NULL, resolved_at = NULL, resolution = NULL
            """
        )
    }

    /// Requests that wait, the one due first first.
    public func waiting(limit: Int = 100) async throws -> [StoredTriageEntry] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM triage_entry
            WHERE resolved_at IS NULL
            ORDER BY due_at, service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map(StoredTriageEntry.init)
    }

    /// The entry of a request; nil when it never waited here.
    public func read(_ reference: RequestReference) async throws -> StoredTriageEntry? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM triage_entry
            WHERE service_request_id = \(reference.rawValue)
            """
        )
        return try row.map(StoredTriageEntry.init)
    }

    /// Somebody begins to look at it; false when it is placed or somebody else has it.
    public func take(_ reference: RequestReference, by person: String, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE triage_entry
            SET taken_by = \(person), taken_at = \(now)
            WHERE service_request_id = \(reference.rawValue)
                AND resolved_at IS NULL
                AND (taken_by IS NULL OR taken_by = \(person))
            """
        )
        return count == 1
    }

    /// It was placed; false when it was before.
    public func resolve(_ reference: RequestReference, resolution: StoredJSON, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE triage_entry
            SET resolved_at = \(now), resolution = \(resolution.value)
            WHERE service_request_id = \(reference.rawValue)
                AND resolved_at IS NULL
            """
        )
        return count == 1
    }

    /// How many wait, and how many of them longer than they should.
    public func depth(now: Date) async throws -> (waiting: Int, overdue: Int) {
        let row = try await transaction.first(
            """
            SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at < \(now)) AS overdue
            FROM triage_entry
            WHERE resolved_at IS NULL
            """
        )
        return try row.map { (try $0.decode("waiting"), try $0.decode("overdue")) } ?? (0, 0)
    }

    private static let columns: SQL = """
        service_request_id, reason, candidates, entered_at, due_at, taken_by, resolved_at
        """
}

extension StoredTriageEntry {
    init(_ row: Row) throws {
        self.init(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            reason: try row.word("reason"),
            candidates: try row.decodeJSON("candidates"),
            enteredAt: try row.decode("entered_at"),
            dueAt: try row.decode("due_at"),
            takenBy: try row.decode("taken_by"),
            resolvedAt: try row.decode("resolved_at")
        )
    }
}
