import Testing

@testable import Postgres

@Suite("The SQL value")
struct SQLTests {
    @Test("numbers its values in order, also those of fragments")
    func numbering() {
        let condition: SQL = "b = \(2) AND c = \("three")"
        let statement: SQL = "SELECT a FROM t WHERE a = \(1) AND \(condition) AND d = \(nil as Int?)"
        let (text, binds, _) = statement.rendered()
        #expect(text == "SELECT a FROM t WHERE a = $1 AND b = $2 AND c = $3 AND d = $4")
        #expect(binds.map(\.type) == [.int8, .int8, .text, .int8])
        #expect(binds[3].bytes == nil)
        let list = [SQL("a = \(1)"), "b = \(2)"].joined(separator: " OR ")
        #expect(list.rendered().text == "a = $1 OR b = $2")
    }

    @Test("never takes a value into its text", arguments: ["'; DROP TABLE t; --", "$1", "\\", "\u{0}"])
    func injection(value: String) {
        #expect(SQL("SELECT \(value)").rendered().text == "SELECT $1")
    }

    @Test(
        "quotes names and refuses what is none",
        arguments: [
            ("hub", true), ("t_bb", true), ("hub311_t_bb", true), ("Upper-Case$1", true),
            ("", false), ("1a", false), ("a\"b", false), ("a b", false), ("a.b", false), ("é", false), ("a;b", false),
            (String(repeating: "x", count: 63), true), (String(repeating: "x", count: 64), false),
        ]
    )
    func identifiers(name: String, isName: Bool) {
        let statement: SQL = "TABLE \(identifier: name)"
        #expect((statement.fault == nil) == isName)
        if isName { #expect(statement.rendered().text == "TABLE \"\(name)\"") }
    }

    @Test("throws a bad name instead of sending it")
    func badNameIsThrown() async throws {
        try await withCommonSession { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute("TABLE \(identifier: "a\"; DROP TABLE x; --")")
            }
            #expect(error?.description == "A name is not allowed.")
        }
    }

    @Test(
        "quotes constants for commands that take no values, and blanks them in logs",
        arguments: [
            "plain", "it's", "back\\slash", "\\'; DROP ROLE x; --", "",
        ]
    )
    func literals(text: String) async throws {
        let statement: SQL = "SELECT \(literal: text) AS value"
        #expect(text.isEmpty || !statement.rendered().logText.contains(text))
        try await withCommonSession { connection in
            let row = try await connection.first(statement)
            #expect(try row?.decode("value", as: String.self) == text)
        }
    }
}
