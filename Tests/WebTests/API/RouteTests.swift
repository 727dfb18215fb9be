import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

/// The hub's own API over the demonstration region.
@Suite("The JSON API", .region)
enum API {}

extension API {
    @Suite("route and locate")
    struct Route {
        /// Asks for a decision.
        private static func route(_ region: RegionCaller, _ query: [(String, String)]) async throws -> Answer {
            try await region.send(.get, "/api/v1/route?\(RegionCaller.form(query))")
        }

        private static let regional = [("lat", "44.13"), ("long", "-79.20005"), ("service", "RD-POTH")]

        @Test("says who leads, how to reach them, and why, in both languages")
        func decision() async throws {
            try await DemonstrationRegion.run { region async throws in
                let tree = try await Self.route(region, Self.regional + [("language", "fr")]).tree
                #expect(tree["lead"]?["jurisdiction_id"]?.string == "maplewater")
                #expect(tree["lead"]?["name"]?["en"]?.string == "Regional Municipality of Maplewater")
                #expect(tree["lead"]?["phone"]?.string.isEmpty == false)
                #expect(tree["service"]?["service_code"]?.string == "RD-POTH")
                #expect(tree["service"]?["lead_service_code"]?.string == "RR-POTH")
                #expect(tree["decision"]?["confidence"]?.string == "certain")
                #expect(tree["text"]?.string == tree["decision"]?["resident_text"]?["fr"]?.string)
            }
        }

        @Test(
            "writes the very JSON that the program's own encoder writes",
            arguments: [
                ("44.13", "-79.20005"), ("44.15", "-79.19989"), ("44.2768", "-79.1125"), ("44.22", "-79.26"),
                ("44.12", "-78.99905"), ("44.31", "-79.1"), ("51.5", "-0.12"), ("44.1407", "-78.839"),
                ("44.31", "-78.8"),
            ],
            ["RD-POTH", "WS-MISS", "AN-BITE"]
        )
        func sameAsEncoder(place: (String, String), service: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let coordinate = try Coordinate(latitudeText: place.0, longitudeText: place.1)
                let query = RouteQuery(
                    place: PlaceInput(coordinate: coordinate),
                    service: ServiceCode(rawValue: service),
                    at: region.clock.now
                )
                let expected = try await ExplainResponsibility(region.surroundings)(query)
                let answer = try await Self.route(
                    region,
                    [("lat", place.0), ("long", place.1), ("service", service)]
                )
                #expect(answer.status == 200)
                let encoded = String(decoding: try JSONEncoder().encode(expected.decision), as: UTF8.self)
                #expect(answer.tree["decision"] == Tree(json: encoded))
                let facts = try await region.send(.get, "/api/v1/locate?lat=\(place.0)&long=\(place.1)")
                let encodedFacts = String(decoding: try JSONEncoder().encode(expected.facts), as: UTF8.self)
                let wanted = Tree(json: encodedFacts)
                for name in wanted.names { #expect(facts.tree[name] == wanted[name]) }
                #expect(facts.tree.names == wanted.names.union(["text", "bodies"]))
            }
        }

        @Test(
            "locate says whose place it is in both languages, and how to reach each body behind an area or a road, once"
        )
        func bodies() async throws {
            try await DemonstrationRegion.run { region async throws in
                let tree = try await region.send(.get, "/api/v1/locate?lat=44.13&long=-79.20005").tree
                #expect(tree["text"]?["en"]?.string == "This place is in the Town of Brindle Bay.")
                #expect(tree["text"]?["fr"]?.string == "Cet endroit se trouve dans la Ville de Brindle Bay.")
                let ids = tree["bodies"]?.list.compactMap { $0["id"]?.string } ?? []
                #expect(Set(ids).isSuperset(of: ["brindle-bay", "maplewater", "brindle-hydro", "mill-creek"]))
                #expect(Set(ids).count == ids.count)
                #expect(tree["bodies"]?.list.allSatisfy { $0["phone"]?.string.isEmpty == false } == true)
                let gap = try await region.send(.get, "/api/v1/locate?lat=44.12&long=-78.99905").tree
                #expect(gap["text"]?["en"]?.string.contains("between two surveys") == true)
                let both = try await region.send(.get, "/api/v1/locate?lat=44.2197&long=-78.8").tree
                #expect(both["text"]?["fr"]?.string.contains("Elmsbridge") == true)
                #expect(both["text"]?["fr"]?.string.contains("Cobbleford") == true)
            }
        }

