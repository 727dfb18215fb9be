import DataFiles
import Domain
import Foundation
import Testing

@testable import Geo

/// Shapefiles and GeoPackages, whole and broken, made by GDAL for each test.
@Suite("Shapefiles and GeoPackages") struct ShapefileTests {
    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// A shapefile of 40 squares in UTM, in a folder that is gone afterwards.
    private func withShapefile(
        _ more: [String] = [],
        _ body: (URL) async throws -> Void
    ) async throws {
        let squares = (0..<40).map { number -> String in
            let (west, south) = (-79 + Double(number % 8) / 50, 44 + Double(number / 8) / 50)
            let ring =
                "[[\(west),\(south)],[\(west + 0.02),\(south)],[\(west + 0.02),\(south + 0.02)],[\(west),\(south + 0.02)],[\(west),\(south)]]"
            return
                #"{"type":"Feature","properties":{"id":"w\#(number)","name":"Côté \#(number)"},"geometry":{"type":"Polygon","coordinates":[\#(ring)]}}"#
        }
        try await withFile("wards.geojsonl", squares.joined(separator: "\n")) { path in
            let shape = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("wards.shp")
            try run("/usr/bin/ogr2ogr", ["-f", "ESRI Shapefile", "-t_srs", "EPSG:26917"] + more + [shape.path, path])
            try await body(shape)
        }
    }

    private func part(_ shape: URL, _ ending: String) -> URL {
        shape.deletingPathExtension().appendingPathExtension(ending)
    }

    private func cut(_ file: URL, to share: Double) throws {
        let whole = try Data(contentsOf: file)
        try whole.prefix(Int(Double(whole.count) * share)).write(to: file)
    }

    private func read(_ shape: URL, crs: String? = nil, encoding: String? = nil) async throws -> (
        features: [BoundaryFeature], report: ImportReport
    ) {
        var options = ImportOptions(layer: .ward)
        options.sourceCRS = crs
        options.sourceEncoding = encoding
        return try await BoundaryImport(options).read(path: shape.path)
    }

    @Test("without its index are read all the same, and nothing is written beside them") func noIndex() async throws {
        try await withShapefile { shape in
            try FileManager.default.removeItem(at: part(shape, "shx"))
            let (features, report) = try await read(shape)
            #expect(features.count == 40 && report.errors.isEmpty, "\(report)")
            #expect(report.findings.contains { $0.code == .damaged && $0.fault.contains("wards.shx is missing") })
            #expect(!FileManager.default.fileExists(atPath: part(shape, "shx").path))
        }
    }

    @Test("with a damaged index are read by their shapes") func cutIndex() async throws {
        try await withShapefile { shape in
            try cut(part(shape, "shx"), to: 0.6)
            let (features, report) = try await read(shape)
            #expect(features.count == 40, "\(report)")
            #expect(report.findings.contains { $0.fault.contains("wards.shx is damaged") })
        }
    }

    @Test("without table or coordinate system are refused with the name of what is missing") func missing() async throws
    {
        try await withShapefile { shape in
            try FileManager.default.removeItem(at: part(shape, "prj"))
            let noSystem = await #expect(throws: DataFileError.self) { try await read(shape) }
            #expect(noSystem?.description.contains("wards.prj is missing") == true)
            let (features, _) = try await read(shape, crs: "EPSG:26917")
            #expect(features.count == 40)
            try Data("nonsense".utf8).write(to: part(shape, "prj"))
            let nonsense = await #expect(throws: DataFileError.self) { try await read(shape) }
            #expect(nonsense?.description.contains("name the file's coordinate system") == true, "\(nonsense as Any)")
            try FileManager.default.removeItem(at: part(shape, "dbf"))
            let noTable = await #expect(throws: DataFileError.self) { try await read(shape, crs: "EPSG:26917") }
            #expect(noTable?.description.contains("wards.dbf is missing") == true)
        }
    }

    @Test("cut short give what is whole, and say how much is missing", arguments: ["shp", "dbf"]) func cutShort(
        ending: String
    ) async throws {
        try await withShapefile { shape in
            try cut(part(shape, ending), to: 0.6)
            let (features, report) = try await read(shape)
            #expect((20...25).contains(features.count), "\(features.count) of \(report)")
            #expect(
                report.errors.contains { $0.code == .damaged && $0.fault.contains("wards.\(ending) is cut short") },
                "\(report)"
            )
            #expect(!report.isClean)
        }
    }

    @Test("in the wrong coordinate system land where nobody can miss it") func wrongSystem() async throws {
        try await withShapefile { shape in
            // Degrees taken for metres of UTM: a speck at the corner of the zone.
            try run("/usr/bin/ogr2ogr", ["-t_srs", "EPSG:4326", part(shape, "json").path, shape.path, "-f", "GeoJSON"])
            let (features, report) = try await read(part(shape, "json"), crs: "EPSG:26917")
            #expect(features.isEmpty && !report.errors.isEmpty, "\(report)")
        }
    }

    @Test("with names in Latin-1 are read with accents when the encoding is named") func latin1() async throws {
        try await withShapefile(["-lco", "ENCODING=ISO-8859-1"]) { shape in
            let (named, _) = try await read(shape)
            #expect(named.first?.name == "Côté 0")
            try FileManager.default.removeItem(at: part(shape, "cpg"))
            let (chosen, _) = try await read(shape, encoding: "ISO-8859-1")
            #expect(chosen.first?.name == "Côté 0")
        }
    }

    @Test("of the GeoPackage kind are read by layer, and a missing layer is named") func geoPackage() async throws {
        try await withShapefile { shape in
            let package = part(shape, "gpkg")
            try run("/usr/bin/ogr2ogr", ["-f", "GPKG", package.path, shape.path, "-nln", "town_wards"])
            let (features, report) = try await read(package)
            #expect(features.count == 40 && report.errors.isEmpty, "\(report)")
            var options = ImportOptions(layer: .ward)
            options.sourceLayer = "nowhere"
            let chosen = options
            let error = await #expect(throws: DataFileError.self) {
                try await BoundaryImport(chosen).read(path: package.path)
            }
            #expect(error?.description.contains("nowhere") == true, "\(error as Any)")
        }
    }
}
