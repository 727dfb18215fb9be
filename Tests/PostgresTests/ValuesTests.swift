import Foundation
import Postgres
import Testing

private enum Tier: String, PostgresEncodable, PostgresDecodable {
    case upper
    case lower
}

private enum Plain: Int16 {
    case one = 1
    case two = 2
}

private struct Decision: Codable, Equatable {
    let lead: String
    let decidedAt: Date
    let flags: [String]?
}

@Suite("Values")
struct ValuesTests {
    private func roundTrip<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ value: Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withCommonSession { connection in
            let row = try #require(try await connection.first("SELECT \(value) AS value"))
            #expect(try row.decode("value", as: Value.self) == value, sourceLocation: sourceLocation)
        }
    }

    @Test("come back as they went")
    func roundTrips() async throws {
        try await roundTrip(true)
        try await roundTrip(false)
        try await roundTrip(Int16.min)
        try await roundTrip(Int32.max)
        try await roundTrip(Int64.min)
        try await roundTrip(-7)
        try await roundTrip(Float(1.5))
        try await roundTrip(-0.1)
        try await roundTrip(Double.infinity)
        try await roundTrip("")
        try await roundTrip("nid-de-poule 🕳️ ' \" \\ $1 ;")
        try await roundTrip(UUID())
        try await roundTrip(Data([0, 255, 39, 92]))
        try await roundTrip(Data())
        try await roundTrip([UInt8](0...255))
        try await roundTrip(nil as String?)
        try await roundTrip("there" as String?)
        try await roundTrip([1, 2, 3])
        try await roundTrip([] as [Int])
        try await roundTrip(["a", nil, "", "{x,\"y\"}"])
        try await roundTrip([UUID(), UUID()])
        try await roundTrip([Data([1]), Data()])
        try await roundTrip([true, false])
        try await roundTrip([1.5, .nan].dropLast().map { $0 })
        try await roundTrip([Date(timeIntervalSince1970: 0)])
        try await roundTrip(Tier.lower)
        try await roundTrip(Tier?.none)
        try await roundTrip([Tier.upper, .lower])
    }

    @Test(
        "keep instants to the microsecond",
        arguments: [
            0, 0.000001, -0.000001, 1_792_000_000.123456, -62_000_000_000.5, 32_503_680_000.999999,
        ]
    )
    func instants(seconds: Double) async throws {
        try await withCommonSession { connection in
            let date = Date(timeIntervalSince1970: seconds)
            let row = try #require(
                try await connection.first(
                    "SELECT \(date) AS once, \(date)::timestamptz::text AS said, (extract(epoch FROM \(date)) * 1000000)::bigint AS micro"
                )
            )
            let back = try row.decode("once", as: Date.self)
            let again = try #require(try await connection.first("SELECT \(back) = \(date) AS same, \(back) AS twice"))
            #expect(try again.decode("same", as: Bool.self))
            #expect(try again.decode("twice", as: Date.self) == back)
            #expect(try row.decode("micro", as: Int64.self) == Int64((seconds * 1_000_000).rounded()))
        }
    }

    @Test("read the server's infinite instants as the far future and past")
    func infiniteInstants() async throws {
        try await withCommonSession { connection in
            let row = try #require(
                try await connection.first("SELECT 'infinity'::timestamptz AS up, '-infinity'::timestamptz AS down")
            )
            #expect(try row.decode("up", as: Date.self) == .distantFuture)
            #expect(try row.decode("down", as: Date.self) == .distantPast)
        }
    }

    @Test(
        "keep days",
        arguments: [
            (2000, 1, 1), (1999, 12, 31), (2024, 2, 29), (1900, 3, 1), (2026, 11, 21), (1, 1, 1), (9999, 12, 31),
        ]
    )
    func days(year: Int, month: Int, day: Int) async throws {
        try await withCommonSession { connection in
            let value = PostgresDay(year: year, month: month, day: day)
            let row = try #require(
                try await connection.first(
                    "SELECT \(value) AS day, make_date(\(Int32(year)), \(Int32(month)), \(Int32(day))) AS made"
                )
            )
            #expect(try row.decode("day", as: PostgresDay.self) == value)
            #expect(try row.decode("made", as: PostgresDay.self) == value)
            #expect(value.components == (year, month, day))
        }
    }

    @Test(
        "keep decimals exactly, as the server writes them",
        arguments: [
            "0", "1", "-1", "0.5", "-0.0001", "12345.6789", "9999", "10000", "100000000", "0.00001234",
            "123456789012345678901234567890.12", "-99999999.99", "1000000.000001",
        ]
    )
    func decimals(text: String) async throws {
        try await withCommonSession { connection in
            let value = try #require(Decimal(string: text))
            let row = try #require(
                try await connection.first("SELECT \(value) AS value, \(value)::text AS said, \(text)::numeric AS read")
            )
            #expect(try row.decode("value", as: Decimal.self) == value)
            #expect(try row.decode("read", as: Decimal.self) == value)
            #expect(try Decimal(string: row.decode("said")) == value)
            #expect(try row.decode("read", as: String.self) == text)
            #expect(
                try abs(row.decode("read", as: Double.self) - (Double(text) ?? 0)) <= abs(Double(text) ?? 0) * 1e-15
            )
        }
    }

    @Test("store a Codable value as jsonb and read it back")
    func json() async throws {
        try await withCommonSession { connection in
            let decision = Decision(
                lead: "maplewater \"x\"",
                decidedAt: Date(timeIntervalSince1970: 1_792_000_000.25),
                flags: nil
            )
            let row = try #require(
                try await connection.first(
                    "SELECT \(try JSONValue(decision)) AS stored, \(try JSONValue(decision)) ->> 'decidedAt' AS instant"
                )
            )
            #expect(try row.decodeJSON("stored", as: Decision.self) == decision)
            #expect(try row.decode("instant", as: String.self).hasSuffix(".250Z"))
            let plain = try #require(try await connection.first("SELECT '{\"a\": [1, 2]}'::json AS value"))
            #expect(try plain.decodeJSON("value", as: [String: [Int]].self) == ["a": [1, 2]])
            #expect(throws: PostgresError.self) { try JSONValue(Double.nan) }
            let wrong = #expect(throws: PostgresError.self) { try plain.decodeJSON("value", as: Decision.self) }
            #expect(wrong?.debugDescription.hasPrefix("column value:") == true)
        }
    }

    @Test("send enums and wrappers that know nothing of the database by their raw value")
    func rawValues() async throws {
        try await withCommonSession { connection in
            let row = try #require(
                try await connection.first(
                    "SELECT \(Plain.two) AS two, \(Plain?.none) AS nothing, \([Plain.one, .two]) AS both, 9::smallint AS nine"
                )
            )
            #expect(try row.decode("two", as: Plain.self) == .two)
            #expect(try row.decode("nothing", as: Plain?.self) == nil)
            #expect(try row.decode("both", as: [Plain].self) == [.one, .two])
            #expect(throws: PostgresError.self) { try row.decode("nine", as: Plain.self) }
        }
    }

    @Test("read integers of any width that fit and refuse the others")
    func widths() async throws {
        try await withCommonSession { connection in
            let row = try #require(
                try await connection.first(
                    "SELECT 7::smallint AS small, 70000::int AS middle, 5000000000::bigint AS big"
                )
            )
            #expect(try row.decode("small", as: Int.self) == 7)
            #expect(try row.decode("middle", as: Int64.self) == 70_000)
            #expect(try row.decode("middle", as: Double.self) == 70_000)
            #expect(throws: PostgresError.self) { try row.decode("middle", as: Int16.self) }
            #expect(throws: PostgresError.self) { try row.decode("big", as: Int32.self) }
        }
    }

    @Test("name the column and the fault when they cannot be read")
    func faults() async throws {
        try await withCommonSession { connection in
            let row = try #require(
                try await connection.first("SELECT NULL::text AS gone, 'x' AS word, ARRAY[[1]] AS deep")
            )
            func fault(_ body: () throws(PostgresError) -> Void) -> PostgresDecodingFault? {
                do {
                    try body()
                    return nil
                } catch {
                    guard case .decoding(_, let fault) = error else { return nil }
                    return fault
                }
            }
            #expect(
                fault { () throws(PostgresError) in _ = try row.decode("gone", as: String.self) } == .unexpectedNull
            )
            #expect(fault { () throws(PostgresError) in _ = try row.decode("none", as: String.self) } == .noSuchColumn)
            #expect(fault { () throws(PostgresError) in _ = try row.decode(3, as: String.self) } == .noSuchColumn)
            #expect(
                fault { () throws(PostgresError) in _ = try row.decode("word", as: Int.self) }
                    == .typeMismatch(expected: "Int", actual: .text)
            )
            #expect(
                fault { () throws(PostgresError) in _ = try row.decode("deep", as: [Int].self) }
                    == .typeMismatch(expected: "one-dimensional array", actual: PostgresType(rawValue: 1007))
            )
        }
    }

    @Test("read enums and domains of the database as text")
    func databaseTypes() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TYPE mood AS ENUM ('calm', 'cross')")
            let row = try #require(try await connection.first("SELECT 'cross'::mood AS mood, 'x'::varchar(3) AS short"))
            #expect(try row.decode("mood", as: String.self) == "cross")
            #expect(try row.decode("short", as: String.self) == "x")
        }
    }
}
