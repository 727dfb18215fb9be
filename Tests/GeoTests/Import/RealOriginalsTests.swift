import Domain
import Foundation
import Testing

@testable import Geo

/// Municipal shapefiles exactly as they were published, UTM and WGS 84, each against the region's own file; skipped where a checkout has none.
@Suite("Original municipal shapefiles", .enabled(if: FileManager.default.fileExists(atPath: realFile("README.md"))))
struct RealOriginalsTests {
    private static let wards = Task {
        try await BoundaryImport(ImportOptions(layer: .ward)).read(path: realFile("boundaries-ontario/wards.geojson"))
            .features
    }

    @Test(
        "give the same wards as the file they were collected in, to a square metre in ten thousand",
        arguments: [
            ("3519036/Wards.shp", "WARD", 8), ("3519048/Ward_Boundaries.shp", "WARD", 7),
            ("3520005/WARD_WGS84.shp", "AREA_S_CD", 25), ("3524001/2018_Ward_Boundaries.shp", "Ward", 7),
            ("3524002/Ward_Boundaries.shp", "WARD_NO", 6), ("3524009/FutureWards_4.shp", "WARD", 4),
            ("3524015/TOHH_Wards.shp", "WARD", 4), ("3525005/Ward_Boundaries.shp", "WARD", 15),
        ]
    ) func sameWards(path: String, property: String, count: Int) async throws {
        var options = ImportOptions(layer: .ward)
        options.idProperty = property
        let read = try await BoundaryImport(options).read(path: realFile("boundaries-ontario/original/\(path)"))
        #expect(read.features.count == count && read.report.errors.isEmpty, "\(read.report)")
        #expect(read.report.findings.first?.code == .converted)
        let code = String(path.prefix(7))
        let known = try await Self.wards.value.filter { $0.id.rawValue.hasPrefix(code) }
        #expect(known.count == count)
        let surfaces = (read.features, known)
        let share =
            surfaces.0.reduce(0) { $0 + $1.geometry.squareMetres }
            / surfaces.1.reduce(0) { $0 + $1.geometry.squareMetres }
        #expect(abs(share - 1) < 0.0001, "\(share)")
    }

    @Test("of a region with one number in several towns keep every ward, and say which ids stand twice")
    func repeatedNumbers() async throws {
        var options = ImportOptions(layer: .ward)
        options.idProperty = "WardNumber"
        options.nameProperty = "WardName"
        let path = realFile("boundaries-ontario/original/cd3521/wards.shp")
        let read = try await BoundaryImport(options).read(path: path)
        #expect(read.features.count == 27)
        #expect(
            read.report.errors.allSatisfy { $0.code == .duplicate } && read.report.errors.count == 16,
            "\(read.report.errors.count)"
        )
        // What is stored with such a generation can never answer before somebody settles it.
        let report = try BoundaryCheck()(read.features, imports: [read.report])
        #expect(!report.passes)
    }
}
