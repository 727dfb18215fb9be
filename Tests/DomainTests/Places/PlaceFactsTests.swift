import Domain
import Foundation
import Testing

@Suite("Facts of a place")
struct PlaceFactsTests {
    private let bay = CoveringArea(
        id: AreaID(trusted: "brindle-bay"),
        layer: .municipality,
        name: "Town of Brindle Bay",
        jurisdictionID: JurisdictionID(trusted: "brindle-bay")
    )
    private let ford = CoveringArea(
        id: AreaID(trusted: "cobbleford"),
        layer: .municipality,
        name: "Town of Cobbleford",
        jurisdictionID: nil
    )

    @Test("keep every verdict through JSON")
    func verdicts() throws {
        let near = [NearestArea(area: bay, metres: 12.5)]
        for verdict in [
            .inside(bay), .contested([bay, ford]), .gap(nearest: near), .outside(nearest: near), .outside(nearest: []),
            .unknown,
        ] as [PlaceVerdict] {
            let facts = PlaceFacts(
                coordinate: try Coordinate(latitude: 44.1, longitude: -79),
                address: "1 Main Street",
                generation: GenerationID(3),
                areas: verdict.covering,
                municipality: verdict,
                upperTier: .unknown,
                roads: [
                    NearbyRoad(
                        id: "r",
                        name: "Regional Road 25",
                        owner: "maplewater",
                        ownerKind: .upper,
                        roadClass: "arterial",
                        speedLimit: 80,
                        metres: 3.5,
                        alias: nil
                    )
                ],
                toleranceMetres: 20
            )
            #expect(try JSONDecoder().decode(PlaceFacts.self, from: JSONEncoder().encode(facts)) == facts)
        }
    }

    @Test("spell their JSON in snake case")
    func spelling() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(PlaceVerdict.inside(bay)), as: UTF8.self)
        #expect(
            text == """
                {"areas":[{"id":"brindle-bay","jurisdiction_id":"brindle-bay","layer":"municipality","name":"Town of Brindle Bay"}],\
                "verdict":"inside"}
                """
        )
    }

    @Test(
        "refuse a verdict that is none",
        arguments: [#"{"verdict":"maybe"}"#, #"{"verdict":"inside","areas":[]}"#, "{}"]
    )
    func badVerdict(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PlaceVerdict.self, from: Data(json.utf8)) }
    }

    @Test("know the owner of a road on a day", arguments: [("2027-05-31", "developer"), ("2027-06-01", "cobbleford")])
    func ownership(day: String, owner: String) {
        let road = NearbyRoad(
            id: "r",
            name: "Meadowlark Crescent",
            owner: "developer",
            ownerKind: .unassumed,
            roadClass: "local",
            speedLimit: nil,
            metres: 0,
            alias: nil,
            change: RoadOwnerChange(on: "2027-06-01", owner: "cobbleford", ownerKind: .local)
        )
        #expect(road.ownership(onISODate: day).owner == owner)
    }

    @Test("take layer names that can head a column", arguments: ["ward", "upper_tier", "a", "x9"])
    func goodLayers(text: String) {
        #expect(LayerName.isWellFormed(text))
    }

    @Test(
        "refuse other layer names",
        arguments: ["", "Ward", "9a", "_a", "a b", "id", "lat", "lon", "a;b", "é", "nearest"]
    )
    func badLayers(text: String) {
        #expect(!LayerName.isWellFormed(text))
    }

    @Test(
        "refuse area ids that would break a list",
        arguments: ["", "a;b", "a\nb", String(repeating: "x", count: 101)]
    )
    func badAreaIDs(text: String) {
        #expect(!AreaID.isWellFormed(text))
    }
}
