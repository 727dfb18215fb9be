import Domain
import Foundation
import Testing

@Suite("Names of roads")
struct RoadNameTests {
    @Test(
        "people say one name in many ways",
        arguments: [
            ("Highway 7", "hwy 7"), ("Highway 7", "HWY. 7"), ("Highway 7", "highway #7"), ("Highway 7", "Hwy7"),
            ("Highway 7", "Highway No. 7"), ("Regional Road 25", "RR 25"), ("Regional Road 25", "rr25"),
            ("Regional Road 25", "Reg. Rd. 25"), ("Rue Saint-Jean", "rue saint jean"), ("Main Street", "Main St."),
            ("St. John Road", "Saint John Rd"), ("Chemin de l’École", "chemin de l'ecole"),
            ("O'Connor Drive", "OConnor Dr"),
            ("The Queensway", "queensway"), ("County Road 9", "CR 9"),
        ]
    )
    func same(name: String, said: String) {
        #expect(RoadNameKey(name) == RoadNameKey(said), "\(RoadNameKey(name).text) | \(RoadNameKey(said).text)")
    }

    @Test(
        "and never mean another road",
        arguments: [
            ("Highway 7", "Highway 70"), ("Highway 7", "Regional Road 7"), ("Main Street", "Main Road"),
            ("King Street", "King Street West"), ("Highway 7", "Highway 7A"),
        ]
    )
    func different(name: String, said: String) {
        #expect(RoadNameKey(name) != RoadNameKey(said))
    }

    @Test("an alias says its days, and is read back as it was written")
    func alias() throws {
        let alias = try #require(RoadAlias(text: "Highway 7 [2019-04-01/..]"))
        #expect(alias == RoadAlias(name: "Highway 7", from: "2019-04-01"))
        #expect(alias.text == "Highway 7 [2019-04-01/..]")
        #expect(!alias.isUnderstood(onISODate: "2019-03-31"))
        #expect(alias.isUnderstood(onISODate: "2019-04-01"))
        #expect(RoadAlias(text: "Old Mill Lane")?.text == "Old Mill Lane")
        #expect(RoadAlias(text: "X [../2020-12-31]")?.isUnderstood(onISODate: "2021-01-01") == false)
        for bad in ["X [soon/..]", "X [2019-04-01]", "X [2019-02-30/..]", "[2019-04-01/..]"] {
            #expect(RoadAlias(text: bad) == nil, "\(bad)")
        }
        let aliases = [alias, RoadAlias(name: "Cobble Road")]
        #expect(try JSONDecoder().decode([RoadAlias].self, from: JSONEncoder().encode(aliases)) == aliases)
        #expect(
            try JSONDecoder().decode([RoadAlias].self, from: Data("[\"Highway 7\"]".utf8)) == [
                RoadAlias(name: "Highway 7")
            ]
        )
    }

    @Test("a road kept before there were operators, kilometres and dated names is read as it was")
    func olderJSON() throws {
        let text = """
            {"id":"r","name":"Regional Road 7","owner":"region","owner_kind":"upper","road_class":"3","metres":3.5,"alias":"Highway 7"}
            """
        let road = try JSONDecoder().decode(NearbyRoad.self, from: Data(text.utf8))
        #expect(road.aliases.isEmpty && road.km == nil && road.operatorID == nil && road.route == nil)
        #expect(road.isCalled(RoadNameKey("hwy 7"), onISODate: "2026-01-01"))
    }
}
