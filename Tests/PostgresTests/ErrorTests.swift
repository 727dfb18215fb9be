import Foundation
import Testing

@testable import Postgres

@Suite("Errors")
struct ErrorTests {
    @Test("keep the server's code and leave the session usable")
    func codes() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE parent (id bigint PRIMARY KEY)")
            try await connection.execute(
                "CREATE TABLE child (id bigint NOT NULL REFERENCES parent, size int CHECK (size > 0))"
            )
            try await connection.execute("INSERT INTO parent VALUES (1)")
            let cases: [(SQL, SQLState)] = [
                ("INSERT INTO parent VALUES (1)", .uniqueViolation),
                ("INSERT INTO child VALUES (2, 1)", .foreignKeyViolation),
                ("INSERT INTO child VALUES (NULL, 1)", .notNullViolation),
                ("INSERT INTO child VALUES (1, 0)", .checkViolation),
                ("SELEKT 1", .syntaxError),
                ("SELECT * FROM nowhere", .undefinedTable),
                ("SELECT 1; SELECT 2", .syntaxError),
                ("SELECT \("a\u{0}b")", SQLState(rawValue: "22021")),
            ]
            for (statement, state) in cases {
                let error = await #expect(throws: PostgresError.self) { try await connection.query(statement) }
                #expect(error?.sqlState == state)
                #expect(try await connection.first("SELECT 1 AS one")?.decode("one", as: Int.self) == 1)
            }
        }
    }

    @Test("tell a stranger no SQL, no name and no value, and the log no detail")
    func texts() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE requester (email text CONSTRAINT one_each PRIMARY KEY)")
            try await connection.execute("INSERT INTO requester VALUES (\("jane@example.org"))")
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await connection.execute("INSERT INTO requester VALUES (\("jane@example.org"))")
                }
            )
            #expect(error.description == "The database refused the operation (23505).")
            #expect(error.debugDescription.contains("statement=INSERT INTO requester VALUES ($1)"))
            #expect(error.debugDescription.contains("one_each"))
            #expect(!error.debugDescription.contains("jane"))
            #expect(error.serverError?.detail?.contains("jane") == true, "kept for whoever asks")
        }
    }

    @Test("say why there is no connection, without the password")
    func connecting() async throws {
        let nowhere = ConnectionSettings(host: "/nowhere", database: "d", user: "u", password: "sesame")
        let error = try #require(
            await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.connect(nowhere) }
        )
        guard case .connectionFailed(let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.contains("/nowhere"))
        #expect(!"\(error.debugDescription) \(nowhere) \(String(reflecting: nowhere))".contains("sesame"))
        #expect(error.isUnavailability)
    }

    @Test("refuse to connect without TLS when the certificate must be verified")
    func verifyFull() async throws {
        let root = "/tmp/hub-test-root-\(UInt64.random(in: 0 ... .max)).pem"
        let settings = ConnectionSettings(
            host: "127.0.0.1",
            port: 1,
            database: "d",
            user: "u",
            tls: .verifyFull,
            tlsRootCertificate: root
        )
        #expect(settings.keywords.contains { $0 == ("sslmode", "verify-full") })
        #expect(settings.keywords.contains { $0 == ("sslrootcert", root) })
        await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.connect(settings) }
    }

    @Test(
        "read a connection URI",
        arguments: [
            ("postgresql://hub:p%40ss@db.example:6432/hub?sslmode=verify-full&sslrootcert=/etc/ca.pem", true),
            ("postgres:///hub", false),
            ("http://hub@db/hub", false),
            ("postgresql://hub@db/hub?sslmode=maybe", false),
            ("postgresql://hub@db/hub?surprise=1", false),
        ]
    )
    func uri(text: String, isGood: Bool) throws {
        guard isGood else {
            #expect(throws: PostgresError.self) { try ConnectionSettings(uri: text) }
            return
        }
        let settings = try ConnectionSettings(uri: text)
        #expect(settings.host == "db.example" && settings.port == 6432)
        #expect(settings.user == "hub" && settings.password == "p@ss" && settings.database == "hub")
        #expect(settings.tls == .verifyFull && settings.tlsRootCertificate == "/etc/ca.pem")
    }

    @Test("pass session parameters, blanks and backslashes included")
    func parameters() async throws {
        try await withCommonSession { connection in
            var settings = connection.settings
            settings.parameters = ["application_name": "a b\\c", "search_path": "one, two"]
            settings.statementMilliseconds = 1_234
            let other = try await PostgresConnection.connect(settings)
            let row = try #require(
                try await other.first(
                    "SELECT current_setting('statement_timeout') AS time, current_setting('search_path') AS path"
                )
            )
            #expect(try row.decode("time", as: String.self) == "1234ms")
            #expect(try row.decode("path", as: String.self) == "one, two")
            await other.close()
        }
    }
}
