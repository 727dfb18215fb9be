import Foundation
import Postgres
import Testing

@Suite("Streams of rows", .serialized)
struct StreamTests {
    @Test("give every row once, in order", arguments: [0, 1, 511, 512, 513, 2_000])
    func everyRow(count: Int) async throws {
        try await withCommonSession { connection in
            let seen = try await connection.withTransaction { transaction in
                var seen: [Int] = []
                for try await row in try transaction.stream(
                    "SELECT n FROM generate_series(1, \(count)) AS n ORDER BY n"
                ) {
                    seen.append(try row.decode("n"))
                }
                return seen
            }
            #expect(seen == Array(1..<count + 1))
        }
    }

    @Test("may be left early, with other statements in between and after")
    func leftEarly() async throws {
        try await withCommonSession { connection in
            try await connection.withTransaction { transaction in
                var seen = 0
                for try await row in try transaction.stream("SELECT n FROM generate_series(1, 100000) AS n", chunk: 10)
                {
                    let number = try row.decode("n", as: Int.self)
                    let doubled = try await transaction.first("SELECT \(number) * 2 AS twice")
                    #expect(try doubled?.decode("twice", as: Int.self) == number * 2)
                    seen += 1
                    if seen == 25 { break }
                }
                var second = 0
                for try await _ in try transaction.stream("SELECT 1 FROM generate_series(1, 100)") { second += 1 }
                #expect(second == 100)
            }
        }
    }

    @Test("throw the error of a row in the middle")
    func errorInside() async throws {
        try await withCommonSession { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { transaction in
                    for try await _ in try transaction.stream(
                        "SELECT 1 / (1000 - n) FROM generate_series(1, 2000) AS n"
                    ) {}
                }
            }
            #expect(error?.sqlState == SQLState(rawValue: "22012"))
        }
    }

    @Test("need no more memory for two hundred megabytes than for two")
    func constantMemory() async throws {
        try await withCommonSession { connection in
            func read(_ rows: Int) async throws {
                try await connection.withTransaction { transaction in
                    var bytes = 0
                    let stream = try transaction.stream(
                        "SELECT repeat('x', 10000) AS text FROM generate_series(1, \(rows))",
                        chunk: 64
                    )
                    for try await row in stream { bytes += try row.decode("text", as: String.self).utf8.count }
                    #expect(bytes == rows * 10_000)
                }
            }
            try await read(200)
            let before = try residentMegabytes()
            try await read(20_000)
            #expect(try residentMegabytes() - before < 60)
        }
    }

    /// Other tests of the process run at the same time, so the bound is generous; 200 MB kept would still show.
    private func residentMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
        return kilobytes / 1024
    }
}
