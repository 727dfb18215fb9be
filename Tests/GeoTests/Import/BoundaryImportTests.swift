import DataFiles
import Domain
import Foundation
import Testing

@testable import Geo

/// A bad feature, and what the import should call it.
struct BadFeature: Sendable, CustomTestStringConvertible {
    let why: String
    let feature: String
    let code: ImportFinding.Code
    var testDescription: String { why }

    init(_ why: String, _ feature: String, _ code: ImportFinding.Code) {
        self.why = why
        self.feature = feature
        self.code = code
    }
}

/// Features to import, good and bad.
private enum Sample {
    static let square = "[[[-79,44],[-78.9,44],[-78.9,44.1],[-79,44.1],[-79,44]]]"

    static func feature(_ id: String, _ coordinates: String = square, type: String = "Polygon") -> String {
        #"{"type":"Feature","properties":{"id":"\#(id)","name":"\#(id)"},"geometry":{"type":"\#(type)","coordinates":\#(coordinates)}}"#
    }

    static func collection(_ features: [String], crs: String = "") -> String {
        #"{"type":"FeatureCollection",\#(crs)"features":["# + features.joined(separator: ",\n") + "]}\n"
    }

    static let forms: [(String, String)] = [
        ("collection", collection([feature("a"), feature("b")])),
        (
            "pretty",
            "{\n \"type\" : \"FeatureCollection\" ,\n \"features\" : [\n" + feature("a") + " ,\n" + feature("b")
                + "\n ]\n}"
        ), ("lines", feature("a") + "\n" + feature("b")),
        ("CRLF and blank lines", feature("a") + "\r\n\r\n" + feature("b") + "\r\n"),
        ("text sequence", "\u{1E}" + feature("a") + "\n\u{1E}" + feature("b") + "\n"),
        ("byte-order mark", "\u{FEFF}" + collection([feature("a"), feature("b")])),
    ]

    static let faultRows: [BadFeature] = [
        BadFeature("swapped beyond 90", feature("x", "[[[44,-179],[44.1,-179],[44.1,-178],[44,-179]]]"), .swapped),
        BadFeature("swapped within range", feature("x", "[[[44,-79],[44.1,-79],[44.1,-78.9],[44,-79]]]"), .swapped),
        BadFeature(
            "metres",
            feature("x", "[[[600000,4800000],[600100,4800000],[600100,4800100],[600000,4800000]]]"),
            .coordinateSystem
        ), BadFeature("off the earth", feature("x", "[[[-79,44],[-279,44],[-279,244],[-79,44]]]"), .offEarth),
        BadFeature("far too large", feature("x", "[[[-79,1e400],[-78,44],[-78,45],[-79,44]]]"), .coordinateSystem),
        BadFeature("NaN", feature("x", "[[[-79,NaN],[-78,44],[-78,45],[-79,44]]]"), .json),
        BadFeature("empty", feature("x", "[]"), .empty), BadFeature("empty ring", feature("x", "[[]]"), .empty),
        BadFeature("two positions", feature("x", "[[[-79,44],[-78,44],[-79,44]]]"), .empty),
        BadFeature("no surface", feature("x", "[[[-79,44],[-78,44],[-77,44],[-79,44]]]"), .empty),
        BadFeature("enormous", feature("x", "[[[-179,-80],[179,-80],[179,80],[-179,80],[-179,-80]]]"), .enormous),
        BadFeature("a point", feature("x", "[-79,44]", type: "Point"), .geometryType),
        BadFeature("a line", feature("x", "[[-79,44],[-78,44]]", type: "LineString"), .geometryType),
        BadFeature("nested wrongly", feature("x", "[[-79,44],[-78,44],[-78,45],[-79,44]]"), .geometryType),
        BadFeature("nested too deep", feature("x", "[[[[[[-79,44]]]]]]"), .json),
        BadFeature(
            "a cut bracket",
            #"{"type":"Feature","properties":{"id":"x"},"geometry":{"type":"Polygon","coordinates":[[[-79,44],[-78,44]"#,
            .json
        ), BadFeature("a cut string", #"{"type":"Feature","properties":{"id":"x"#, .json),
        BadFeature(
            "no id",
            #"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":\#(square)}}"#,
            .property
        ), BadFeature("id that would break a list", feature("x;y"), .property),
        BadFeature("no geometry", #"{"type":"Feature","properties":{"id":"x"},"geometry":null}"#, .empty),
        BadFeature("garbage", "hello", .json),
    ]
}

@Suite("Boundary import") struct BoundaryImportTests {
    private func read(_ content: String, name: String = "sample.geojson") async throws -> (
        [BoundaryFeature], ImportReport
    ) {
        try await withFile(name, content) { path in
            let result = try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: path)
            return (result.features, result.report)
        }
    }

    @Test("reads coordinates exactly, to the billionth of a degree") func exact() async throws {
        let ring =
            "[[[-79.123456789,44.000000001],[-7.89e1,44],[-78.9000000004,44.1],[-78.9000000005,44.1],[-79.123456789,44.000000001]]]"
        let (features, report) = try await read(Sample.collection([Sample.feature("a", ring)]))
        #expect(report.errors.isEmpty)
        let vertices = try #require(features.first?.geometry.polygons.first?.rings.first)
        #expect(
            vertices.dropLast().map(\.longitudeNano) == [
                -79_123_456_789, -78_900_000_000, -78_900_000_000, -78_900_000_001,
            ]
        )
        #expect(vertices.first?.latitudeNano == 44_000_000_001)
    }

