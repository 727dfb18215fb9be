import Testing

@testable import Postgres

private struct Stop: Error {}

@Suite("COPY")
struct CopyTests {
    private func withTable(_ body: (PostgresConnection) async throws -> Void) async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE item (id bigint PRIMARY KEY, word text, size int)")
            try await body(connection)
        }
    }

    @Test("takes many rows in binary form, NULL included")
    func rows() async throws {
        try await withTable { connection in
            let count = try await connection.withTransaction { transaction in
                try await transaction.copyRows(into: "item (id, word, size)") { rows in
                    for id in 0..<50_000 {
                        try await rows.write(id, "word \(id)", id.isMultiple(of: 2) ? Int32(id) : nil)
                    }
                }
            }
            #expect(count == 50_000)
            let row = try #require(
                try await connection.first("SELECT count(*) AS n, count(size) AS sized, sum(size) AS sum FROM item")
            )
            #expect(try row.decode("n", as: Int.self) == 50_000)
            #expect(try row.decode("sized", as: Int.self) == 25_000)
            #expect(try row.decode("sum", as: Int.self) == 624_975_000)
        }
    }

    @Test("takes the bytes of a sequence, and gives them back")
    func textBothWays() async throws {
        try await withTable { connection in
            let lines = AsyncStream<[UInt8]> { continuation in
                for id in 0..<1_000 { continuation.yield(Array("\(id),\"a, b\",\n".utf8)) }
                continuation.finish()
            }
            try await connection.withTransaction { transaction in
                let taken = try await transaction.copyIn("COPY item FROM STDIN (FORMAT csv)", from: lines)
                #expect(taken == 1_000)
                var text = ""
                let given = try await transaction.copyOut(
                    "COPY (SELECT * FROM item ORDER BY id) TO STDOUT (FORMAT csv)"
                ) {
                    text += String(decoding: $0, as: UTF8.self)
                }
                #expect(given == 1_000)
                #expect(text.hasPrefix("0,\"a, b\",\n1,\"a, b\",\n"))
                #expect(text.split(separator: "\n").count == 1_000)
                try await transaction.execute("DELETE FROM item WHERE id > 0")
            }
            let rows = try await connection.query("SELECT id FROM item")
            #expect(rows.count == 1)
        }
    }

    @Test("of bad data leaves nothing and the session usable")
    func badData() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.copyIn("COPY item FROM STDIN") { writer in
                        try await writer.write(Array("1\tfine\t1\nnone\tbad\t2\n".utf8))
                    }
                }
            }
            #expect(error?.sqlState == SQLState(rawValue: "22P02"))
            try await expectEmpty(connection)
        }
    }

    @Test("is undone when the closure throws, in either direction")
    func closureThrows() async throws {
        try await withTable { connection in
            await #expect(throws: Stop.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.copyRows(into: "item (id)") { rows in
                        for id in 0..<10_000 { try await rows.write(id) }
                        throw Stop()
                    }
                }
            }
            try await expectEmpty(connection)
            await #expect(throws: Stop.self) {
                try await connection.withTransaction { transaction in
                    try await transaction.copyOut("COPY (SELECT generate_series(1, 10000000)) TO STDOUT") { _ in
                        throw Stop()
                    }
                }
            }
            try await expectEmpty(connection)
        }
    }

    @Test("is stopped by the cancellation of its task")
    func cancelled() async throws {
        try await withTable { connection in
            let (started, start) = AsyncStream<Void>.makeStream()
            let copying = Task {
                try await connection.withTransaction { transaction in
                    try await transaction.copyOut(
                        "COPY (SELECT pg_sleep(0.001) FROM generate_series(1, 1000000)) TO STDOUT"
                    ) { _ in
                        start.yield()
                    }
                }
            }
            for await _ in started { break }
            copying.cancel()
            let result = await copying.result
            #expect(throws: (any Error).self) { try result.get() }
            try await expectEmpty(connection)
        }
    }

    @Test("refuses a command that is none")
    func wrongCommand() async throws {
        try await withTable { connection in
            await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { try await $0.copyIn("SELECT 1") { _ in } }
            }
            try await expectEmpty(connection)
        }
    }

    private func expectEmpty(_ connection: PostgresConnection) async throws {
        #expect(await connection.isReusable)
        let rows = try await connection.query("SELECT * FROM item")
        #expect(rows.isEmpty)
    }
}
