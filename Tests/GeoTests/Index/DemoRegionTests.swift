import Domain
import Testing

@testable import Geo

/// The demonstration region, compiled once for all tests of this file.
private let region = Task {
    let areas = try await BoundaryImport().read(path: demoFile("boundaries.geojson"))
    let roads = try await RoadImport().read(path: demoFile("roads.geojson"))
    return (
        areas: areas, roads: roads,
        index: BoundaryIndex(areas.features, roads: roads.roads, generation: GenerationID(1))
    )
}

/// A named point and what is expected there.
struct NamedPoint: Sendable, CustomTestStringConvertible {
    let name: String
    let latitude: String
    let longitude: String
    let verdict: String
    let municipalities: [String]
    let upperTier: String
    let roads: [String]
    var testDescription: String { name }
}

private enum DemoRegion {
    /// The table of `geo/README.md`.
    static let points: [NamedPoint] = [
        named("regional-road-25", "44.13", "-79.20005", "inside", ["brindle-bay"], "inside", ["rr25-1"]),
        named("king-regional", "44.10002", "-79.1615", "inside", ["brindle-bay"], "inside", ["rr12-2"]),
        named("king-local", "44.10002", "-79.1575", "inside", ["brindle-bay"], "inside", ["bb-king"]),
        named("two-roads", "44.15", "-79.19989", "inside", ["brindle-bay"], "inside", ["rr25-1", "bb-mill-service"]),
        named(
            "bb-centre",
            "44.1016",
            "-79.18",
            "inside",
            ["brindle-bay"],
            "inside",
            ["bb-main-street", "bb-queen-street"]
        ), named("bb-home", "44.1030", "-79.1725", "inside", ["brindle-bay"], "inside", []),
        named("cf-home", "44.1285", "-78.8775", "inside", ["cobbleford"], "inside", []),
        named("cf-main", "44.13", "-78.8825", "inside", ["cobbleford"], "inside", ["cf-main-street"]),
        named("dm-home", "44.2768", "-79.0325", "inside", ["dunmore-mills"], "inside", []),
        named("dm-king", "44.2732", "-79.03", "inside", ["dunmore-mills"], "inside", ["dm-king-street"]),
        named("eb-main", "44.28", "-78.8225", "inside", ["elmsbridge"], "inside", ["eb-main-street"]),
        named("rr8-eb", "44.25", "-78.86205", "inside", ["elmsbridge"], "inside", ["rr8-2"]),
        named("fl-line-3", "44.37001", "-79.12", "inside", ["fallow"], "inside", ["fl-line-3"]),
        named("fl-village", "44.4", "-79.0025", "inside", ["fallow"], "inside", ["fl-church-street"]),
        named("grass-50", "44.08", "-79.20005", "inside", ["brindle-bay"], "inside", ["rr25-1"]),
        named("grass-80", "44.19", "-79.20005", "inside", ["brindle-bay"], "inside", ["rr25-2"]),
        named("highway-7", "44.31", "-79.1", "inside", ["dunmore-mills"], "inside", ["hw7-2"]),
        named("old-highway-7", "44.31", "-78.8", "inside", ["elmsbridge"], "inside", ["rr7"]),
        named("greyhaven", "44.2768", "-79.1125", "inside", ["greyhaven"], "outside", []),
        named("hartwick", "44.2", "-79.42", "inside", ["hartwick"], "outside", []),
        named("hartwick-road", "44.2", "-79.405", "inside", ["hartwick"], "outside", ["hw-main-street"]),
        named("gap", "44.12", "-78.99905", "gap", ["brindle-bay", "cobbleford"], "inside", []),
        named("overlap", "44.2197", "-78.8", "contested", ["elmsbridge", "cobbleford"], "inside", []),
        named(
            "townline-west",
            "44.22",
            "-79.26",
            "contested",
            ["brindle-bay", "dunmore-mills"],
            "inside",
            ["townline-1"]
        ),
        named(
            "townline-east",
            "44.22",
            "-79.21",
            "contested",
            ["brindle-bay", "dunmore-mills"],
            "inside",
            ["townline-2"]
        ), named("townline-north-side", "44.22005", "-79.26", "inside", ["dunmore-mills"], "inside", ["townline-1"]),
        named("private-lane", "44.075", "-79.138", "inside", ["brindle-bay"], "inside", ["bb-lakeview"]),
        named("unassumed", "44.1407", "-78.839", "inside", ["cobbleford"], "inside", ["cf-meadowlark"]),
        named("lake", "44.045", "-79.0", "outside", ["brindle-bay", "cobbleford"], "outside", []),
        named("heron-island", "44.034", "-79.16", "inside", ["brindle-bay"], "inside", []),
        named("nowhere", "51.5", "-0.12", "outside", [], "outside", []),
    ]

