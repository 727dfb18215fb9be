import Domain
import Geo
import Routing
import Testing

/// The same examples on the demonstration region's boundaries and roads, point by point.
@Suite("Real places of the demonstration region")
struct RealPlacesTests {
    private static let index: BoundaryIndex? = {
        guard let boundaries = try? BoundaryImport().readGeoJSON(path: "\(Region.folder)/geo/boundaries.geojson"),
            let roads = try? RoadImport().readGeoJSON(path: "\(Region.folder)/geo/roads.geojson")
        else { return nil }
        var index = BoundaryIndex(boundaries.features, roads: roads.roads, generation: GenerationID(1))
        guard let assets = try? AssetImport().readGeoJSON(path: "\(Region.folder)/geo/assets.geojson") else {
            return nil
        }
        index.assets = AssetIndex(assets.assets)
        return index
    }()

    /// One question put to the map: where, about what, and who must answer.
    struct Example: Sendable, CustomTestStringConvertible {
        let number: String
        let latitude: Double
        let longitude: Double
        let part: String
        let lead: Lead
        var answers = Answers()
        var road: String?
        var property: String?
        var day = "2026-11-18"
        var testDescription: String { "\(number): \(part) at \(latitude), \(longitude)" }
    }

    @Test(
        "lead to the body of the worked example",
        arguments: [
            Example(
                number: "1",
                latitude: 44.13,
                longitude: -79.20005,
                part: "road.surface",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "1 on King Street",
                latitude: 44.10002,
                longitude: -79.1615,
                part: "road.surface",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "2",
                latitude: 44.10002,
                longitude: -79.1575,
                part: "road.surface",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "3",
                latitude: 44.13,
                longitude: -79.20005,
                part: "road.sidewalk",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "4 road",
                latitude: 44.13,
                longitude: -79.20005,
                part: "winter.road",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "4 sidewalk",
                latitude: 44.13,
                longitude: -79.20005,
                part: "winter.sidewalk",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "4 stop",
                latitude: 44.13,
                longitude: -79.20005,
                part: "transit.stop",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "4 swap",
                latitude: 44.10002,
                longitude: -79.1615,
                part: "winter.road",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "5",
                latitude: 44.1285,
                longitude: -78.8775,
                part: "waste.collect",
                lead: .tenant("cobbleford")
            ),
            Example(
                number: "6",
                latitude: 44.2768,
                longitude: -79.0325,
                part: "waste.collect",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "7 then",
                latitude: 44.103,
                longitude: -79.1725,
                part: "waste.bluebox",
                lead: .tenant("maplewater"),
                property: "home",
                day: "2023-03-01"
            ),
            Example(
                number: "7 now",
                latitude: 44.103,
                longitude: -79.1725,
                part: "waste.bluebox",
                lead: .partner("blue-box-contractor"),
                property: "home",
                day: "2026-02-01"
            ),
            Example(
                number: "11",
                latitude: 44.28,
                longitude: -78.8225,
                part: "animal.bite",
                lead: .tenant("elmsbridge")
            ),
            Example(
                number: "12 west",
                latitude: 44.22,
                longitude: -79.26,
                part: "road.surface",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "12 east",
                latitude: 44.22,
                longitude: -79.21,
                part: "road.surface",
                lead: .tenant("dunmore-mills")
            ),
            Example(
                number: "12 north side",
                latitude: 44.22005,
                longitude: -79.26,
                part: "road.surface",
                lead: .tenant("brindle-bay")
            ),
            // One kilometre of the line is 0.01252 degree here; km 4 lies at -79.22994, on the first segment's second half.
            Example(
                number: "12 at km 3.99",
                latitude: 44.22007,
                longitude: -79.23004,
                part: "road.surface",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "12 at km 3.99, south side",
                latitude: 44.21993,
                longitude: -79.23004,
                part: "winter.sidewalk",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "12 at km 4.01",
                latitude: 44.22007,
                longitude: -79.2298,
                part: "road.surface",
                lead: .tenant("dunmore-mills")
            ),
            Example(
                number: "12 at km 4.01, south side",
                latitude: 44.21993,
                longitude: -79.2298,
                part: "winter.sidewalk",
                lead: .tenant("dunmore-mills")
            ),
            Example(
                number: "12 before the segments meet",
                latitude: 44.22,
                longitude: -79.2155,
                part: "road.surface",
                lead: .tenant("dunmore-mills")
            ),
            Example(
                number: "13",
                latitude: 44.2768,
                longitude: -79.1125,
                part: "road.surface",
                lead: .partner("greyhaven")
            ),
            Example(
                number: "13 waste",
                latitude: 44.2768,
                longitude: -79.1125,
                part: "waste.collect",
                lead: .partner("greyhaven")
            ),
            Example(
                number: "outside",
                latitude: 44.2,
                longitude: -79.42,
                part: "road.surface",
                lead: .partner("hartwick")
            ),
            Example(
                number: "outside road",
                latitude: 44.2,
                longitude: -79.405,
                part: "road.surface",
                lead: .partner("hartwick")
            ),
            Example(
                number: "lake",
                latitude: 44.045,
                longitude: -79.0,
                part: "road.surface",
                lead: .partner("municipal-finder")
            ),
            Example(
                number: "nowhere",
                latitude: 51.5,
                longitude: -0.12,
                part: "bylaw.noise",
                lead: .partner("municipal-finder")
            ),
            Example(number: "14", latitude: 44.15, longitude: -79.19989, part: "road.surface", lead: .undecided),
            Example(
                number: "14 answered",
                latitude: 44.15,
                longitude: -79.19989,
                part: "road.surface",
                lead: .tenant("brindle-bay"),
                road: "bb-mill-service"
            ),
            Example(
                number: "15 before",
                latitude: 44.4,
                longitude: -79.0025,
                part: "water.distribute",
                lead: .tenant("fallow"),
                day: "2026-12-30"
            ),
            Example(
                number: "15 after",
                latitude: 44.4,
                longitude: -79.0025,
                part: "water.distribute",
                lead: .tenant("maplewater"),
                day: "2027-01-01"
            ),
            Example(
                number: "16",
                latitude: 44.13,
                longitude: -79.20005,
                part: "tree.hazard",
                lead: .tenant("maplewater"),
                answers: ["PLACE": ["wire"]]
            ),
            Example(number: "17", latitude: 44.31, longitude: -78.8, part: "road.surface", lead: .tenant("maplewater")),
            Example(
                number: "highway",
                latitude: 44.31,
                longitude: -79.1,
                part: "road.surface",
                lead: .partner("ontario")
            ),
            Example(
                number: "19",
                latitude: 44.2768,
                longitude: -79.0325,
                part: "health.needle",
                lead: .tenant("dunmore-mills"),
                property: "park"
            ),
            Example(
                number: "20 at 50",
                latitude: 44.08,
                longitude: -79.20005,
                part: "park.grass",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "20 at 80",
                latitude: 44.19,
                longitude: -79.20005,
                part: "park.grass",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "private",
                latitude: 44.075,
                longitude: -79.138,
                part: "road.surface",
                lead: .partner("private-owner")
            ),
            Example(
                number: "new street",
                latitude: 44.1407,
                longitude: -78.839,
                part: "road.surface",
                lead: .partner("larkfield-homes")
            ),
            Example(
                number: "assumed street",
                latitude: 44.1407,
                longitude: -78.839,
                part: "road.surface",
                lead: .tenant("cobbleford"),
                day: "2027-06-02"
            ),
            Example(
                number: "gravel",
                latitude: 44.37001,
                longitude: -79.12,
                part: "road.surface",
                lead: .tenant("fallow")
            ),
            Example(
                number: "crossing of two town streets",
                latitude: 44.1016,
                longitude: -79.18,
                part: "road.surface",
                lead: .tenant("brindle-bay")
            ),
            Example(
                number: "island",
                latitude: 44.034,
                longitude: -79.16,
                part: "bylaw.noise",
                lead: .tenant("brindle-bay")
            ),
            Example(number: "gap", latitude: 44.12, longitude: -78.99905, part: "bylaw.noise", lead: .undecided),
            Example(
                number: "gap, regional matter",
                latitude: 44.12,
                longitude: -78.99905,
                part: "health.food",
                lead: .tenant("maplewater")
            ),
            Example(number: "overlap", latitude: 44.2197, longitude: -78.8, part: "bylaw.noise", lead: .undecided),
            Example(
                number: "overlap, regional matter",
                latitude: 44.2197,
                longitude: -78.8,
                part: "police.nonemerg",
                lead: .tenant("maplewater")
            ),
            Example(
                number: "power",
                latitude: 44.2768,
                longitude: -79.1125,
                part: "power.supply",
                lead: .partner("dunmore-power")
            ),
        ]
    )
    func example(example: Example) throws {
        let index = try #require(Self.index)
        let place = index.facts(at: try Coordinate(latitude: example.latitude, longitude: example.longitude))
        let decision = Region.decide(
            example.part,
            place,
            answers: example.answers,
            road: example.road,
            property: example.property,
            at: Region.instant("\(example.day)T17:00:00Z")
        )
        #expect(decision.lead == example.lead, "\(decision.staffText.english)")
        #expect((decision.lead == .undecided) == (decision.question != nil))
        #expect(decision.generation == GenerationID(1))
    }

