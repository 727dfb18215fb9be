public import Domain
public import Foundation
public import Storage

/// Stores an edition of the numbering administrator's list beside the one in force, and puts it in force.
public struct ImportNumbering: Sendable {
    /// An edition that may not be put in force.
    public struct NotActivatable: Error, Sendable, Hashable, CustomStringConvertible {
        /// The edition.
        public let list: Int
        /// What is missing.
        public var description: String {
            "list \(list) is unknown or had rows that could not be taken; hub311 exchange status shows the lists"
        }
    }

    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Stores the codes as a new edition.
    ///
    /// - Parameters:
    ///   - date: the day the administrator dated it.
    ///   - passed: whether it may be put in force.
    /// - Returns: its number.
    public func callAsFunction(
        _ codes: [CodeAssignment],
        date: CalendarDay,
        source: String,
        passed: Bool,
        now: Date
    ) async throws -> Int {
        try await databases.withHub { transaction in
            let lists = NumberingLists(transaction)
            let list = try await lists.insert(codes, date: date, source: source, passed: passed, now: now)
            try await lists.raiseRevision()
            return list
        }
    }

    /// Puts an edition in force at an instant; every process loads it within two seconds of it.
    ///
    /// - Throws: ``NotActivatable``.
    public func activate(_ list: Int, at instant: Date, by actor: String, now: Date) async throws {
        let isDone = try await databases.withHub { transaction in
            let lists = NumberingLists(transaction)
            let isDone = try await lists.activate(list, at: instant, by: actor, now: now)
            if isDone { try await lists.raiseRevision() }
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "numbering.activate",
                    subject: "\(list)",
                    details: ["at": instant.formatted(.iso8601), "done": "\(isDone)"]
                )
            )
            return isDone
        }
        guard isDone else { throw NotActivatable(list: list) }
    }

    /// The editions, the newest first, and the one in force.
    public func status(at instant: Date) async throws -> (all: [StoredNumberingList], current: Int?) {
        try await databases.withHub { transaction in
            let lists = NumberingLists(transaction)
            return (try await lists.all(), try await lists.current(at: instant)?.id)
        }
    }
}