    private static func named(
        _ name: String,
        _ latitude: String,
        _ longitude: String,
        _ verdict: String,
        _ municipalities: [String],
        _ upperTier: String,
        _ roads: [String]
    ) -> NamedPoint {
        NamedPoint(
            name: name,
            latitude: latitude,
            longitude: longitude,
            verdict: verdict,
            municipalities: municipalities,
            upperTier: upperTier,
            roads: roads
        )
    }
}

@Suite("Demonstration region") struct DemoRegionTests {
    @Test("imports without a finding or repair") func imports() async throws {
        let region = try await region.value
        #expect(region.areas.report.isClean, "\(region.areas.report)")
        #expect(region.areas.report.repairs.isEmpty)
        #expect(region.roads.report.isClean, "\(region.roads.report)")
        #expect(region.roads.report.findings.isEmpty)
        #expect(region.areas.report.layers["municipality"] == 7)
        #expect(region.areas.report.layers["ward"] == 14)
    }

    @Test("answers every named point as its README says", arguments: DemoRegion.points) func answers(point: NamedPoint)
        async throws
    {
        let index = try await region.value.index
        let facts = index.facts(at: try Coordinate(latitudeText: point.latitude, longitudeText: point.longitude))
        #expect(facts.municipality.word == point.verdict)
        let named =
            facts.municipality.covering.isEmpty
            ? facts.municipality.nearest.map(\.area.id.rawValue) : facts.municipality.covering.map(\.id.rawValue)
        #expect(named.prefix(2).sorted() == point.municipalities.sorted())
        if point.verdict == "contested" { #expect(named == point.municipalities, "in the stated order") }
        #expect(facts.upperTier.word == point.upperTier)
        #expect(facts.roads.map(\.id) == point.roads)
        #expect(facts.generation == GenerationID(1))
        for area in facts.areas where area.layer == .municipality {
            #expect(area.jurisdictionID?.rawValue == area.id.rawValue)
        }
    }

    @Test("measures distances over the ground") func distances() async throws {
        let index = try await region.value.index
        let roads = index.roads(near: try Coordinate(latitude: 44.15, longitude: -79.19989))
        // 0.00011 degree and 0.000165 degree of longitude at 44.15 north, 79.99 km to the degree.
        #expect(abs((roads.first?.metres ?? 0) - 8.80) < 0.05)
        #expect(abs((roads.last?.metres ?? 0) - 13.2) < 0.05)
        guard case .gap(let near) = index.facts(at: try Coordinate(latitude: 44.12, longitude: -78.99905)).municipality
        else {
            Issue.record("the gap is no gap")
            return
        }
        #expect(near.allSatisfy { abs($0.metres - 20) < 2 })
    }

    @Test("keeps the dated change of an unassumed street and the old name of the highway") func roadAttributes()
        async throws
    {
        let index = try await region.value.index
        let street = try #require(index.roads(near: try Coordinate(latitude: 44.1407, longitude: -78.839)).first)
        #expect(street.ownerKind == .unassumed)
        #expect(street.ownership(onISODate: "2027-06-01") == ("cobbleford", .local))
        let highway = try #require(index.roads(near: try Coordinate(latitude: 44.31, longitude: -78.8)).first)
        #expect(highway.alias == "Highway 7" && highway.owner == "maplewater")
    }

    @Test("has exactly the defects made on purpose") func defects() async throws {
        let report = try BoundaryCheck()(try await region.value.areas.features)
        let overlaps = report.findings.filter { $0.kind == .overlap }
        #expect(
            Set(overlaps.map { "\($0.layer) \($0.owners.map(\.id.rawValue).joined(separator: " "))" }) == [
                "municipality elmsbridge cobbleford", "ward cf-w2 eb-w2",
            ]
        )
        let gaps = report.findings(.gap, in: .municipality)
        #expect(gaps.count == 1)
        #expect(gaps.first?.owners.map(\.id.rawValue) == ["brindle-bay", "cobbleford"])
        #expect(gaps.first?.remark.isEmpty == true)
        #expect(abs((gaps.first?.squareMetres ?? 0) - 66_700) < 500)
        #expect(!report.findings.contains { $0.kind == .outsideUpperTier || $0.kind == .insideUpperTier })
    }
}
