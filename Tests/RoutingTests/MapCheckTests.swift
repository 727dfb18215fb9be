import Domain
import Geo
import Routing
import Tenancy
import Testing

@Suite("The agreement held against the map")
struct MapCheckTests {
    private static func index(_ change: (inout [RoadSegment], inout [Asset]) -> Void = { _, _ in }) throws
        -> BoundaryIndex
    {
        var roads = try RoadImport().readGeoJSON(path: "\(Region.folder)/geo/roads.geojson").roads
        var assets = try AssetImport().readGeoJSON(path: "\(Region.folder)/geo/assets.geojson").assets
        change(&roads, &assets)
        var index = BoundaryIndex([], roads: roads, generation: GenerationID(1))
        index.assets = AssetIndex(assets)
        return index
    }

    private static func findings(_ change: (inout [RoadSegment], inout [Asset]) -> Void = { _, _ in }) throws
        -> [CompletenessFinding]
    {
        let set = try #require(Region.agreement.ruleSets.first)
        return MapCheck(set, tenants: Region.bodies.map(\.id)).findings(on: try index(change))
    }

    @Test("the demonstration region's agreement fits its map")
    func fits() throws {
        #expect(try Self.findings() == [])
    }

    @Test("the pieces of the border road are measured: 0 to 5.194 and on to 8.99 km")
    func pieces() throws {
        let pieces = try Self.index().pieces(ofRoad: "townline")
        #expect(pieces.map(\.id) == ["townline-1", "townline-2"])
        #expect(abs((pieces.first?.to ?? 0) - 5.194) < 0.001)
        #expect(abs((pieces.last?.to ?? 0) - 8.990) < 0.002)
    }

    @Test("a segment that begins at another kilometre than the last one ends is found")
    func kilometres() throws {
        let findings = try Self.findings { roads, _ in
            for number in roads.indices where roads[number].attributes.id == "townline-2" {
                roads[number].attributes.fromKilometre = 4
            }
        }
        #expect(findings.map(\.kind) == [.roadAgreement, .roadAgreement])
        #expect(
            findings.first?.message.english
                == "townline-1 ends at km 5.19 and townline-2 begins at km 4.00: check from_km"
        )
        #expect(findings.last?.message.english.contains("ends at km 7.80 in the roads file") == true)
        #expect(findings.first?.rows == ["boundary-roads.yml:18", "boundary-roads.yml:23"])
    }

    @Test("a road, an asset or an owner that is nobody's is found")
    func unknown() throws {
        let findings = try Self.findings { roads, assets in
            roads.removeAll { ["townline-1", "townline-2", "rr12-2"].contains($0.attributes.id) }
            assets.removeAll { $0.attributes.id == "townline-bridge" }
            assets[0].attributes.owner = "brindle-hydra"
            assets[1].attributes.operatorID = "brindle-hydra"
        }
        #expect(findings.map(\.kind) == [.unknownPlace, .unknownPlace, .roadAgreement, .unknownOwner])
        #expect(findings[0].message.english.contains("winter-swap-king-street names the road rr12-2"))
        #expect(findings[1].message.english.contains("bridge-townline names the asset townline-bridge"))
        #expect(findings[3].cases == 2)
        #expect(findings[3].message.french.contains("« brindle-hydra »"))
    }
}
