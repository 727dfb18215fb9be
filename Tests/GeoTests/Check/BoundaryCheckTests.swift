import Domain
import Foundation
import Testing

@testable import Geo

/// Small regions with one defect each.
///
/// One unit here is a thousandth of a degree: 80 m east, 111 m north.
@Suite("Boundary check") struct BoundaryCheckTests {
    private let unit: Int64 = 1_000_000

    private func square(_ id: String, _ west: Int64, _ south: Int64, _ east: Int64, _ north: Int64) -> BoundaryFeature {
        area(id, rectangle(west, south, east, north))
    }

    private func rectangle(_ west: Int64, _ south: Int64, _ east: Int64, _ north: Int64) -> AreaGeometry {
        let (x, y) = (-79 * 1_000 * unit, 44 * 1_000 * unit)
        return box(x + west * unit, y + south * unit, x + east * unit, y + north * unit)
    }

    private func findings(_ features: [BoundaryFeature]) throws -> [BoundaryFinding] {
        try BoundaryCheck()(features).findings
    }

    @Test("finds nothing where surveys fit, an enclave and an island included") func clean() throws {
        let ring = polygon(
            [
                (-79_000_000_000, 44_000_000_000), (-78_900_000_000, 44_000_000_000), (-78_900_000_000, 44_100_000_000),
                (-79_000_000_000, 44_100_000_000),
            ],
            [
                (-78_960_000_000, 44_040_000_000), (-78_960_000_000, 44_060_000_000), (-78_940_000_000, 44_060_000_000),
                (-78_940_000_000, 44_040_000_000),
            ]
        )
        let features = [
            area("around", ring), square("enclave", 40, 40, 60, 60), square("east", 100, 0, 200, 100),
            area(
                "north",
                AreaGeometry(polygons: rectangle(0, 100, 100, 200).polygons + rectangle(300, 300, 302, 302).polygons)
            ),
        ]
        #expect(try findings(features).isEmpty)
    }

    @Test("measures an overlap and names both owners, the prior one first") func overlap() throws {
        var other = square("a-east", 9, 0, 20, 10)
        other.priority = 1
        let found = try findings([square("b-west", 0, 0, 10, 10), other])
        #expect(found.map(\.kind) == [.overlap])
        let finding = try #require(found.first)
        #expect(finding.owners.map(\.id.rawValue) == ["a-east", "b-west"])
        #expect(finding.id == "overlap:municipality:a-east+b-west")
        let share = finding.squareMetres / 89_100
        #expect(abs(share - 1) < 0.01)
        #expect(finding.severity == .ask && finding.pieceCount == 1)
        #expect(rectangle(9, 0, 10, 10).box?.touches(CoordinateBox(finding.place)) == true)
    }

    @Test("calls a pen's width noise, in overlaps and in gaps") func hairlines() throws {
        let hair = [
            area("west", box(-79_000_000_000, 44_000_000_000, -78_990_000_000, 44_010_000_000)),
            area("east", box(-78_990_003_000, 44_000_000_000, -78_980_000_000, 44_005_000_000)),
        ]
        #expect(try findings(hair).map(\.severity) == [.noise])
        let frame = [
            square("south", 0, 0, 10, 4), square("west", 0, 4, 5, 8), square("north", 0, 8, 10, 12),
            area("east", box(-78_994_999_000, 44_004_000_000, -78_990_000_000, 44_008_000_000)),
        ]
        let gap = try #require(try findings(frame).first)
        #expect(gap.kind == .gap && gap.severity == .noise)
        #expect(gap.owners.count == 4 && gap.id.hasPrefix("gap:municipality:44.0060"))
    }

    @Test("tells a hole in one area from a gap between several") func holes() throws {
        let ring = polygon(
            [
                (-79_000_000_000, 44_000_000_000), (-78_900_000_000, 44_000_000_000), (-78_900_000_000, 44_100_000_000),
                (-79_000_000_000, 44_100_000_000),
            ],
            [
                (-78_960_000_000, 44_040_000_000), (-78_960_000_000, 44_060_000_000), (-78_940_000_000, 44_060_000_000),
                (-78_940_000_000, 44_040_000_000),
            ]
        )
        let found = try findings([area("around", ring)])
        #expect(found.map(\.kind) == [.hole] && found.first?.owners.map(\.id.rawValue) == ["around"])
    }