    @Test("every area and road owner of the region's files is a body that the agreement knows")
    func everyBodyIsKnown() throws {
        let index = try #require(Self.index)
        let set = try #require(Region.table.ruleSet(at: Region.noon))
        let known = Set(set.partners.map(\.id.rawValue)).union(Region.bodies.map(\.id.rawValue))
        for area in index.areas
        where area.layer == .municipality || area.layer.rawValue.hasPrefix("school")
            || ["watershed", "distributor"].contains(area.layer.rawValue)
        {
            #expect(known.contains(area.jurisdictionID?.rawValue ?? area.id.rawValue), "\(area.layer) \(area.id)")
        }
        for area in index.areas where ["land", "enclave", "police", "health_unit"].contains(area.layer.rawValue) {
            let ids = [area.jurisdictionID?.rawValue, area.id.rawValue].compactMap(\.self)
            #expect(ids.contains(where: known.contains), "\(area.layer) \(area.id)")
        }
        for asset in index.assets.assets {
            #expect(known.contains(asset.owner), "\(asset.id) \(asset.owner)")
            #expect(asset.operatorID.map(known.contains) ?? true, "\(asset.id)")
        }
        // A private road's owner is nobody's register entry; the rule names the kind.
        for road in index.roads where road.ownerKind != .privateRoad {
            #expect(known.contains(road.owner), "\(road.id) \(road.owner)")
            #expect(road.operatorID.map(known.contains) ?? true, "\(road.id)")
        }
    }

