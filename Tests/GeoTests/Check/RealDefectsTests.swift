import Domain
import Foundation
import Testing

@testable import Geo

/// Every defect that the README of the real files lists, with the size it states; skipped where a checkout has no such files.
@Suite("Defects of real Ontario surveys", .enabled(if: FileManager.default.fileExists(atPath: realFile("README.md"))))
struct RealDefectsTests {
    private static func read(_ name: String, _ layer: LayerName) async throws -> [BoundaryFeature] {
        try await BoundaryImport(ImportOptions(layer: layer)).read(path: realFile("boundaries-ontario/\(name)"))
            .features
    }

    private static let municipalities = Task { try await read("municipalities.geojson", .municipality) }
    private static let wards = Task { try await read("wards.geojson", .ward) }

    private static let report = Task {
        try BoundaryCheck()(try await municipalities.value + (try await wards.value))
    }

    private func isWithinOnePerCent(_ found: Double, _ known: Double) -> Bool { abs(found / known - 1) < 0.01 }

    @Test(
        "are found between separately surveyed towns, within one per cent of the stated surface",
        arguments: [
            ("3524002", "3524009", 608_359.0), ("3524002", "3525005", 448_731), ("3524001", "3524002", 206_341),
            ("3519049", "3521024", 87_839), ("3524009", "3524015", 71_101), ("3521005", "3524001", 37_908),
            ("3520005", "3521005", 29_551), ("3521010", "3524015", 26_029), ("3525005", "3530004", 24_582),
            ("3521024", "3524015", 24_344), ("3524001", "3524009", 17_112), ("3519048", "3519049", 16_098),
            ("3524009", "3525005", 14_430), ("3521005", "3524015", 8_854), ("3520005", "3521010", 5_681),
            ("3519036", "3520005", 5_469), ("3521005", "3524009", 4_076),
        ]
    ) func overlaps(first: String, second: String, squareMetres: Double) async throws {
        let found = try await Self.report.value.findings(.overlap, in: .municipality).first {
            $0.owners.map(\.id.rawValue).sorted() == [first, second]
        }
        #expect(isWithinOnePerCent(found?.squareMetres ?? 0, squareMetres), "\(found?.squareMetres ?? 0)")
        #expect(found?.severity == .ask && found?.within == nil)
    }

    @Test("are these seventeen overlaps and no other") func noOtherOverlap() async throws {
        #expect(try await Self.report.value.findings(.overlap, in: .municipality).count == 17)
    }

    @Test("include the 271 holes of four upper tiers, the harbour and the two largest gaps") func holes() async throws {
        let chosen = try await Self.municipalities.value.filter {
            ["3524", "3521", "3525", "3520"].contains($0.id.rawValue.prefix(4))
        }
        let report = try BoundaryCheck()(chosen)
        let holes = report.findings.filter { $0.kind == .gap || $0.kind == .hole }
        #expect(holes.count == 271)
        #expect(isWithinOnePerCent(holes.reduce(0) { $0 + $1.squareMetres }, 21_100_000))
        func near(_ latitude: Double, _ longitude: Double, _ metres: Double) throws -> BoundaryFinding? {
            let place = try Coordinate(latitude: latitude, longitude: longitude)
            let engine = try GeometryEngine()
            return try holes.first { hole in
                let shape = try engine.shape(of: hole.ground)
                return try shape.covers(place)
                    || GroundScale(around: place).metres(from: place, to: hole.place) < metres
            }
        }
        let harbour = try #require(try near(43.288, -79.830, 50))
        #expect(isWithinOnePerCent(harbour.squareMetres, 20_400_000))
        #expect(Set(harbour.owners.map(\.id.rawValue)).isSubset(of: ["3524002", "3525005"]))
        let toronto = try #require(try near(43.6930, -79.6053, 300))
        #expect(isWithinOnePerCent(toronto.squareMetres, 122_709))
        #expect(toronto.owners.map(\.id.rawValue).sorted() == ["3520005", "3521005"])
        let milton = try #require(try near(43.5578, -79.9854, 300))
        #expect(isWithinOnePerCent(milton.squareMetres, 112_801))
        #expect(milton.owners.map(\.id.rawValue).sorted() == ["3524009", "3524015"])
    }

