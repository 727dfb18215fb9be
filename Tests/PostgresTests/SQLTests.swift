import Testing

@testable import Postgres

@Suite("The SQL value")
struct SQLTests {
    @Test("numbers its values in order, also those of fragments")
    func numbering() {
        let condition: SQL = "b = \(2) AND c = \("three")"
        let statement: SQL = "SELECT a FROM t WHERE a = \(1) AND \(condition) AND d = \(nil as Int?)"
        #expect(statement.shape.text == "SELECT a FROM t WHERE a = $1 AND b = $2 AND c = $3 AND d = $4")
        #expect(statement.shape.types == [PostgresType.int8, .int8, .text, .int8].map(\.rawValue))
        #expect(statement.values.spans.map(\.length) == [8, 8, 5, -1])
        let list = [SQL("a = \(1)"), "b = \(2)"].joined(separator: " OR ")
        #expect(list.shape.text == "a = $1 OR b = $2")
    }

    @Test("is found again by its words whatever its values are, and told from every other")
    func shapes() {
        func statement(_ id: Int, _ name: String?) -> SQL { "SELECT a FROM t WHERE a = \(id) AND b = \(name)" }
        let table = "t"
        #expect(statement(1, "x").shape == statement(2, nil).shape)
        #expect(Set([statement(1, "x").shape, statement(2, nil).shape]).count == 1)
        let others: [SQL] = [
            "SELECT a FROM t WHERE a = \(1) AND b = \(2)", "SELECT a FROM t WHERE a = \(1) AND c = \("x")",
            statement(1, "x") + " LIMIT 1", "SELECT a FROM \(identifier: table) WHERE a = \(1) AND b = \("x")",
            "SELECT a FROM \(identifier: "u") WHERE a = \(1) AND b = \("x")",
        ]
        #expect(Set((others + [statement(1, "x")]).map(\.shape)).count == 6)
    }

    @Test("never takes a value into its text", arguments: ["'; DROP TABLE t; --", "$1", "\\", "\u{0}"])
    func injection(value: String) {
        #expect(SQL("SELECT \(value)").shape.text == "SELECT $1")
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
        if isName { #expect(statement.shape.text == "TABLE \"\(name)\"") }
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
        #expect(text.isEmpty || !statement.shape.logText.contains(text))
        try await withCommonSession { connection in
            let row = try await connection.first(statement)
            #expect(try row?.decode("value", as: String.self) == text)
        }
    }
}