    @Test("takes every form of GeoJSON", arguments: Sample.forms) func forms(name: String, content: String) async throws
    {
        let (features, report) = try await read(content)
        #expect(features.map(\.id.rawValue) == ["a", "b"], "\(name): \(report)")
        #expect(report.isClean, "\(name): \(report)")
    }

    @Test("says what is wrong with a feature, keeps the others", arguments: Sample.faultRows) func faults(
        row: BadFeature
    ) async throws {
        let (why, bad, code) = (row.why, row.feature, row.code)
        let good = (1...4).map { Sample.feature("good-\($0)") }
        let names = (1...4).map { "good-\($0)" }
        // Neighbours have the same shape on purpose: only their ids tell them apart.
        for content in [
            Sample.collection([good[0], good[1], bad, good[2], good[3]]),
            [good[0], good[1], bad, good[2], good[3]].joined(separator: "\n"),
        ] {
            let (features, report) = try await read(content)
            #expect(features.map(\.id.rawValue) == names, "\(why): \(report)")
            let errors = report.errors
            #expect(errors.count == 1 && errors.first?.code == code, "\(why): \(report)")
            #expect(errors.first?.line == 3, "\(why)")
            if why != "garbage" { #expect(errors.first?.feature == 3, "\(why)") }
            #expect(!(errors.first?.fault.isEmpty ?? true))
        }
    }

    @Test("finds a file whose every feature is swapped") func allSwapped() async throws {
        let (features, report) = try await read(
            Sample.collection([Sample.feature("a", "[[[44,-79],[44.1,-79],[44.1,-78.9],[44,-79]]]")])
        )
        #expect(features.isEmpty)
        #expect(report.errors.map(\.code) == [.swapped])
    }

    @Test("reports an id for the second time: the same shape is dropped, another is kept under a new id")
    func duplicates() async throws {
        let other = "[[[-78,44],[-77.9,44],[-77.9,44.1],[-78,44]]]"
        let (features, report) = try await read(
            Sample.collection([Sample.feature("a"), Sample.feature("a"), Sample.feature("a", other)])
        )
        #expect(features.map(\.id.rawValue) == ["a", "a~2"])
        #expect(report.findings.map(\.code) == [.duplicate, .duplicate])
        #expect(report.findings.map(\.severity) == [.warning, .error])
    }

    @Test("mends a bow tie and says what it did, in square metres") func repairs() async throws {
        let tie = "[[[-79,44],[-78.9,44.1],[-78.9,44],[-79,44.1],[-79,44]]]"
        let (features, report) = try await read(Sample.collection([Sample.feature("tie", tie)]))
        #expect(features.first?.geometry.polygons.count == 2)
        let repair = try #require(report.repairs.first)
        #expect(repair.reason.contains("Self-intersection"))
        #expect(repair.place != nil)
        #expect(abs(repair.squareMetresAfter - 44_480_000) < 200_000)
        #expect(String(describing: report).contains("repaired municipality tie"))
    }

    @Test("closes an open ring and drops repeated vertices") func tidies() async throws {
        let (features, report) = try await read(
            Sample.collection([Sample.feature("a", "[[[-79,44],[-78.9,44],[-78.9,44],[-78.9,44.1]]]")])
        )
        #expect(features.first?.geometry.vertexCount == 3)
        #expect(report.repairs.first?.reason.contains("not closed") == true)
        #expect(report.repairs.first?.reason.contains("repeated") == true)
    }

    @Test("reads gzip and refuses gzip that is cut short") func compressed() async throws {
        let plain = (0..<200).map { Sample.feature("a\($0)") }.joined(separator: "\n")
        try await withFile("sample.geojsonl", plain) { path in
            let gzip = Process()
            gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
            gzip.arguments = [path]
            try gzip.run()
            gzip.waitUntilExit()
            let result = try await BoundaryImport(ImportOptions(layer: .ward)).read(path: path + ".gz")
            #expect(result.features.count == 200)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path + ".gz"))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path + ".gz"))
            await #expect(throws: DataFileError.self) {
                try await BoundaryImport(ImportOptions(layer: .ward)).read(path: path + ".gz")
            }
        }
    }

