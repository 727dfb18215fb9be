public import Foundation

/// Brings one schema up to date with a list of numbered SQL files.
///
/// Each file is one transaction together with its row in `schema_migration`, so a killed program leaves each file
/// applied or not, and the next run goes on. One runner may serve many schemas at once, each on a connection of its
/// own. The role needs to own the schema; the schema must exist.
public struct MigrationRunner: Sendable {
    /// The files, by number.
    public let migrations: [Migration]

    /// Longest wait for one lock, after which the transaction is given up and tried again.
    public let lockTimeout: Duration

    /// How often a file is tried when a lock was not to be had.
    public let attempts: Int

    /// Longest wait for another program that migrates the same schema.
    public let patience: Duration

    /// - Throws: ``MigrationError/duplicateNumber(_:_:)``.
    public init(
        _ migrations: [Migration],
        lockTimeout: Duration = .seconds(2),
        attempts: Int = 10,
        patience: Duration = .seconds(60)
    ) throws(MigrationError) {
        let ordered = migrations.sorted { $0.number < $1.number }
        for (first, second) in zip(ordered, ordered.dropFirst()) where first.number == second.number {
            throw .duplicateNumber(first.name, second.name)
        }
        self.migrations = ordered
        self.lockTimeout = lockTimeout
        self.attempts = max(attempts, 1)
        self.patience = patience
    }

    /// Tells what is applied and what is not, and changes nothing.
    /// - Throws: ``MigrationError/databaseIsNewer(schema:applied:newestKnown:)`` and the other disagreements between
    ///   files and schema.
    public func status(
        of schema: SQLIdentifier,
        on connection: PostgresConnection
    ) async throws(MigrationError) -> MigrationStatus {
        try await MigrationSession(runner: self, schema: schema, searchPath: [schema], connection: connection).status()
    }

    /// Applies what is missing.
    ///
    /// - Parameters:
    ///   - searchPath: schemas in which names without one are looked up, the first of them for new tables; the schema
    ///     itself when empty.
    ///   - now: instant written down beside what is applied.
    /// - Returns: the names of the files applied now, in order.
    @discardableResult
    public func run(
        in schema: SQLIdentifier,
        searchPath: [SQLIdentifier] = [],
        on connection: PostgresConnection,
        now: Date
    ) async throws(MigrationError) -> [String] {
        let session = MigrationSession(
            runner: self,
            schema: schema,
            searchPath: searchPath.isEmpty ? [schema] : searchPath,
            connection: connection
        )
        return try await session.run(now: now)
    }
}
