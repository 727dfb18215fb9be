import Domain
import Foundation
import Testing

@testable import Geo

@Suite("Importing assets")
struct AssetImportTests {
    private static func read(_ features: [String], kind: AssetKind? = nil) throws -> (
        assets: [Asset], report: ImportReport
    ) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("assets-\(UUID().uuidString).geojson")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data("{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}".utf8).write(
            to: path
        )
        return try AssetImport(kind: kind).readGeoJSON(path: path.path)
    }

    private static func feature(_ properties: String, _ geometry: String = "\"Point\",\"coordinates\":[-79.17,44.1]")
        -> String
    {
        "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":{\"type\":\(geometry)}}"
    }

    @Test("points and lines are read with everything known of them")
    func reads() throws {
        let read = try Self.read([
            Self.feature(
                """
                "id":"l1","kind":"light","number":1042,"owner":"hydro","operator":"town","asset_class":"led",\
                "component":"signal","road":"main","in_service_from":"2020-01-01","in_service_until":"2030-12-31"
                """
            ),
            Self.feature(
                "\"id\":\"b1\",\"kind\":\"bridge\",\"owner\":\"town\",\"name\":\"Mill Bridge\"",
                "\"LineString\",\"coordinates\":[[-79.17,44.1],[-79.16,44.1]]"
            ),
        ])
        #expect(read.report.findings.isEmpty, "\(read.report)")
        let light = try #require(read.assets.first?.attributes)
        #expect(
            light
                == AssetAttributes(
                    id: "l1",
                    kind: .light,
                    number: "1042",
                    owner: "hydro",
                    operatorID: "town",
                    assetClass: "led",
                    component: "signal",
                    road: "main",
                    from: "2020-01-01",
                    until: "2030-12-31"
                )
        )
        #expect(read.assets.map(\.lines.first?.count) == [1, 2])
        #expect(read.report.layers == ["light": 1, "bridge": 1])
        for asset in read.assets {
            #expect(try WellKnownBinary.asset(of: WellKnownBinary.bytes(ofAsset: asset.lines)) == asset.lines)
        }
    }

    @Test(
        "what can't be used is told with its number and what would be right, and costs no other",
        arguments: [
            ("\"kind\":\"light\",\"owner\":\"t\"", "there is no id"),
            ("\"id\":\"x\",\"kind\":\"lamp\",\"owner\":\"t\"", "the kind \"lamp\" is unknown"),
            ("\"id\":\"x\",\"owner\":\"t\"", "there is no kind"),
            ("\"id\":\"x\",\"kind\":\"light\"", "there is no owner"),
            ("\"id\":\"good\",\"kind\":\"light\",\"owner\":\"t\"", "the id is already that of feature 1"),
            (
                "\"id\":\"x\",\"kind\":\"light\",\"owner\":\"t\",\"in_service_until\":\"soon\"",
                "\"in_service_until\" is \"soon\""
            ),
        ]
    )
    func faults(properties: String, fault: String) throws {
        let good = Self.feature("\"id\":\"good\",\"kind\":\"light\",\"owner\":\"town\"")
        let read = try Self.read([
            good, Self.feature(properties), Self.feature("\"id\":\"last\",\"kind\":\"tree\",\"owner\":\"t\""),
        ])
        #expect(
            read.assets.contains { $0.attributes.id == "good" } && read.assets.contains { $0.attributes.id == "last" }
        )
        let finding = try #require(read.report.errors.first)
        #expect(finding.feature == 2)
        #expect(finding.fault.contains(fault))
    }

    @Test("an area is no asset, and a file of one kind needs no kind")
    func kinds() throws {
        let polygon = "\"Polygon\",\"coordinates\":[[[-79,44],[-79.1,44],[-79.1,44.1],[-79,44]]]"
        let area = try Self.read([Self.feature("\"id\":\"x\",\"kind\":\"light\",\"owner\":\"t\"", polygon)])
        #expect(area.assets.isEmpty)
        #expect(area.report.errors.first?.fault.contains("the geometry is Polygon") == true)
        #expect(
            try Self.read([Self.feature("\"id\":\"x\",\"owner\":\"t\"")], kind: .hydrant).assets.map(\.attributes.kind)
                == [.hydrant]
        )
    }

    @Test("the demonstration region's assets are read without a finding")
    func demonstration() throws {
        let read = try AssetImport().readGeoJSON(path: demoFile("assets.geojson"))
        #expect(read.report.findings.isEmpty, "\(read.report)")
        #expect(Set(read.assets.map(\.attributes.kind)) == Set(AssetKind.allCases))
    }
}