    @Test(
        "include the hairlines inside one survey, told apart from those between surveys",
        arguments: [
            // municipality, gaps, square metres of gaps where stated
            ("3524015", 57, 588.0), ("3525005", 46, nil), ("3520005", 9, nil), ("3519036", 3, nil), ("3524001", 1, 81),
        ]
    ) func hairlines(municipality: String, count: Int, squareMetres: Double?) async throws {
        let own = try await Self.wards.value.filter { $0.id.rawValue.hasPrefix(municipality) }
        let holes = try BoundaryCheck()(own).findings.filter { $0.kind == .gap || $0.kind == .hole }
        #expect(holes.count == count)
        if let squareMetres {
            #expect(isWithinOnePerCent(holes.reduce(0) { $0 + $1.squareMetres }, squareMetres))
        }
        let within = try await Self.report.value.findings.filter {
            $0.layer == .ward && $0.within?.rawValue == municipality && ($0.kind == .gap || $0.kind == .hole)
        }
        #expect(!within.isEmpty)
    }

    @Test("include the hairline overlaps of one town, and none inside two good surveys") func ownOverlaps() async throws
    {
        let overlaps = try await Self.report.value.findings(.overlap, in: .ward).filter { $0.within != nil }
        let own = overlaps.filter { $0.within?.rawValue == "3524015" }
        #expect(isWithinOnePerCent(own.reduce(0) { $0 + $1.squareMetres }, 574))
        for good in ["3521005", "3521010", "3521024"] {
            #expect(!overlaps.contains { $0.within?.rawValue == good && $0.squareMetres > 2 })
        }
        #expect(!overlaps.contains { $0.within?.rawValue.hasPrefix("3530") == true })
    }

    @Test("include the ward at large over six wards, and the town in two pieces") func onTopAndSliver() async throws {
        let report = try await Self.report.value
        let over = report.findings(.liesOver, in: .ward)
        #expect(over.count == 1)
        #expect(over.first?.owners.first?.id.rawValue == "3519049-atlarge")
        #expect(over.first?.owners.count == 7 && over.first?.severity == .ask)
        #expect(report.passes)
        let slivers = report.findings(.sliver, in: .municipality)
        #expect(slivers.contains { $0.owners.first?.id.rawValue == "3524002" }, "\(slivers.map(\.id))")
    }

    @Test("stand in a place that lies in the ground they are about") func places() async throws {
        let engine = try GeometryEngine()
        for finding in try await Self.report.value.findings where !finding.ground.polygons.isEmpty {
            let shape = try engine.shape(of: finding.ground)
            #expect(try shape.isWithin(1e-9, of: try engine.shape(of: finding.place)), "\(finding.id)")
        }
    }

    @Test("are answered as gaps with the nearest area and its distance, as far as the distance in force reaches")
    func answeredAsGaps() async throws {
        let features = try await Self.municipalities.value
        let gaps = try await Self.report.value.findings(.gap, in: .municipality)
        var near = BoundaryIndex.Distances()
        near.gap = 30
        let (usual, narrow) = (BoundaryIndex(features), BoundaryIndex(features, distances: near))
        var beyond = 0
        for gap in gaps where gap.squareMetres > 1 {
            guard let first = usual.facts(at: gap.place).municipality.nearest.first else {
                Issue.record("\(gap.id) has no area near")
                continue
            }
            // A third town's border may be nearer than the two around a gap only where all three meet.
            #expect(gap.owners.contains { $0.id == first.area.id } || gap.owners.count > 2, "\(gap.id)")
            #expect(usual.facts(at: gap.place).municipality.word == (first.metres <= 250 ? "gap" : "outside"))
            let strict = narrow.facts(at: gap.place).municipality
            #expect(strict.word == (first.metres <= 30 ? "gap" : "outside"), "\(gap.id) at \(first.metres) m")
            if first.metres > 30 { beyond += 1 }
        }
        #expect(beyond == 3, "the harbour and two wide gaps")
    }
}