    @Test("forbids two towns on one ground, and asks about a ward at large") func onTop() throws {
        let wards = [square("w1", 0, 0, 5, 10), square("w2", 5, 0, 10, 10), square("all", 0, 0, 10, 10)]
        let towns = try BoundaryCheck()(wards)
        #expect(towns.findings.map(\.kind) == [.liesOver] && !towns.passes)
        #expect(towns.findings.first?.owners.map(\.id.rawValue) == ["all", "w1", "w2"])
        let asWards = wards.map { area($0.id.rawValue, $0.geometry, layer: .ward) }
        let report = try BoundaryCheck()(asWards + [square("town", 0, 0, 10, 10)])
        #expect(report.findings.map(\.severity) == [.ask] && report.passes)
        #expect(report.findings.first?.within?.rawValue == "town")
    }

    @Test("finds a scrap apart from its area, and leaves an island alone") func slivers() throws {
        let scrap = rectangle(11, 11, 12, 12)
        let town = area("town", AreaGeometry(polygons: rectangle(0, 0, 10, 10).polygons + scrap.polygons))
        #expect(try findings([town]).isEmpty)
        let found = try findings([town, square("other", 12, 0, 30, 30)])
        #expect(found.map(\.kind) == [.sliver])
        #expect(found.first?.owners.map(\.id.rawValue) == ["town", "other"])
    }

    @Test("finds what lies across the upper tier's border, and what it claims alone") func upperTier() throws {
        let region = area("region", rectangle(0, 0, 20, 10), layer: .upperTier)
        let found = try findings([region, square("west", 0, 0, 10, 11), square("east", 10, 0, 18, 10)])
        #expect(Set(found.map(\.kind)) == [.outsideUpperTier, .unclaimed])
        #expect(found.first { $0.kind == .outsideUpperTier }?.owners.map(\.id.rawValue) == ["west"])
        let reaching = try findings([region, square("all", 0, 0, 20, 10), square("neighbour", 19, -30, 30, 40)])
        #expect(reaching.contains { $0.kind == .insideUpperTier && $0.owners.map(\.id.rawValue) == ["neighbour"] })
    }

    @Test("takes over what the import mended and what has one id twice") func imports() async throws {
        let tie =
            #"{"type":"Feature","properties":{"id":"tie"},"geometry":{"type":"Polygon","coordinates":[[[-79,44],[-78.9,44.1],[-78.9,44],[-79,44.1],[-79,44]]]}}"#
        let twice = { (west: Double) in
            #"{"type":"Feature","properties":{"id":"twice"},"geometry":{"type":"Polygon","coordinates":[[[\#(west),45],[\#(west + 0.1),45],[\#(west),45.1],[\#(west),45]]]}}"#
        }
        let text = [tie, twice(-79), twice(-78)].joined(separator: "\n")
        try await withFile("bad.geojsonl", text) { path in
            let read = try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: path)
            let report = try BoundaryCheck()(read.features, imports: [read.report])
            let crossing = try #require(report.findings.first { $0.kind == .selfCrossing })
            #expect(abs(crossing.place.latitude - 44.05) < 0.001 && abs(crossing.place.longitude + 78.95) < 0.001)
            let duplicate = try #require(report.findings.first { $0.kind == .duplicateID })
            #expect(duplicate.owners.map(\.id.rawValue) == ["twice", "twice~2"] && duplicate.severity == .blocks)
            #expect(!report.passes)
        }
    }

    @Test("gives every finding a name of its own that the next check gives it again") func names() throws {
        let features = [
            square("a", 0, 0, 10, 10), square("b", 9, 0, 20, 10), square("c", 0, 10, 20, 20), square("d", 0, 9, 4, 12),
        ]
        let first = try findings(features).map(\.id)
        #expect(Set(first).count == first.count && !first.isEmpty)
        #expect(try findings(features.reversed()).map(\.id) == first)
    }

    @Test("writes CSV and JSON that hold what the table holds") func output() throws {
        let report = try BoundaryCheck()([square("a, x", 0, 0, 10, 10), square("b", 9, 0, 20, 10)])
        let data = try JSONEncoder().encode(report)
        let back = try JSONDecoder().decode(BoundaryCheckReport.self, from: data)
        #expect(back.findings.map(\.id) == report.findings.map(\.id))
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try report.writeCSV(to: path)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.last?.contains(",\"a, x;b\",") == true)
        #expect(lines.count == 2 && lines[0].hasPrefix("finding,kind,severity,layer,areas"))
        #expect(report.description.contains("1 findings: 0 forbid activation, 1 ask for a decision, 0 are decided"))
    }
}
