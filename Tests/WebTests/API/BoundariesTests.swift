import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

extension API {
    @Suite("boundaries")
    struct Boundaries {
        @Test("a layer as GeoJSON: closed rings, the hole of the enclave, a name each")
        func layer() async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/boundaries?layer=municipality")
                #expect(answer.status == 200)
                #expect(answer.headers[.contentType] == "application/geo+json; charset=utf-8")
                let tree = Tree(json: answer.text)
                let features = try #require(tree["features"]?.list)
                let names = Set(features.compactMap { $0["properties"]?["jurisdiction_id"]?.string })
                #expect(names.isSuperset(of: ["brindle-bay", "cobbleford", "dunmore-mills", "elmsbridge", "fallow"]))
                for feature in features {
                    #expect(feature["geometry"]?["type"]?.string == "MultiPolygon")
                    for polygon in feature["geometry"]?["coordinates"]?.list ?? [] {
                        for ring in polygon.list {
                            #expect(ring.list.count >= 4)
                            #expect(ring.list.first == ring.list.last)
                        }
                    }
                }
                let upper = Tree(json: try await region.send(.get, "/api/v1/boundaries?layer=upper_tier").text)
                #expect(upper["features"]?[0]?["geometry"]?["coordinates"]?[0]?.list.count ?? 0 >= 2)
            }
        }

        @Test("a coarser zoom gives fewer points, a window fewer areas, and the same tag 304")
        func lighter() async throws {
            try await DemonstrationRegion.run { region async throws in
                func get(_ query: String, tag: String? = nil) async throws -> Answer {
                    var headers = HTTPFields()
                    headers[.ifNoneMatch] = tag
                    return try await region.send(.get, "/api/v1/boundaries?layer=municipality\(query)", headers)
                }
                let (coarse, fine) = (try await get("&zoom=4"), try await get("&zoom=18"))
                #expect(coarse.text.utf8.count < fine.text.utf8.count)
                let window = try await get("&zoom=18&bbox=-79.19,44.10,-79.17,44.11")
                let features = Tree(json: window.text)["features"]?.list ?? []
                #expect(features.map { $0["id"]?.string } == ["brindle-bay"])
                let tag = try #require(fine.headers[.eTag])
                let again = try await get("&zoom=18", tag: tag)
                #expect(again.status == 304)
                #expect(again.text.isEmpty)
                #expect(window.headers[.eTag] != tag)
            }
        }

        @Test(
            "what cannot be is 400 and named",
            arguments: [
                ("layer=none-such", "layer"), ("layer=%00", "layer"), ("bbox=1,2,3", "bbox"), ("bbox=a,b,c,d", "bbox"),
                ("bbox=10,0,-10,1", "bbox"),
                ("bbox=-181,0,0,1", "bbox"), ("zoom=23", "zoom"), ("zoom=-1", "zoom"), ("zoom=1.5", "zoom"),
                ("zoom=99999999999999999999", "zoom"),
            ]
        )
        func faults(query: String, field: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/boundaries?\(query)")
                #expect(answer.status == 400)
                if query != "layer=%00" { #expect(answer.tree["errors"]?[0]?["field"]?.string == field) }
            }
        }

        @Test("snapping keeps common borders common and drops points on a straight line")
        func snapping() throws {
            func place(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
                try Coordinate(latitude: latitude, longitude: longitude)
            }
            let ring = [
                try place(0, 0), try place(0, 0.5), try place(0, 1), try place(1.0000001, 1), try place(1, 0),
                try place(0, 0),
            ]
            let snapped = try #require(Snap.ring(ring, step: 1_000_000))
            #expect(snapped.map(\.longitude) == [0, 1_000_000_000, 1_000_000_000, 0, 0])
            #expect(Snap.ring(ring, step: 100_000_000_000) == nil)
        }
    }
}
