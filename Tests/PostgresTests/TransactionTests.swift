import Testing

@testable import Postgres

private struct Stop: Error {}

@Suite("Transactions")
struct TransactionTests {
    private func withTable<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE item (id bigint PRIMARY KEY, word text)")
            return try await body(connection)
        }
    }

    private func expectCount(
        _ expected: Int,
        _ connection: PostgresConnection,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let row = try #require(try await connection.first("SELECT count(*) AS n FROM item"))
        #expect(try row.decode("n", as: Int.self) == expected, sourceLocation: sourceLocation)
    }

    @Test("write all or nothing, and give back what the closure gives")
    func allOrNothing() async throws {
        try await withTable { connection in
            let word = try await connection.withTransaction { transaction in
                try await transaction.execute("INSERT INTO item VALUES (1, 'a')")
                try await transaction.execute("INSERT INTO item VALUES (2, 'b')")
                return try await transaction.first("SELECT word FROM item WHERE id = 2")?.decode(
                    "word",
                    as: String.self
                )
            }
            #expect(word == "b")
            await #expect(throws: Stop.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO item VALUES (3, 'c')")
                    _ = try await transaction.query("SELECT 1")
                    throw Stop()
                }
            }
            try await expectCount(2, connection)
        }
    }

    @Test("roll back when a queued write fails at COMMIT, and leave the session idle")
    func failureAtCommit() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO item VALUES (1, 'a')")
                    try await transaction.execute("INSERT INTO item VALUES (1, 'again')")
                    try await transaction.execute("INSERT INTO item VALUES (2, 'never')")
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.serverError?.statement == "INSERT INTO item VALUES (1, 'again')")
            #expect(await connection.isReusable)
            try await expectCount(0, connection)
        }
    }

    @Test("cannot be saved by swallowing an error")
    func swallowedError() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO item VALUES (1, 'a')")
                    _ = try? await transaction.query("SELECT 1 / 0")
                    do {
                        _ = try await transaction.query("SELECT 1")
                        Issue.record("the statement was sent")
                    } catch PostgresError.transactionFailed {}
                }
            }
            #expect(error?.sqlState == SQLState(rawValue: "22012"))
            try await expectCount(0, connection)
            #expect(await connection.isReusable)
        }
    }

    @Test("notice a failure the server reports only at COMMIT")
    func deferredConstraint() async throws {
        try await withTable { connection in
            try await connection.execute(
                "CREATE TABLE link (id bigint REFERENCES item DEFERRABLE INITIALLY DEFERRED)"
            )
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO link VALUES (7)")
                }
            }
            #expect(error?.sqlState == .foreignKeyViolation)
            #expect(await connection.isReusable)
        }
    }

    @Test("throw when used after their end")
    func usedAfterEnd() async throws {
        try await withTable { connection in
            var escaped: Transaction?
            try await connection.withTransaction { escaped = $0 }
            let transaction = try #require(escaped)
            do {
                try await transaction.execute("SELECT 1")
                Issue.record("the statement was queued")
            } catch PostgresError.transactionOver {}
        }
    }

    @Test("send nothing at all when nothing is asked")
    func empty() async throws {
        try await withTable { connection in
            let sent = try await connection.withTransaction { transaction in
                try await transaction.flush()
                return await connection.isInTransaction
            }
            #expect(!sent)
        }
    }

    @Test("run as one pipeline, all or nothing")
    func pipelined() async throws {
        try await withTable { connection in
            let results = try await connection.runTransaction([
                "INSERT INTO item VALUES (1, \("a"))", "INSERT INTO item VALUES (2, \("b"))",
                "SELECT count(*) AS n FROM item",
            ])
            #expect(results.map(\.affectedRows) == [1, 1, 1])
            #expect(try results[2].first?.decode("n", as: Int.self) == 2)
            await #expect(throws: PostgresError.self) {
                try await connection.runTransaction(["DELETE FROM item", "INSERT INTO nowhere VALUES (1)"])
            }
            try await expectCount(2, connection)
            #expect(await connection.isReusable)
        }
    }

    @Test("send a long queue on before it fills the memory")
    func longQueue() async throws {
        try await withTable { connection in
            try await connection.withTransaction { transaction in
                for id in 0..<2_000 { try await transaction.execute("INSERT INTO item VALUES (\(id), 'x')") }
            }
            try await expectCount(2_000, connection)
        }
    }

    @Test("refuse to write when they are read-only")
    func readOnly() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction(.readOnly) { transaction in
                    try await transaction.execute("INSERT INTO item VALUES (1, 'a')")
                }
            }
            #expect(error?.sqlState == SQLState(rawValue: "25006"))
        }
    }

    @Test("prepare a statement once, and anew when the columns have changed")
    func preparedStatements() async throws {
        try await withTable { connection in
            for id in 1...3 { try await connection.execute("INSERT INTO item VALUES (\(id), 'x')") }
            let prepared = try #require(
                try await connection.first(
                    "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'"
                )
            )
            #expect(try prepared.decode("n", as: Int.self) == 1)
            let all: SQL = "SELECT * FROM item"
            #expect(try await connection.query(all).count == 3)
            try await connection.execute("ALTER TABLE item ADD COLUMN size int")
            _ = try? await connection.query(all)
            #expect(try await connection.query(all)[0].columnCount == 3)
        }
    }

    @Test("keep only so many prepared statements, and close the others at the server")
    func boundedCache() async throws {
        try await withCommonSession { connection in
            for number in 0..<StatementCache.capacity + 50 {
                let name = "c\(number)"
                try await connection.query("SELECT 1 AS \(identifier: name)")
            }
            let row = try #require(try await connection.first("SELECT count(*) AS n FROM pg_prepared_statements"))
            #expect(try row.decode("n", as: Int.self) <= StatementCache.capacity + 2)
        }
    }

    @Test("serve several tasks on one session in turn")
    func turns() async throws {
        try await withCommonSession { connection in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...100 {
                    group.addTask {
                        try #require(try await connection.first("SELECT \(number) AS n")).decode("n")
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 5_050)
        }
    }

    @Test("take a statement and an answer of several megabytes each")
    func bigStatement() async throws {
        try await withCommonSession { connection in
            let big = String(repeating: "nid-de-poule ", count: 1 << 19)
            let row = try #require(try await connection.first("SELECT \(big) AS big, length(\(big)) AS length"))
            #expect(try row.decode("big", as: String.self) == big)
            #expect(try row.decode("length", as: Int.self) == big.count)
        }
    }
}
