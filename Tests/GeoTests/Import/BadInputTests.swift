import DataFiles
import Domain
import Foundation
import Testing

@testable import Geo

/// Files as people really send them: each fault is named with its feature, and the rest of the file is kept.
@Suite("Bad boundary files") struct BadInputTests {
    private func square(_ id: String, _ longitude: Double, _ latitude: Double, extra: String = "") -> String {
        let (east, north) = (longitude + 0.1, latitude + 0.1)
        let ring =
            "[[\(longitude),\(latitude)],[\(east),\(latitude)],[\(east),\(north)],[\(longitude),\(north)],[\(longitude),\(latitude)]]"
        return feature(id, #"{"type":"Polygon","coordinates":[\#(ring)]}"#)
    }

    private func feature(_ id: String, _ geometry: String) -> String {
        #"{"type":"Feature","properties":{"id":"\#(id)","name":"\#(id)"},"geometry":\#(geometry)}"#
    }

    private func read(_ features: [String], options: ImportOptions = ImportOptions(layer: .municipality)) async throws
        -> (features: [BoundaryFeature], report: ImportReport)
    {
        try await withFile("sample.geojsonl", features.joined(separator: "\n")) {
            try await BoundaryImport(options).read(path: $0)
        }
    }

    private var neighbours: [String] { (0..<6).map { square("town-\($0)", -79 + Double($0) / 10, 44) } }

    @Test(
        "says which feature lies on the other side of the earth, and why",
        arguments: [
            (79.0, 44.0, ImportFinding.Code.misplaced, "longitude"),  // the minus sign is lost
            (-79.0, -44.0, .misplaced, "latitude"),
            (44.0, -79.0, .swapped, "swapped"),
            (10.0, 50.0, .misplaced, "km from the rest"),
        ]
    ) func otherSide(longitude: Double, latitude: Double, code: ImportFinding.Code, word: String) async throws {
        let (features, report) = try await read(neighbours + [square("far", longitude, latitude)])
        #expect(features.count == 6)
        #expect(report.errors.map(\.code) == [code], "\(report)")
        #expect(report.errors.first?.feature == 7)
        #expect(report.errors.first?.fault.contains(word) == true, "\(report)")
    }

    @Test("keeps a region that is wide, such as a country with towns far apart") func wide() async throws {
        let coasts = [square("a", -123, 49), square("b", -113, 53), square("c", -79, 44), square("d", -53, 47)]
        let (features, report) = try await read(coasts)
        #expect(features.count == 4 && report.isClean, "\(report)")
    }

    @Test("finds the one swapped or lost position in a polygon of sound ones") func outlier() async throws {
        var ring = (0..<60).map { "[\(-79 + Double($0) / 1_000),44]" } + ["[-78.9,44.1]", "[-79,44.1]", "[-79,44]"]
        ring[30] = "[44.05,-78.97]"
        let swapped = feature("swapped", #"{"type":"Polygon","coordinates":[[\#(ring.joined(separator: ","))]]}"#)
        ring[30] = "[-7.897,44]"
        let lost = feature("lost", #"{"type":"Polygon","coordinates":[[\#(ring.joined(separator: ","))]]}"#)
        let (features, report) = try await read(neighbours + [swapped, lost])
        #expect(features.count == 6)
        #expect(report.errors.map(\.code) == [.swapped, .misplaced], "\(report)")
        #expect(report.errors.allSatisfy { $0.fault.contains("position 31 of 63") }, "\(report)")
    }

    @Test("takes the polygons of a geometry collection and says what it left out") func collections() async throws {
        let ring = "[[-79,44],[-78.9,44],[-78.9,44.1],[-79,44]]"
        let other = "[[-78,44],[-77.9,44],[-77.9,44.1],[-78,44]]"
        let parts =
            #"{"type":"Polygon","coordinates":[\#(ring)]},{"type":"MultiPolygon","coordinates":[[\#(other)]]},{"type":"Point","coordinates":[-79,44]}"#
        let mixed = feature("mixed", #"{"type":"GeometryCollection","geometries":[\#(parts)]}"#)
        let none = feature(
            "none",
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-79,44]}]}"#
        )
        let (features, report) = try await read([mixed, none])
        #expect(features.map(\.id.rawValue) == ["mixed"])
        #expect(features.first?.geometry.polygons.count == 2 && features.first?.geometry.vertexCount == 6)
        #expect(report.findings.map(\.severity) == [.warning, .error], "\(report)")
        #expect(report.findings.map(\.code) == [.geometryType, .geometryType])
    }

    @Test("reads past heights and measures") func heights() async throws {
        let ring = "[[-79,44,210.5],[-78.9,44,211],[-78.9,44.1,0,7],[-79,44,210.5]]"
        let (features, report) = try await read([feature("a", #"{"type":"Polygon","coordinates":[\#(ring)]}"#)])
        #expect(features.first?.geometry.vertexCount == 3 && report.isClean, "\(report)")
    }

    @Test("refuses a polygon of more vertices than asked for, and keeps the others") func tooManyVertices() async throws
    {
        var options = ImportOptions(layer: .municipality)
        options.mostVertices = 100
        let ring = (0...120).map { index -> String in
            let angle = Double(index % 120) / 120 * 2 * .pi
            return "[\(-79 + cos(angle) / 10),\(44 + sin(angle) / 10)]"
        }
        let big = feature("big", #"{"type":"Polygon","coordinates":[[\#(ring.joined(separator: ","))]]}"#)
        let (features, report) = try await read(neighbours + [big], options: options)
        #expect(features.count == 6)
        #expect(report.errors.map(\.code) == [.enormous])
        #expect(report.errors.first?.fault.contains("121 vertices") == true)
    }

    @Test("reads names in Latin-1 and says so once") func latin1() async throws {
        let text =
            (neighbours + [square("Montr\u{E9}al", -78, 44), square("Qu\u{E9}bec \u{2013} H\u{F4}tel", -77, 44)])
            .joined(separator: "\n")
        let bytes = text.unicodeScalars.map { $0.value == 0x2013 ? UInt8(0x96) : UInt8(truncatingIfNeeded: $0.value) }
        try await withFile("sample.geojsonl", "") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let (features, report) = try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: path)
            #expect(features.suffix(2).map(\.name) == ["Montréal", "Québec – Hôtel"])
            #expect(report.findings.map(\.code) == [.encoding])
            #expect(report.findings.first?.feature == 7)
        }
    }

    @Test("says which layer name can't be used, and which number", arguments: ["NaN", "Infinity", "-Infinity", "null"])
    func notANumber(number: String) async throws {
        let bad = feature(
            "bad",
            #"{"type":"Polygon","coordinates":[[[-79,44],[\#(number),44],[-78.9,44.1],[-79,44]]]}"#
        )
        let (features, report) = try await read(neighbours + [bad])
        #expect(features.count == 6)
        #expect(report.errors.map(\.code) == [.json])
        #expect(report.errors.first?.feature == 7 && report.errors.first?.fault.contains("number is expected") == true)
    }

    @Test("refuses a layer whose name is no word, with the feature's number") func unknownLayer() async throws {
        let bad = square("x", -79, 44).replacingOccurrences(of: #""name""#, with: #""layer":"Ward Map 2018!","name""#)
        let (features, report) = try await read([bad], options: ImportOptions())
        #expect(features.isEmpty && report.errors.map(\.code) == [.property])
        #expect(report.errors.first?.fault.contains("Ward Map 2018!") == true)
    }
}