    @Test("every road that a rule names is a road of the region")
    func everyRoadIsKnown() throws {
        let index = try #require(Self.index)
        let set = try #require(Region.table.ruleSet(at: Region.noon))
        let named = Set(set.everyRule.flatMap(\.conditions.roads))
        let known = index.roads.map(\.id) + index.roads.compactMap(\.route)
        #expect(named.subtracting(known).sorted() == [])
    }

    @Test("on a grid over the region and beyond, every place and part has a lead, a referral or one question")
    func nobodyNowhere() throws {
        let index = try #require(Self.index)
        let parts = [
            "road.surface", "road.sidewalk", "waste.collect", "bylaw.noise", "police.nonemerg", "winter.road",
            "corp.tax",
        ]
        var seen = 0
        for row in 0..<24 {
            for column in 0..<36 {
                let place = index.facts(
                    at: try Coordinate(
                        latitude: 44.03 + Double(row) * 0.0187,
                        longitude: -79.45 + Double(column) * 0.0223
                    )
                )
                for part in parts {
                    let decision = Region.decide(part, place)
                    #expect(
                        decision.lead != .undecided || decision.question != nil,
                        "\(part) at \(place.coordinate?.description ?? "")"
                    )
                    #expect(!decision.flags.contains("no_rule") && !decision.flags.contains("equal_rank"))
                    seen += 1
                }
            }
        }
        #expect(seen == 24 * 36 * parts.count)
    }
}
