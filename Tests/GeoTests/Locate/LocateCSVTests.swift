import DataFiles
import Domain
import Foundation
import Testing

@testable import Geo

@Suite("Locate CSV") struct LocateCSVTests {
    private let index = BoundaryIndex([
        area("a", box(0, 0, 10_000_000, 10_000_000)), area("b,\"b\"", box(10_000_000, 0, 20_000_000, 10_000_000)),
        area("w1", box(0, 0, 5_000_000, 10_000_000), layer: .ward),
        area("w2", box(5_000_000, 0, 10_000_000, 10_000_000), layer: .ward),
    ])

    private func locate(_ content: String) async throws -> (lines: [String], report: LocateCSV.Report) {
        try await withFile("in.csv", content) { path in
            let out = path + ".out"
            let report = try LocateCSV(index)(from: path, to: out)
            let text = try String(contentsOfFile: out, encoding: .utf8)
            return (text.split(separator: "\n").map(String.init), report)
        }
    }

    @Test("answers every covering id of every layer, and what is decided beside it") func answers() async throws {
        let (lines, report) = try await locate(
            "id,lat,lon\n1,0.005,0.002\n2,0.005,0.005\n3,0.005,0.01\n4,0.0101,0.002\n5,5,5\n"
        )
        #expect(
            lines == [
                "id,municipality,ward,municipality_verdict,municipality_decided,nearest,nearest_m,error",
                "1,a,w1,inside,,,,",
                "2,a,w1;w2,inside,,,,", #"3,"a;b,""b""",w2,contested,,,,"#, "4,,,gap,,a,11.06,", "5,,,outside,,,,",
            ]
        )
        #expect(report.rows == 5 && report.badRows == 0)
        #expect(report.verdicts == ["inside": 2, "contested": 1, "gap": 1, "outside": 1])
    }

    @Test(
        "takes what spreadsheets write",
        arguments: [
            "lon,id,lat\n0.002,1,0.005\n", "\u{FEFF}id,lat,lon\r\n1,0.005,0.002\r\n", "id,lat,lon\r1,0.005,0.002",
            "\"id\",\"lat\",\"lon\"\n\"1\",\"0.005\",\"0.002\"\n", "ID;LAT;LON;note\n1;0.005;0.002;x\n",
            "id\tlat\tlon\n1\t 0.005 \t0.002\n", "id,lat,lon\n\n1,0.005,0.002\n\n",
        ]
    ) func spreadsheets(content: String) async throws {
        let (lines, report) = try await locate(content)
        #expect(lines.last == "1,a,w1,inside,,,,")
        #expect(report.rows == 1 && report.badRows == 0)
    }

    @Test(
        "keeps a bad row, with its number and what is wrong",
        arguments: [
            ("x,abc,0.002", "latitude is not a plain decimal"), ("x,91,0", "latitude is outside the earth"),
            ("x,0,181", "longitude is outside the earth"), ("x,NaN,0", "latitude is not a plain decimal"),
            ("x,1e2,0", "latitude is not a plain decimal"), ("x,,0", "latitude is not a plain decimal"),
            ("x,1", "it has 2 fields"), ("\"x\"y,1,1", "closing quote"),
        ]
    ) func badRows(row: String, fault: String) async throws {
        let (lines, report) = try await locate("id,lat,lon\n1,0.005,0.002\n\(row)\n2,0.005,0.002\n")
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("1,a") && lines[3].hasPrefix("2,a"))
        #expect(lines[2].contains("row 3: ") && lines[2].contains(fault), "\(lines[2])")
        #expect(report.badRows == 1 && report.firstBadRows.first?.row == 3)
    }

    @Test("keeps quotes, commas and line breaks of an id") func ids() async throws {
        let (lines, _) = try await locate("id,lat,lon\n\"a \"\"b\"\", c\",0.005,0.002\n")
        #expect(lines.last == #""a ""b"", c",a,w1,inside,,,,"#)
    }

    @Test("names the missing column and leaves no output behind") func missingColumn() async throws {
        try await withFile("in.csv", "id,latitude,lon\n1,2,3\n") { path in
            let error = #expect(throws: DataFileError.self) { try LocateCSV(index)(from: path, to: path + ".out") }
            #expect(error == .missingColumn("lat", found: ["id", "latitude", "lon"]))
            #expect(!FileManager.default.fileExists(atPath: path + ".out"))
            #expect(!FileManager.default.fileExists(atPath: path + ".out.partial"))
            let report = try LocateCSV(index, latitude: "latitude")(from: path, to: path + ".out")
            #expect(report.rows == 1)
        }
    }

    @Test("says so when a quote is never closed, and keeps the rows before it") func openQuote() async throws {
        let (lines, report) = try await locate("id,lat,lon\n1,0.005,0.002\n\"2,0.005,0.002\n3,0.005,0.002\n")
        #expect(lines[1] == "1,a,w1,inside,,,,")
        #expect(report.firstBadRows.first?.fault.contains("not closed") == true)
    }

    @Test("answers in bulk what it answers one by one") func bulk() {
        var generator = SeededGenerator(seed: 5)
        let places = (0..<500).map { _ in
            at(
                Int64.random(in: -2_000_000...22_000_000, using: &generator),
                Int64.random(in: -1...10_000_001, using: &generator)
            )
        }
        let answer = index.locate(places)
        #expect(answer.count == places.count)
        for (number, place) in places.enumerated() {
            #expect(answer[number].map { index.areas[Int($0)] } == index.areas(at: place))
        }
    }

    @Test("says of a row far from everything that its latitude and longitude look swapped, and of no other")
    func swapped()
        async throws
    {
        // A region at 44 north, 79 west; the row before lies in it, the ones after in Antarctica and in the open sea.
        let index = BoundaryIndex([area("a", box(-80_000_000_000, 43_000_000_000, -79_000_000_000, 45_000_000_000))])
        try await withFile("in.csv", "id,lat,lon\n1,44,-79.5\n2,-79.5,44\n3,10,10\n4,-95,44\n5,44,-179\n") { path in
            let report = try LocateCSV(index)(from: path, to: path + ".out")
            let lines = try String(contentsOfFile: path + ".out", encoding: .utf8).split(separator: "\n")
            #expect(lines[1] == "1,a,inside,,,,")
            #expect(lines[2] == "2,,outside,,,,row 3: no area is near this place; latitude and longitude look swapped")
            #expect(lines[3] == "3,,outside,,,,")
            #expect(lines[4].contains("row 5: latitude is outside the earth") && !lines[4].contains("swapped"))
            #expect(report.rows == 5 && report.badRows == 2)
            #expect(report.verdicts == ["inside": 1, "outside": 3])
        }
        // A longitude past 90 can't be a latitude; swapped, it is the region's.
        let west = BoundaryIndex([area("a", box(-101_000_000_000, 43_000_000_000, -99_000_000_000, 45_000_000_000))])
        try await withFile("in.csv", "id,lat,lon\n1,-100,44\n") { path in
            _ = try LocateCSV(west)(from: path, to: path + ".out")
            let text = try String(contentsOfFile: path + ".out", encoding: .utf8)
            #expect(text.contains("latitude is outside the earth") && text.contains("look swapped"))
        }
    }

    @Test("hands an id in Latin-1 on byte for byte") func latin1() async throws {
        try await withFile("in.csv", "") { path in
            var bytes = Array("id,lat,lon\n".utf8) + [0xC9, 0x31]
            bytes += Array(",0.005,0.002\n".utf8)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            _ = try LocateCSV(index)(from: path, to: path + ".out")
            let written = try Data(contentsOf: URL(fileURLWithPath: path + ".out"))
            #expect(
                written.split(separator: 0x0A).last.map(Array.init) == [0xC9, 0x31] + Array(",a,w1,inside,,,,".utf8)
            )
        }
    }

    @Test("keeps the order over many batches, bad rows among them, and prints metres as a look-up does") func batches()
        async throws
    {
        var generator = SeededGenerator(seed: 12)
        var text = "id,lat,lon\n"
        var places: [Coordinate?] = []
        for number in 0..<10_000 {
            if number % 97 == 0 {
                text += "\(number),x,1\n"
                places.append(nil)
                continue
            }
            let place = at(
                Int64.random(in: -9_000_000...29_000_000, using: &generator),
                Int64.random(in: -9_000_000...19_000_000, using: &generator)
            )
            text += "\(number),\(place.latitudeText),\(place.longitudeText)\n"
            places.append(place)
        }
        let (lines, report) = try await locate(text)
        #expect(report.rows == 10_000 && report.badRows == 104 && lines.count == 10_001)
        for (number, place) in places.enumerated() {
            let line = lines[number + 1]
            guard let place else {
                #expect(line.hasPrefix("\(number),,,,,,,\"row \(number + 2): latitude"))
                continue
            }
            let facts = index.facts(at: place)
            let near = facts.municipality.nearest.first
            let tail =
                "\(facts.municipality.word),,\(near.map { $0.area.id == AreaID(trusted: "a") ? "a" : #""b,""b""""# } ?? ""),"
                + "\(near.map { "\($0.metres)" } ?? ""),"
            #expect(line.hasPrefix("\(number),") && line.hasSuffix(tail), "\(line) and \(tail)")
        }
    }
}
