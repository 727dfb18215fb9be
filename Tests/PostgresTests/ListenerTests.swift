import Logging
import TestSupport
import Testing

@testable import Postgres

@Suite("The listener", .timeLimit(.minutes(1)))
struct ListenerTests {
    @Test("hears what is said, and listens again after the server ended its session")
    func hears() async throws {
        try await withSession { connection in
            let listener = PostgresListener(
                connection.settings,
                channels: [try SQLIdentifier("work"), try SQLIdentifier("Other-Work")],
                logger: quiet
            )
            var heard = listener.makeAsyncIterator()
            #expect(await heard.next() == .listening)
            let process = Int(connection.backendProcess)
            try await connection.execute("NOTIFY work, 'one'")
            #expect(await heard.next() == .notified(channel: "work", payload: "one", backendProcess: process))
            try await connection.withTransaction { transaction in
                try await transaction.execute("SELECT pg_notify('Other-Work', 'two')")
                try await transaction.execute("SELECT pg_notify('work', 'three')")
            }
            #expect(await heard.next() == .notified(channel: "Other-Work", payload: "two", backendProcess: process))
            #expect(await heard.next() == .notified(channel: "work", payload: "three", backendProcess: process))
            let ended = try await connection.query(
                """
                SELECT pg_terminate_backend(pid, 5000)
                FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'
                """
            )
            #expect(ended.count == 1)
            #expect(await heard.next() == .listening)
            try await connection.execute("NOTIFY work, 'four'")
            #expect(await heard.next() == .notified(channel: "work", payload: "four", backendProcess: process))
        }
    }

    @Test("ends when its task is cancelled, also while there is no server")
    func ends() async throws {
        let nowhere = ConnectionSettings(host: "/nowhere", database: "d", user: "u")
        for settings in [try await TestCluster.shared().settings(), nowhere] {
            let listener = PostgresListener(settings, channels: [try SQLIdentifier("work")], logger: quiet)
            let listening = Task {
                for await _ in listener {}
            }
            try await Task.sleep(for: .milliseconds(100))
            listening.cancel()
            await listening.value
        }
    }
}
