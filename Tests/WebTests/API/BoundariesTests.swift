import Domain
import Foundation
import HTTPTypes
import Hub
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
                ("zoom=99999999999999999999", "zoom"), ("tolerance=-1", "tolerance"), ("tolerance=far", "tolerance"),
                ("tolerance=NaN", "tolerance"), ("tolerance=100001", "tolerance"), ("zoom=3&tolerance=5", "tolerance"),
                ("id=;", "id"), ("id=a%00", "id"), ("id=\(String(repeating: "a;", count: 101))", "id"),
            ]
        )
        func faults(query: String, field: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/boundaries?\(query)")
                #expect(answer.status == 400)
                if query != "layer=%00" { #expect(answer.tree["errors"]?[0]?["field"]?.string == field) }
            }
        }

        @Test("ids pick areas, a tolerance the detail; none of it hides where the answer came from")
        func picked() async throws {
            try await DemonstrationRegion.run { region async throws in
                func get(_ query: String) async throws -> Answer {
                    try await region.send(.get, "/api/v1/boundaries?layer=municipality&\(query)")
                }
                func ids(_ answer: Answer) -> [String] {
                    Tree(json: answer.text)["features"]?.list.compactMap { $0["id"]?.string } ?? []
                }
                let two = try await get("id=fallow;brindle-bay;none-such")
                #expect(ids(two) == ["brindle-bay", "fallow"])
                let one = try await get("id=fallow&tolerance=0")
                #expect(ids(one) == ["fallow"])
                #expect(one.headers[.eTag] != two.headers[.eTag])
                #expect(one.headers[.contentLength] == String(one.text.utf8.count))
                let generation = try #require(region.surroundings.geography.generation)
                #expect(HTTPField.Name("Boundary-Generation").flatMap { one.headers[$0] } == "\(generation)")
                let head = try await region.send(.head, "/api/v1/boundaries?layer=municipality&id=fallow&tolerance=0")
                #expect(head.text.isEmpty)
                #expect(head.headers[.contentLength] == one.headers[.contentLength])
                let (coarse, exact) = (try await get("tolerance=5000"), try await get("tolerance=0"))
                #expect(coarse.text.utf8.count < exact.text.utf8.count)
                let none = try await get("id=none-such")
                #expect(none.status == 200)
                #expect(ids(none).isEmpty)
            }
        }

        @Test("a tolerance is kept: no point is moved further than it says", arguments: [1, 10, 100, 2_000, 50_000])
        func tolerance(metres: Double) {
            let detail = MapDetail(toleranceMetres: metres)
            let moved = (Double(detail.step) / 2 * 2.0.squareRoot()) / 1e9 * 111_320
            #expect(moved <= metres)
            #expect(MapDetail(toleranceMetres: 0) == .exact)
            #expect(MapDetail(zoom: 22) == .street)
            #expect(MapDetail(zoom: 0) == .continent)
        }

        @Test("common borders stay common at every detail: each edge between two areas is in both or in neither")
        func noGaps() async throws {
            try await DemonstrationRegion.run { region async throws in
                for zoom in [4, 8, 10, 12, 14, 17] {
                    let tree = Tree(
                        json: try await region.send(.get, "/api/v1/boundaries?layer=municipality&zoom=\(zoom)").text
                    )
                    var rings: [String: Set<String>] = [:]
                    for feature in tree["features"]?.list ?? [] {
                        let id = try #require(feature["id"]?.string)
                        for polygon in feature["geometry"]?["coordinates"]?.list ?? [] {
                            for ring in polygon.list {
                                for point in ring.list { rings[id, default: []].insert("\(point.list.map(\.string))") }
                            }
                        }
                    }
                    // An enclave's outer ring is the ring of the hole it fills, point by point.
                    let enclave = try #require(rings["greyhaven"])
                    #expect(enclave.isSubset(of: try #require(rings["dunmore-mills"])), "zoom \(zoom)")
                }
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
