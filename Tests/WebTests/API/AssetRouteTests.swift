import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

extension API {
    @Suite("route by asset and by name, and the bodies of a place")
    struct AssetRoutes {
        private static func get(_ region: RegionCaller, _ path: String, _ query: [(String, String)]) async throws
            -> Answer
        {
            try await region.send(.get, "/api/v1/\(path)?\(RegionCaller.form(query))")
        }

        private static let twoLights = [("lat", "44.0977"), ("long", "-79.17"), ("part", "light.street")]

        @Test("two lights of two owners are one question; the number painted on the pole answers it")
        func lights() async throws {
            try await DemonstrationRegion.run { region async throws in
                let asked = try await Self.get(region, "route", Self.twoLights).tree
                #expect(asked["lead"] == .null)
                #expect(asked["decision"]?["question"]?["kind"]?.string == "asset")
                #expect(asked["decision"]?["question"]?["preselected"]?.string == "bb-light-2007")
                let chosen = try await Self.get(region, "route", Self.twoLights + [("asset", "H17")]).tree
                #expect(chosen["lead"]?["partner_id"]?.string == "brindle-hydro")
                #expect(chosen["decision"]?["asset"]?["number"]?.string == "H17")
                #expect(chosen["decision"]?["rung"]?.string == "asset")
                // The number alone gives the place, unless two towns paint it.
                let alone = try await Self.get(region, "route", [("part", "light.street"), ("asset", "2004")]).tree
                #expect(alone["lead"]?["jurisdiction_id"]?.string == "brindle-bay")
                let twice = [("part", "light.street"), ("asset", "2003")]
                let unknown = try await Self.get(region, "route", twice).tree
                #expect(unknown["decision"]?["lead"]?["kind"]?.string == "undecided")
                let named = try await Self.get(region, "route", twice + [("municipality", "cobbleford")]).tree
                #expect(named["lead"]?["jurisdiction_id"]?.string == "cobbleford")
            }
        }

        @Test("a spoken name finds the regional road; where two roads bear it the question is which")
        func names() async throws {
            try await DemonstrationRegion.run { region async throws in
                let crossing = [("lat", "44.31005"), ("long", "-78.76005"), ("service", "RD-POTH")]
                let spoken = try await Self.get(region, "route", crossing + [("road_name", "hwy 7")]).tree
                #expect(spoken["decision"]?["question"]?["kind"]?.string == "road")
                let exact = try await Self.get(region, "route", crossing + [("road_name", "RR 7")]).tree
                #expect(exact["lead"]?["jurisdiction_id"]?.string == "maplewater")
                #expect(exact["decision"]?["road"]?["id"]?.string == "rr7")
                #expect(exact["decision"]?["flags"]?[0]?.string == "road_by_name")
                let away = try await Self.get(
                    region,
                    "route",
                    [("lat", "44.3106"), ("long", "-78.8"), ("service", "RD-POTH"), ("road_name", "Highway 7")]
                ).tree
                #expect(away["decision"]?["road"]?["id"]?.string == "rr7", "67 m off, but called by its name")
            }
        }

        @Test("writes the very JSON of the program's encoder for assets, kilometres and operators, too")
        func sameAsEncoder() async throws {
            try await DemonstrationRegion.run { region async throws in
                for (place, part) in [
                    (("44.0977", "-79.17"), "light.street"), (("44.22", "-79.26"), "winter.road"),
                    (("44.39202", "-79.1"), "winter.road"), (("44.31", "-79.03"), "road.surface"),
                ] {
                    let query = RouteQuery(
                        place: PlaceInput(coordinate: try Coordinate(latitudeText: place.0, longitudeText: place.1)),
                        part: ServicePart(rawValue: part),
                        at: region.clock.now
                    )
                    let expected = try await ExplainResponsibility(region.surroundings)(query)
                    let answer = try await Self.get(
                        region,
                        "route",
                        [("lat", place.0), ("long", place.1), ("part", part)]
                    )
                    let encoded = String(decoding: try JSONEncoder().encode(expected.decision), as: UTF8.self)
                    #expect(answer.tree["decision"] == Tree(json: encoded), "\(part)")
                }
            }
        }

        @Test("names the body of every layer with its telephone")
        func bodies() async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await Self.get(region, "bodies", [("lat", "44.2768"), ("long", "-79.0325")])
                #expect(answer.status == 200)
                let text = answer.text
                for body in ["dunmore-power", "mill-creek", "cs-grands-lacs", "maplewater-dsb", "dunmore-mills"] {
                    #expect(text.contains("\"\(body)\""), "\(body)")
                }
                #expect(text.contains("\"layer\":\"health_unit\""))
                let nothing = try await Self.get(region, "bodies", [("lat", "51.5"), ("long", "-0.12")])
                #expect(nothing.text == "{\"bodies\":[]}")
                #expect(try await Self.get(region, "bodies", []).status == 400)
            }
        }
    }
}
