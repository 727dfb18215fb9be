import Foundation

/// One run of the migrations over one schema.
struct MigrationSession {
    let runner: MigrationRunner
    let schema: SQLIdentifier
    let searchPath: [SQLIdentifier]
    let connection: PostgresConnection

    func status() async throws(MigrationError) -> MigrationStatus {
        let checksums = try await own { () async throws(PostgresError) in try await checksumsOfFiles() }
        let applied = try await own { () async throws(PostgresError) in try await appliedNow() }
        return try compare(applied, with: checksums)
    }

    func run(now: Date) async throws(MigrationError) -> [String] {
        // Usually nothing is to be done, and then nothing is locked.
        if try await status().pending.isEmpty { return [] }
        try await lock()
        do {
            let done = try await applyPending(now: now)
            await unlock()
            return done
        } catch {
            await unlock()
            throw error
        }
    }

    private func applyPending(now: Date) async throws(MigrationError) -> [String] {
        _ = try await own { () async throws(PostgresError) in
            try await connection.execute(
                """
                CREATE TABLE IF NOT EXISTS \(identifier: schema).schema_migration (
                    name text NOT NULL,
                    checksum text NOT NULL,
                    applied_at timestamptz NOT NULL,
                    CONSTRAINT schema_migration_is_known_by_name PRIMARY KEY (name)
                )
                """
            )
        }
        let checksums = try await own { () async throws(PostgresError) in try await checksumsOfFiles() }
        let pending = try await status().pending
        for name in pending {
            guard let place = runner.migrations.firstIndex(where: { $0.name == name }) else { continue }
            try await apply(runner.migrations[place], checksum: checksums[place], now: now)
        }
        return pending
    }

    private func apply(_ migration: Migration, checksum: String, now: Date) async throws(MigrationError) {
        for attempt in 1...runner.attempts {
            do {
                try await migrate(migration, checksum: checksum, now: now)
                return
            } catch .statementFailed(let schema, let name, let line, let error) {
                let mayRetry = error.sqlState == .lockNotAvailable || error.isWorthRetrying
                guard mayRetry, attempt < runner.attempts else {
                    throw .statementFailed(schema: schema, migration: name, line: line, error: error)
                }
                try? await Task.sleep(for: .milliseconds(min(50 << attempt, 2_000)))
            }
        }
    }

    private func migrate(_ migration: Migration, checksum: String, now: Date) async throws(MigrationError) {
        let path = searchPath.map(\.quoted).joined(separator: ", ")
        let milliseconds = Int(runner.lockTimeout / .milliseconds(1))
        let record: Step
        do {
            record = try Step(
                """
                INSERT INTO \(identifier: schema).schema_migration (name, checksum, applied_at)
                VALUES (\(migration.name), \(checksum), \(now))
                """,
                isPrepared: false
            )
        } catch {
            throw .database(schema: schema.name, error: error)
        }
        let bodies = migration.statements.map { Step(command: $0.text) }
        if migration.isTransactional {
            let before = [
                Step(command: "BEGIN"), Step(command: "SET LOCAL lock_timeout = \(milliseconds)"),
                Step(command: "SET LOCAL search_path TO \(path)"),
            ]
            let steps = before + bodies + [record, Step(command: "COMMIT", isCommit: true)]
            try await send(steps, before: before.count, of: migration)
        } else {
            try await send([Step(command: "SET search_path TO \(path)")], before: 1, of: migration)
            do {
                for (index, body) in bodies.enumerated() {
                    try await send([body], before: -index, of: migration)
                }
                try await send([record], before: 1, of: migration)
            } catch {
                try? await send([Step(command: "RESET search_path")], before: 1, of: migration)
                throw error
            }
            try await send([Step(command: "RESET search_path")], before: 1, of: migration)
        }
    }

