import Foundation
import Testing

@testable import Postgres

@Suite("Migrations")
struct MigrationTests {
    private let now = Date(timeIntervalSince1970: 1_792_000_000)
    private let schema: SQLIdentifier
    private let first: Migration
    private let second: Migration

    init() throws {
        schema = try SQLIdentifier("t_bb")
        first = try Migration(
            name: "0001_create_item.sql",
            text: "-- What: items; why not.\nCREATE TABLE item (id bigint PRIMARY KEY);\nINSERT INTO item VALUES (1);\n"
        )
        second = try Migration(name: "0002_add_word.sql", text: "ALTER TABLE item ADD COLUMN word text DEFAULT ';'")
    }

    private func withSchema(_ body: (PostgresConnection) async throws -> Void) async throws {
        try await withSession { connection in
            try await connection.execute("CREATE SCHEMA \(identifier: schema)")
            try await body(connection)
        }
    }

    @Test("are applied once, in order, in their schema, with their instant")
    func applied() async throws {
        try await withSchema { connection in
            let runner = try MigrationRunner([second, first])
            #expect(
                try await runner.status(of: schema, on: connection).pending == ["0001_create_item", "0002_add_word"]
            )
            let done = try await runner.run(in: schema, on: connection, now: now)
            #expect(done == ["0001_create_item", "0002_add_word"])
            let again = try await runner.run(in: schema, on: connection, now: now)
            #expect(again == [])
            let status = try await runner.status(of: schema, on: connection)
            #expect(status.version == 2 && status.pending == [])
            let rows = try await connection.query("SELECT id, word FROM t_bb.item")
            #expect(try rows.map { try $0.decode("word", as: String.self) } == [";"])
            let instants = try await connection.query("SELECT applied_at FROM t_bb.schema_migration")
            #expect(try instants.map { try $0.decode("applied_at", as: Date.self) } == [now, now])
            let path = try await connection.first("SHOW search_path")
            #expect(try path?.decode(0, as: String.self) == "\"$user\", public", "the session is as it was")
        }
    }

    @Test("resume where a failure stopped them, and name file and line")
    func resumed() async throws {
        try await withSchema { connection in
            let broken = try Migration(
                name: "0002_add_word.sql",
                text: "ALTER TABLE item ADD COLUMN word text;\n\n-- then\nALTER TABLE nowhere ADD COLUMN x int;"
            )
            do {
                try await MigrationRunner([first, broken]).run(in: schema, on: connection, now: now)
                Issue.record("the second file is broken")
            } catch MigrationError.statementFailed(let schema, let migration, let line, let error) {
                #expect(schema == "t_bb" && migration == "0002_add_word" && line == 4)
                #expect(error.sqlState == .undefinedTable)
            }
            let runner = try MigrationRunner([first, second])
            #expect(try await runner.status(of: schema, on: connection).version == 1)
            let done = try await runner.run(in: schema, on: connection, now: now)
            #expect(done == ["0002_add_word"], "nothing of the broken file was left")
        }
    }

    @Test("refuse a file that was edited after it was applied")
    func edited() async throws {
        try await withSchema { connection in
            try await MigrationRunner([first]).run(in: schema, on: connection, now: now)
            let edited = try Migration(name: "0001_create_item", text: first.text + " ")
            do {
                try await MigrationRunner([edited, second]).run(in: schema, on: connection, now: now)
                Issue.record("the file was edited")
            } catch MigrationError.checksumChanged(let schema, let name) {
                #expect(schema == "t_bb" && name == "0001_create_item")
            }
        }
    }

    @Test("refuse a database newer than the program, and one with a history of its own")
    func newer() async throws {
        try await withSchema { connection in
            try await MigrationRunner([first, second]).run(in: schema, on: connection, now: now)
            do {
                _ = try await MigrationRunner([first]).status(of: schema, on: connection)
                Issue.record("the database is newer")
            } catch MigrationError.databaseIsNewer(let schema, let applied, let newest) {
                #expect(schema == "t_bb" && applied == "0002_add_word" && newest == "0001_create_item")
            }
            let third = try Migration(name: "0003_more", text: "SELECT 1")
            do {
                _ = try await MigrationRunner([first, third]).status(of: schema, on: connection)
                Issue.record("0002 is not known")
            } catch MigrationError.unknownMigration(_, let name) {
                #expect(name == "0002_add_word")
            }
        }
    }

    @Test("run outside a transaction when their header says so")
    func withoutTransaction() async throws {
        try await withSchema { connection in
            let index = try Migration(
                name: "0002_index.sql",
                text:
                    "-- What: an index.\n-- no transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS item_by_id ON item (id);"
            )
            #expect(!index.isTransactional && first.isTransactional)
            let done = try await MigrationRunner([first, index]).run(in: schema, on: connection, now: now)
            #expect(done.count == 2)
            let path = try await connection.first("SHOW search_path")
            #expect(try path?.decode(0, as: String.self) == "\"$user\", public")
        }
    }

    @Test("try again while somebody holds a lock")
    func lockTimeout() async throws {
        try await withSchema { connection in
            try await MigrationRunner([first]).run(in: schema, on: connection, now: now)
            let other = try await PostgresConnection.connect(connection.settings)
            let runner = try MigrationRunner([first, second], lockTimeout: .milliseconds(50), attempts: 3)
            try await other.withTransaction { transaction in
                _ = try await transaction.query("SELECT * FROM t_bb.item")
                do {
                    try await runner.run(in: schema, on: connection, now: now)
                    Issue.record("the table was locked")
                } catch MigrationError.statementFailed(_, _, _, let error) {
                    #expect(error.sqlState == .lockNotAvailable)
                }
            }
            await other.close()
            let done = try await runner.run(in: schema, on: connection, now: now)
            #expect(done == ["0002_add_word"])
        }
    }

    @Test("of many schemas run at once, and two programs on one schema do each file once")
    func together() async throws {
        try await withSession { connection in
            for number in 0..<4 {
                try await connection.execute("CREATE SCHEMA \(identifier: "t_\(number)")")
            }
            let runner = try MigrationRunner([first, second])
            let settings = connection.settings
            let instant = now
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let own = try await PostgresConnection.connect(settings)
                        let schema = try SQLIdentifier("t_\(number % 4)")
                        let done = try await runner.run(in: schema, on: own, now: instant)
                        await own.close()
                        return done.count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == 8)
        }
    }

    @Test("need a number in their name, each another", arguments: ["create.sql", "_x.sql", "12.sql", "0001-x.sql"])
    func names(name: String) throws {
        #expect(throws: MigrationError.self) { try Migration(name: name, text: "") }
        let twin = try Migration(name: "1_twin", text: "")
        #expect(throws: MigrationError.self) { try MigrationRunner([first, twin]) }
    }
}

