import DataFiles
import Foundation
import Testing

@Suite("CSV") struct CSVReaderTests {
    private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("hub311-\(UUID().uuidString).csv").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func rows(_ bytes: [UInt8]) throws -> [(number: Int, fields: [[UInt8]], fault: String?)] {
        try withFile(bytes) { path in
            var rows: [(number: Int, fields: [[UInt8]], fault: String?)] = []
            try CSVReader.read(path: path) { row in
                rows.append((row.number, (0..<row.count).map { row.field($0) { Array($0) } ?? [] }, row.fault))
            }
            return rows
        }
    }

    @Test(
        "splits rows as RFC 4180 says, and as real files are",
        arguments: [
            // text, rows with fields joined by | , why
            ("a,b\n1,2\n", ["a|b", "1|2"], "line feeds"),
            ("a,b\r\n1,2\r\n", ["a|b", "1|2"], "carriage return and line feed"),
            ("a,b\r1,2\r3,4", ["a|b", "1|2", "3|4"], "carriage returns alone, none at the end"),
            ("a,b\r1,2\n3,4\r\n5,6", ["a|b", "1|2", "3|4", "5|6"], "all three"),
            ("a,b\n,\n", ["a|b", "|"], "empty fields"),
            ("a,b\n\n\n1,2", ["a|b", "1|2"], "blank lines"),
            ("a,b\r\n\r\n1,2", ["a|b", "1|2"], "blank lines with both"),
            ("a,b\n\"1,\"\"x\"\"\n2\",3\n", ["a|b", "1,\"x\"\n2|3"], "quotes, commas and line breaks in a field"),
            ("a,b\n1,x\"y\n", ["a|b", "1|x\"y"], "a quote within a plain field is a character"),
            ("a,b\n1,\"\"\n", ["a|b", "1|"], "an empty quoted field"),
            ("a;b\n1,5;2\n", ["a|b", "1,5|2"], "semicolons, commas as characters"),
            ("a\tb\n1\t2\n", ["a|b", "1|2"], "tabs"),
            ("\u{FEFF}a,b\n1,2", ["a|b", "1|2"], "a byte-order mark"),
            ("a", ["a"], "one field, no line end"),
            ("", [], "nothing"),
        ]
    )
    func splits(text: String, expected: [String], why: String) throws {
        let found = try rows(Array(text.utf8)).map { row in
            row.fields.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
        }
        #expect(found == expected, "\(why)")
    }

    @Test("hands bytes on as they are, in whatever encoding") func latin1() throws {
        let found = try rows(Array("id\n".utf8) + [0xC9, 0x63, 0x6F, 0x6C, 0xE9, 0x0A])
        #expect(found.last?.fields == [[0xC9, 0x63, 0x6F, 0x6C, 0xE9]])
    }

    @Test("counts rows with blank lines, whichever way they are read") func numbers() throws {
        #expect(try rows(Array("a\n\n1\n\"2\"\n\n3\r4".utf8)).map(\.number) == [1, 3, 4, 6, 7])
    }

    @Test("finds what is wrong with a row and goes on") func faults() throws {
        let found = try rows(Array("a,b\n\"1\"x,2\n3,4\n\"5,6\n".utf8))
        #expect(found.map { $0.fault == nil } == [true, false, true, false])
        #expect(found[1].fault?.contains("closing quote") == true && found[3].fault?.contains("not closed") == true)
    }

    @Test("reads a file of many pieces as one of a single piece", arguments: [1, 2, 3] as [UInt64])
    func pieces(seed: UInt64) throws {
        // Rows of every kind, so that the ends of pieces fall into all of them.
        let kinds = [
            "12,plain,row", "\"q,\"\"1\"\"\n\",x,", ",,", "é,\"\",z", "long \(String(repeating: "y", count: 700)),1,2",
        ]
        let ends = ["\n", "\r\n", "\r"]
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        var text: [UInt8] = Array("a,b,c\n".utf8)
        var expected = 1
        while text.count < 3_300_000 {
            text += Array((kinds[next(kinds.count)] + ends[next(ends.count)]).utf8)
            expected += 1
        }
        let found = try rows(text)
        #expect(found.count == expected)
        #expect(found.allSatisfy { $0.fields.count == 3 && $0.fault == nil })
    }

    @Test("writes what it reads, quoted only where it must be") func written() throws {
        try withFile([]) { path in
            let writer = try CSVWriter(path: path)
            for field in ["plain", "with, comma", "a \"quote\"", "two\nlines", ""] { writer.field(field) }
            try writer.endRow()
            try writer.finish()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text == "plain,\"with, comma\",\"a \"\"quote\"\"\",\"two\nlines\",\n")
        }
    }
}