    /// Sends steps; a failure of step number `before + n` is one of the file's statement `n`.
    private func send(_ steps: [Step], before: Int, of migration: Migration) async throws(MigrationError) {
        do {
            _ = try await connection.pipeline(steps)
        } catch {
            await connection.rollBack()
            let statement = error.index.map { $0 - before } ?? -1
            guard migration.statements.indices.contains(statement) else {
                throw .database(schema: schema.name, error: error.error)
            }
            throw .statementFailed(
                schema: schema.name,
                migration: migration.name,
                line: migration.statements[statement].line,
                error: error.error
            )
        }
    }

    private func compare(
        _ applied: [AppliedMigration],
        with checksums: [String]
    ) throws(MigrationError) -> MigrationStatus {
        let newest = runner.migrations.last
        for one in applied {
            guard let place = runner.migrations.firstIndex(where: { $0.name == one.name }) else {
                let number = Int(one.name.prefix { $0.isNumber }) ?? .max
                guard number > newest?.number ?? 0 else {
                    throw .unknownMigration(schema: schema.name, name: one.name)
                }
                throw .databaseIsNewer(
                    schema: schema.name,
                    applied: one.name,
                    newestKnown: newest?.name ?? "none"
                )
            }
            guard checksums[place] == one.checksum else {
                throw .checksumChanged(schema: schema.name, name: one.name)
            }
        }
        let names = Set(applied.map(\.name))
        return MigrationStatus(
            applied: applied,
            pending: runner.migrations.map(\.name).filter { !names.contains($0) }
        )
    }

    /// SHA-256 of each file, computed by the server, which has it built in.
    private func checksumsOfFiles() async throws(PostgresError) -> [String] {
        let texts = runner.migrations.map { Data($0.text.utf8) }
        let rows = try await connection.query(
            """
            SELECT encode(sha256(file.content), 'hex') AS checksum
            FROM unnest(\(texts)) WITH ORDINALITY AS file (content, place)
            ORDER BY file.place
            """
        )
        var checksums: [String] = []
        for row in rows { checksums.append(try row.decode("checksum")) }
        return checksums
    }

    private func appliedNow() async throws(PostgresError) -> [AppliedMigration] {
        let table = "\(schema.quoted).\"schema_migration\""
        let there = try await connection.first("SELECT to_regclass(\(table)) IS NOT NULL AS there")
        guard try there?.decode("there") == true else { return [] }
        let rows = try await connection.query(
            """
            SELECT name, checksum
            FROM \(identifier: schema).schema_migration
            ORDER BY name
            """
        )
        var applied: [AppliedMigration] = []
        for row in rows {
            applied.append(AppliedMigration(name: try row.decode("name"), checksum: try row.decode("checksum")))
        }
        return applied
    }

    /// Only one program migrates a schema at a time.
    ///
    /// An advisory lock of the session, in a statement of its own, asked for again and again so that the wait ends.
    private func lock() async throws(MigrationError) {
        let deadline = ContinuousClock.now.advanced(by: runner.patience)
        while true {
            let row = try await own { () async throws(PostgresError) in
                try await connection.first("SELECT pg_try_advisory_lock(\(lockKey)) AS locked")
            }
            let isLocked = try await own { () async throws(PostgresError) in try row?.decode("locked", as: Bool.self) }
            if isLocked == true { return }
            guard ContinuousClock.now < deadline, !Task.isCancelled else { throw .busy(schema: schema.name) }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    private func unlock() async {
        let unlock = Step(command: "SELECT pg_advisory_unlock(\(lockKey))")
        // A session on which that fails is gone, and its locks with it.
        _ = try? await connection.perform([unlock], heedsCancellation: false)
    }

    /// FNV-1a of the schema's name: the same number in every program.
    private var lockKey: Int64 {
        let hash = "schema_migration \(schema.name)".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }

    private func own<Value>(
        _ call: () async throws(PostgresError) -> Value
    ) async throws(MigrationError) -> Value {
        do {
            return try await call()
        } catch {
            throw .database(schema: schema.name, error: error)
        }
    }
}