        @Test("an address alone is undecided, a part alone is enough, an answered question settles the lead")
        func otherWays() async throws {
            try await DemonstrationRegion.run { region async throws in
                let address = try await Self.route(region, [("address", "1 Main Street"), ("service", "RD-POTH")])
                #expect(address.tree["lead"] == .null)
                let part = try await Self.route(
                    region,
                    [("lat", "44.13"), ("long", "-79.20005"), ("part", "road.surface")]
                )
                #expect(part.tree["lead"]?["jurisdiction_id"]?.string == "maplewater")
                #expect(part.tree["service"] == .null)
                let two = [("lat", "44.15"), ("long", "-79.19989"), ("service", "RD-POTH")]
                let asked = try await Self.route(region, two).tree
                #expect(asked["decision"]?["question"]?["kind"]?.string == "road")
                let chosen = try await Self.route(region, two + [("road", "bb-mill-service")]).tree
                #expect(chosen["lead"]?["jurisdiction_id"]?.string == "brindle-bay")
                let outside = try await Self.route(
                    region,
                    [("lat", "44.2768"), ("long", "-79.1125"), ("service", "RD-POTH")]
                )
                #expect(outside.tree["lead"]?["kind"]?.string == "partner")
            }
        }

        @Test("the decision is made for the instant asked for")
        func instant() async throws {
            try await DemonstrationRegion.run { region async throws in
                let lane = [("lat", "44.1407"), ("long", "-78.839"), ("service", "RD-POTH")]
                let before = try await Self.route(region, lane + [("at", "2027-05-31")]).tree
                let after = try await Self.route(region, lane + [("at", "2027-06-02T09:00:00-04:00")]).tree
                #expect(before["decision"]?["lead"] != after["decision"]?["lead"])
                #expect(after["lead"]?["jurisdiction_id"]?.string == "cobbleford")
                #expect(before["decision"]?["as_of"]?.string.hasPrefix("2027-05-31") == true)
            }
        }

        @Test(
            "every fault names its field in both languages; several come together",
            arguments: [
                ([("lat", "x"), ("long", "-79"), ("service", "RD-POTH")], ["lat"]),
                ([("lat", "44"), ("service", "RD-POTH")], ["long"]), ([("lat", "44"), ("long", "-79")], ["service"]),
                (
                    [("lat", "91"), ("long", "-79"), ("service", "a b"), ("at", "soon"), ("language", "de")],
                    ["language", "lat", "service", "at"]
                ),
                ([("lat", "44"), ("long", "-79"), ("service", "NONE-1")], ["service"]),
                ([("lat", "44"), ("long", "-79"), ("part", "Ö")], ["part"]),
                ([("address", String(repeating: "a", count: 501)), ("service", "RD-POTH")], ["address"]),
            ] as [([(String, String)], [String])]
        )
        func faults(query: [(String, String)], fields: [String]) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await Self.route(region, query)
                #expect(answer.status == 400)
                let errors = answer.tree["errors"]?.list ?? []
                #expect(Set(errors.compactMap { $0["field"]?.string }) == Set(fields))
                #expect(errors.allSatisfy { $0.names == ["field", "code", "message"] })
                #expect(
                    errors.allSatisfy {
                        $0["message"]?["en"]?.string.isEmpty == false && $0["message"]?["fr"]?.string.isEmpty == false
                    }
                )
            }
        }

        @Test(
            "a jurisdiction that is none of this hub is 404 and named",
            arguments: ["route?service=RD-POTH&", "services?"]
        )
        func unknownJurisdiction(path: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/\(path)jurisdiction=atlantis")
                #expect(answer.status == 404)
                #expect(answer.tree["errors"]?[0]?["field"]?.string == "jurisdiction")
            }
        }

        @Test("unknown paths are 404 and wrong methods 405, in the API's own shape")
        func paths() async throws {
            try await DemonstrationRegion.run { region async throws in
                for path in ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/requests/a/b"] {
                    let answer = try await region.send(.get, path)
                    #expect(answer.status == 404)
                }
                let put = try await region.send(.put, "/api/v1/route")
                #expect(put.status == 405)
                #expect(put.headers[.allow] == "GET, HEAD, OPTIONS")
                #expect(put.tree["errors"]?[0]?["code"]?.string == "method_not_allowed")
                let head = try await region.send(.head, "/api/v1/services")
                #expect(head.status == 200 && head.text.isEmpty)
            }
        }
    }
}