@Suite("The splitter of statements")
struct StatementSplitterTests {
    @Test(
        "finds the semicolons that end a statement",
        arguments: [
            // text, statements
            ("", []),
            (" ;; \n; ", []),
            ("SELECT 1", ["SELECT 1"]),
            ("SELECT 1;SELECT 2;", ["SELECT 1", "SELECT 2"]),
            ("SELECT ';'", ["SELECT ';'"]),
            ("SELECT 'it''s; ok'; SELECT 2", ["SELECT 'it''s; ok'", "SELECT 2"]),
            ("SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", "SELECT 2"]),  // a backslash is no escape without E
            ("SELECT E'a\\';b'; SELECT 2", ["SELECT E'a\\';b'", "SELECT 2"]),
            ("SELECT name'a\\'; SELECT 2", ["SELECT name'a\\'", "SELECT 2"]),  // e only as the last letter of a word
            ("SELECT \"a;b\"\"c;\"; SELECT 2", ["SELECT \"a;b\"\"c;\"", "SELECT 2"]),
            ("-- a;b\nSELECT 1 -- c;d\n; SELECT 2", ["SELECT 1 -- c;d\n", "SELECT 2"]),
            ("/* a; /* b; */ c; */ SELECT 1; SELECT /* ; */ 2", ["SELECT 1", "SELECT /* ; */ 2"]),
            ("DO $$ BEGIN; END $$; SELECT 2", ["DO $$ BEGIN; END $$", "SELECT 2"]),
            ("DO $a$ x; $$ y; $b$ $a$; SELECT 2", ["DO $a$ x; $$ y; $b$ $a$", "SELECT 2"]),
            ("SELECT $1; SELECT a$b$; SELECT 3", ["SELECT $1", "SELECT a$b$", "SELECT 3"]),  // neither opens a quote
            ("SELECT 1 - 2 / 3; SELECT 4", ["SELECT 1 - 2 / 3", "SELECT 4"]),
            ("SELECT 'é;ñ'; SELECT 2  \n", ["SELECT 'é;ñ'", "SELECT 2"]),
        ]
    )
    func split(text: String, statements: [String]) throws {
        #expect(try StatementSplitter.split(text).map(\.text) == statements)
    }

    @Test("counts lines through comments and quotes")
    func lines() throws {
        let text = "-- one\n\nSELECT 'a\nb';\n/* x\n*/ SELECT 2;\nDO $$\n;\n$$; SELECT 3"
        #expect(try StatementSplitter.split(text).map(\.line) == [3, 6, 7, 9])
    }

    @Test(
        "says what is never closed and where",
        arguments: [
            ("SELECT 1;\nSELECT 'x", 2), ("\"x", 1), ("/* /* */", 1), ("SELECT 1;\n\nDO $a$ x $b$", 3),
            ("SELECT E'\\'", 1),
        ]
    )
    func unterminated(text: String, line: Int) throws {
        let error = #expect(throws: StatementSplitter.Unterminated.self) { try StatementSplitter.split(text) }
        #expect(error?.line == line)
    }
}