    @Test("converts a file in another coordinate system, and says so") func otherSystem() async throws {
        let crs = #""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::26917"}},"#
        let ring = "[[[600000,4800000],[610000,4800000],[610000,4810000],[600000,4810000],[600000,4800000]]]"
        let (features, report) = try await read(Sample.collection([Sample.feature("a", ring)], crs: crs))
        let place = try #require(features.first?.geometry.box?.centre)
        #expect(abs(place.latitude - 43.39) < 0.02 && abs(place.longitude + 79.7) < 0.02, "\(place)")
        #expect(report.findings.first?.code == .converted)
        #expect(abs((features.first?.geometry.squareMetres ?? 0) - 100_000_000) < 200_000)
    }

    @Test(
        "takes WGS 84 under any of its names",
        arguments: ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
    ) func knownSystem(name: String) async throws {
        let crs = #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#
        let (features, report) = try await read(Sample.collection([Sample.feature("a")], crs: crs))
        #expect(features.count == 1 && report.findings.isEmpty)
    }

    @Test("reads a shapefile through ogr2ogr, and explains one without its parts") func shapefile() async throws {
        try await withFile("towns.geojson", Sample.collection([Sample.feature("a"), Sample.feature("b")])) { path in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let shape = folder.appendingPathComponent("towns.shp").path
            let convert = Process()
            convert.executableURL = URL(fileURLWithPath: "/usr/bin/ogr2ogr")
            convert.arguments = ["-f", "ESRI Shapefile", "-t_srs", "EPSG:26917", shape, path]
            try convert.run()
            convert.waitUntilExit()
            let result = try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: shape)
            #expect(result.features.map(\.id.rawValue) == ["a", "b"])
            try Data("not a shapefile".utf8).write(to: URL(fileURLWithPath: shape))
            let error = await #expect(throws: DataFileError.self) {
                try await BoundaryImport(ImportOptions(layer: .municipality)).read(path: shape)
            }
            #expect(error?.description.contains("ogr2ogr") == true)
        }
    }

    @Test("takes the id, name, jurisdiction and layer from the properties it is told") func properties() async throws {
        let text =
            #"{"type":"Feature","properties":{"NO":7,"NOM":"Baie","BODY":"brindle-bay","KIND":"police","priority":3},"geometry":{"type":"Polygon","coordinates":\#(Sample.square)}}"#
        var options = ImportOptions()
        options.idProperty = "NO"
        options.nameProperty = "NOM"
        options.jurisdictionProperty = "BODY"
        options.layerProperty = "KIND"
        let chosen = options
        try await withFile("one.geojsonl", text) { path in
            let feature = try #require(try await BoundaryImport(chosen).read(path: path).features.first)
            #expect(feature.id.rawValue == "7" && feature.name == "Baie" && feature.priority == 3)
            #expect(feature.jurisdictionID?.rawValue == "brindle-bay" && feature.layer.rawValue == "police")
        }
    }

    @Test("has a plain word for files that aren't there or are folders")
    func noFile() async {
        await #expect(throws: DataFileError.noSuchFile("/nowhere.geojson")) {
            try await BoundaryImport().read(path: "/nowhere.geojson")
        }
        #expect(throws: DataFileError.isDirectory("/")) { _ = try BoundaryImport().readGeoJSON(path: "/") }
    }

    @Test("survives any file cut off or mangled anywhere", arguments: [11, 12, 13] as [UInt64]) func mangled(
        seed: UInt64
    ) async throws {
        var generator = SeededGenerator(seed: seed)
        let whole = Array(Sample.collection((0..<5).map { Sample.feature("a\($0)") }).utf8)
        for _ in 0..<60 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(Array("{}[]\",:\\".utf8).randomElement(using: &generator) ?? 0, at: position)
                default: bytes.removeSubrange(position...)
                }
                if bytes.isEmpty { bytes = whole }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let (features, report) = try await read(text)
            #expect(features.count == report.accepted && report.accepted <= 5)
        }
    }
}
