import Foundation
import TestSupport
import Testing

@testable import Postgres

@Suite("Cancellation", .serialized)
struct CancellationTests {
    @Test("a thousand times leaves a pool of one usable, and no statement running", .timeLimit(.minutes(4)))
    func thousandTimes() async throws {
        let cluster = try await TestCluster.shared()
        try await cluster.withDatabase { database in
            let pool = PostgresPool(
                cluster.settings(database: database),
                settings: PoolSettings(maximumConnections: 1, waitLimit: .seconds(20))
            )
            let first = try await pool.withConnection { $0.backendProcess }
            var generator = SystemRandomNumberGenerator()
            for round in 0..<1_000 {
                let running = Task {
                    try await pool.withTransaction { transaction in
                        try await transaction.execute("SELECT set_config('hub.mark', \("\(round)"), true)")
                        _ = try await transaction.query("SELECT pg_sleep(30)")
                    }
                }
                // Before, during and after the sending.
                try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000, using: &generator)))
                running.cancel()
                let result = await running.result
                #expect(throws: (any Error).self) { try result.get() }
                if round.isMultiple(of: 50) {
                    let row = try await pool.withConnection { connection in
                        try await connection.first("SELECT \(round) AS n, current_setting('hub.mark', true) AS mark")
                    }
                    #expect(try row?.decode("n", as: Int.self) == round)
                    #expect(
                        try row?.decode("mark", as: String?.self) ?? "" == "",
                        "nothing of a cancelled transaction is left"
                    )
                }
            }
            let last = try await pool.withConnection { $0.backendProcess }
            #expect(last == first, "it was the same session all the time")
            #expect(pool.metrics == PoolMetrics(inUse: 0, idle: 1, opening: 0, waiting: 0, maximum: 1))
            await pool.close()
        }
    }

    @Test("reaches a statement that waits for a lock")
    func lockWait() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE item (id bigint PRIMARY KEY)")
            let other = try await PostgresConnection.connect(connection.settings)
            try await connection.withTransaction { transaction in
                _ = try await transaction.query("LOCK TABLE item")
                let waiting = Task { try await other.query("SELECT * FROM item") }
                while try await transaction.query(
                    "SELECT 1 FROM pg_locks WHERE NOT granted AND pid = \(Int32(other.backendProcess))"
                ).isEmpty {
                    await Task.yield()
                }
                waiting.cancel()
                let result = await waiting.result
                #expect(throws: PostgresError.self) { try result.get() }
            }
            let rows = try await other.query("SELECT * FROM item")
            #expect(rows.isEmpty)
            await other.close()
        }
    }

    @Test("is told from the server's own limit of time")
    func statementTimeout() async throws {
        try await withCommonSession { connection in
            var settings = connection.settings
            settings.statementMilliseconds = 50
            let other = try await PostgresConnection.connect(settings)
            let error = await #expect(throws: PostgresError.self) { try await other.query("SELECT pg_sleep(10)") }
            #expect(error?.sqlState == .queryCanceled)
            await other.close()
        }
    }

    @Test("before the beginning sends nothing")
    func alreadyCancelled() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE item (id bigint)")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await connection.execute("INSERT INTO item VALUES (1)")
            }
            task.cancel()
            let result = await task.result
            #expect(throws: PostgresError.self) { try result.get() }
            let rows = try await connection.query("SELECT * FROM item")
            #expect(rows.isEmpty)
        }
    }
}
