import Domain
import Foundation
import Testing

@testable import Geo

/// Extra checks on real files, where a checkout has them beside it; skipped elsewhere.
@Suite("Real Ontario boundaries", .enabled(if: FileManager.default.fileExists(atPath: realFile("README.md"))))
struct RealDataTests {
    private func municipalities() async throws -> [BoundaryFeature] {
        try await BoundaryImport(ImportOptions(layer: .municipality)).read(
            path: realFile("boundaries-ontario/municipalities.geojson")
        ).features
    }

    @Test("answer as GEOS does at random places") func agreesWithGEOS() async throws {
        let features = try await municipalities()
        let index = BoundaryIndex(features)
        let engine = try GeometryEngine()
        let shapes = try features.map { ($0.id, try engine.shape(of: $0.geometry)) }
        var bounds = try #require(features.first?.geometry.box)
        for feature in features { if let box = feature.geometry.box { bounds.include(box) } }
        var generator = SeededGenerator(seed: 311)
        for _ in 0..<3_000 {
            let place = at(
                Int64.random(in: bounds.west...bounds.east, using: &generator),
                Int64.random(in: bounds.south...bounds.north, using: &generator)
            )
            let expected = Set(try shapes.filter { try $0.1.covers(place) }.map(\.0))
            #expect(Set(index.areas(at: place).map(\.id)) == expected, "\(place)")
        }
    }

    @Test("answer every vertex of every border with the area it belongs to") func vertices() async throws {
        let features = try await municipalities()
        let index = BoundaryIndex(features)
        var found: [UInt32] = []
        var lost = 0
        for feature in features {
            for vertex in feature.geometry.polygons.flatMap({ $0.rings.joined() }) {
                index.find(vertex, into: &found)
                if !found.contains(where: { index.areas[Int($0)].id == feature.id }) { lost += 1 }
            }
        }
        #expect(lost == 0)
    }

    @Test("come out of a shapefile in UTM where the region's own file has them") func shapefile() async throws {
        let folder = realFile("boundaries-ontario/original")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".shp") && $0.contains("3524009")
        }
        let path = try #require(names.first.map { "\(folder)/\($0)" })
        var options = ImportOptions(layer: .ward)
        options.idProperty = "WARD"
        let result = try await BoundaryImport(options).read(path: path)
        #expect(result.report.read == 4 || result.report.read > 0, "\(result.report)")
        let milton = try #require(
            try await municipalities().first { $0.id.rawValue == "3524009" }?.geometry.squareMetres
        )
        let read = result.report.errors.filter { $0.code != .property }
        #expect(read.isEmpty, "\(result.report)")
        if !result.features.isEmpty {
            #expect(abs(result.features.reduce(0) { $0 + $1.geometry.squareMetres } / milton - 1) < 0.001)
        }
    }
}
