import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite("A lost connection")
struct ConnectionLossTests {
    @Test("before COMMIT was sent is a loss; while COMMIT is under way the outcome is unknown")
    func commitOutcome() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE item (id bigint PRIMARY KEY)")
            // A deferred trigger holds COMMIT for a while, long enough to end the session meanwhile.
            try await connection.execute(
                """
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$
                """
            )
            try await connection.execute(
                """
                CREATE CONSTRAINT TRIGGER held AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slow()
                """
            )
            let other = try await PostgresConnection.connect(connection.settings)
            let process = Int32(other.backendProcess)
            let committing = Task {
                try await other.withTransaction { try await $0.execute("INSERT INTO item VALUES (1)") }
            }
            while try await connection.query(
                "SELECT 1 FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'"
            ).isEmpty {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await connection.query("SELECT pg_terminate_backend(\(process))")
            do {
                try await committing.value
                Issue.record("the session was gone")
            } catch PostgresError.commitOutcomeUnknown(let reason) {
                #expect(reason.contains("57P01"))
            }
            #expect(await !other.isOpen)
            let third = try await PostgresConnection.connect(connection.settings)
            do {
                try await third.withTransaction { transaction in
                    _ = try await transaction.query("SELECT 1")
                    try await connection.query("SELECT pg_terminate_backend(\(Int32(third.backendProcess)), 5000)")
                    _ = try await transaction.query("SELECT 2")
                }
                Issue.record("the session was gone")
            } catch PostgresError.connectionLost {}
        }
    }

    @Test("wakes whoever waits for an answer, also when no word comes from the server")
    func cutOff() async throws {
        try await withCommonSession { connection in
            let other = try await PostgresConnection.connect(connection.settings)
            let waiting = Task { try await other.query("SELECT pg_sleep(60)") }
            while try await connection.query(
                "SELECT 1 FROM pg_stat_activity WHERE pid = \(Int32(other.backendProcess)) AND wait_event = 'PgSleep'"
            ).isEmpty {
                try await Task.sleep(for: .milliseconds(5))
            }
            await other.handle?.sever()
            let result = await waiting.result
            #expect(throws: PostgresError.self) { try result.get() }
            await #expect(throws: PostgresError.self) { try await other.query("SELECT 1") }
            try await connection.query("SELECT pg_terminate_backend(\(Int32(other.backendProcess)))")
        }
    }

    @Test("does not disturb others that get the same socket number afterwards")
    func reusedSockets() async throws {
        let settings = try await TestCluster.shared().settings()
        for _ in 0..<30 {
            let first = try await PostgresConnection.connect(settings)
            await first.handle?.sever()
            _ = try? await first.query("SELECT 1")
            let second = try await PostgresConnection.connect(settings)
            await first.close()
            let row = try await second.first("SELECT pg_sleep(0.01), 1 AS one")
            #expect(try row?.decode("one", as: Int.self) == 1)
            await second.close()
        }
    }
}
