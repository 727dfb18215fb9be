import Domain
import Foundation
import Geo
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Web

@Suite("Vector tiles", .region)
struct TileTests {
    /// Tile of a place at a zoom, and where in it the place lies, in steps of 4096.
    private static func position(_ latitude: Double, _ longitude: Double, zoom: Int) -> (
        column: Int, row: Int, x: Double, y: Double
    ) {
        let world = Double(1 << zoom)
        let x = (longitude + 180) / 360 * world
        let y = (1 - asinh(tan(latitude * .pi / 180)) / .pi) / 2 * world
        return (Int(x), Int(y), (x - x.rounded(.down)) * 4096, (y - y.rounded(.down)) * 4096)
    }

    private static func bytes(_ region: RegionCaller, _ path: String) async throws -> [UInt8] {
        let answer = try await region.client.execute(uri: path, method: .get)
        #expect(answer.status == .ok, "\(path): \(String(buffer: answer.body))")
        return Array(answer.body.readableBytesView)
    }

    @Test("every layer the generation has, and roads: names, ids and owners, at 4096 steps, in version 2")
    func everything() async throws {
        try await DemonstrationRegion.run { region async throws in
            let at = Self.position(44.1016, -79.18, zoom: 10)
            let tile = try VectorTile(try await Self.bytes(region, "/tiles/all/10/\(at.column)/\(at.row).mvt"))
            let layers = region.surroundings.geography.layers.map(\.rawValue)
            #expect(Set(tile.layers.map(\.name)).isSuperset(of: ["municipality", "upper_tier", "ward", "roads"]))
            #expect(Set(tile.layers.map(\.name)).isSubset(of: layers + ["roads"]))
            for layer in tile.layers {
                #expect(layer.version == 2)
                #expect(layer.extent == 4096)
                #expect(layer.features.allSatisfy { $0.kind == (layer.name == "roads" ? 2 : 3) && !$0.paths.isEmpty })
                #expect(layer.features.allSatisfy { $0.attributes["id"]?.isEmpty == false })
            }
            let town = try #require(tile["municipality"]?.features.first { $0.attributes["id"] == "brindle-bay" })
            #expect(town.attributes["jurisdiction_id"] == "brindle-bay")
            #expect(town.contains(at.x, at.y))
            let road = try #require(tile["roads"]?.features.first { $0.attributes["id"] == "rr25-1" })
            #expect(road.attributes["owner"] == "maplewater")
            let far = try VectorTile(try await Self.bytes(region, "/tiles/all/7/\(at.column >> 3)/\(at.row >> 3).mvt"))
            #expect(far["municipality"] != nil)
            #expect(far["roads"] == nil)
        }
    }

    @Test(
        "a point lies in the tile's area exactly when the index says so, but for two steps beside a border",
        arguments: [9, 13, 16]
    )
    func agreement(zoom: Int) async throws {
        try await DemonstrationRegion.run { region async throws in
            let index = region.surroundings.geography.index
            var generator = SplitMix(seed: UInt64(zoom))
            // Near the named points of geo/README.md: a gap, an overlap, an enclave, a border.
            let places = [(44.12, -78.999), (44.2197, -78.8), (44.2768, -79.1125), (44.22, -79.26), (44.1016, -79.18)]
            var (judged, seen) = (0, Set<String>())
            for place in places {
                let at = Self.position(place.0, place.1, zoom: zoom)
                let path = "/tiles/municipality/\(zoom)/\(at.column)/\(at.row).mvt"
                let tile = try VectorTile(try await Self.bytes(region, path))
                let features = tile["municipality"]?.features ?? []
                for _ in 0..<400 {
                    let (x, y) = (
                        Double.random(in: 0..<4096, using: &generator), Double.random(in: 0..<4096, using: &generator)
                    )
                    let isClear = [(-2.0, 0.0), (2, 0), (0, -2), (0, 2)].allSatisfy { step in
                        features.allSatisfy { $0.contains(x, y) == $0.contains(x + step.0, y + step.1) }
                    }
                    guard isClear else { continue }
                    let world = Double(1 << zoom)
                    let longitude = (Double(at.column) + x / 4096) / world * 360 - 180
                    let latitude = atan(sinh(.pi * (1 - 2 * (Double(at.row) + y / 4096) / world))) * 180 / .pi
                    let facts = index.facts(at: try Coordinate(latitude: latitude, longitude: longitude))
                    let drawn = Set(features.filter { $0.contains(x, y) }.compactMap { $0.attributes["id"] })
                    let covering = Set(facts.areas(in: .municipality).map(\.id.rawValue))
                    #expect(drawn == covering, "\(latitude), \(longitude)")
                    judged += 1
                    seen.formUnion(covering)
                }
            }
            #expect(judged > 1_500)
            #expect(seen.count >= (zoom == 9 ? 5 : 3))
        }
    }

    @Test("the same tag gives 304; with the generation's number a tile is kept for a year, with another's not at all")
    func caching() async throws {
        try await DemonstrationRegion.run { region async throws in
            let at = Self.position(44.1016, -79.18, zoom: 12)
            let path = "/tiles/ward/12/\(at.column)/\(at.row).mvt"
            let plain = try await region.send(.get, path)
            #expect(plain.headers[.contentType] == "application/vnd.mapbox-vector-tile")
            #expect(plain.headers[.cacheControl] == "public, max-age=300")
            #expect(plain.headers[.accessControlAllowOrigin] == "*")
            let tag = try #require(plain.headers[.eTag])
            let again = try await region.send(.get, path, [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.text.isEmpty)
            let generation = try #require(region.surroundings.geography.generation)
            let fixed = try await region.send(.get, "\(path)?v=\(generation)")
            #expect(fixed.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let other = try await region.send(.get, "\(path)?v=\(generation.rawValue + 1)")
            #expect(other.status == 200)
            #expect(other.headers[.cacheControl] == "no-cache")
            let head = try await region.send(.head, path)
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            #expect(head.headers[.contentLength] == plain.headers[.contentLength])
            #expect(Int(plain.headers[.contentLength] ?? "") ?? 0 > 0)
        }
    }

    @Test("where nothing lies the tile is there and empty")
    func empty() async throws {
        try await DemonstrationRegion.run { region async throws in
            let at = Self.position(51.5, -0.12, zoom: 12)
            for layer in ["municipality", "roads", "all"] {
                let answer = try await region.send(.get, "/tiles/\(layer)/12/\(at.column)/\(at.row).mvt")
                #expect(answer.status == 200)
                #expect(answer.text.isEmpty)
                #expect(answer.headers[.contentLength] == "0")
            }
        }
    }

    @Test(
        "what is no tile is refused in words that name the part, never a failure of ours",
        arguments: [
            ("/tiles/municipality/21/0/0.mvt", 400, "z"), ("/tiles/municipality/-1/0/0.mvt", 400, "z"),
            ("/tiles/municipality/3/8/0.mvt", 400, "x"), ("/tiles/municipality/3/0/8.mvt", 400, "y"),
            ("/tiles/municipality/3/x/0.mvt", 400, "x"), ("/tiles/municipality/3/0/1e1.mvt", 400, "y"),
            ("/tiles/municipality/3/99999999999999999999/0.mvt", 400, "x"),
            ("/tiles/municipality/3/0/0.mvt?v=none", 400, "v"), ("/tiles/municipality/3/0/0.mvt?v=-1", 400, "v"),
            ("/tiles/none_such/3/0/0.mvt", 404, "layer"), ("/tiles/ROADS/3/0/0.mvt", 404, "layer"),
            ("/tiles/%00/3/0/0.mvt", 404, "layer"), ("/tiles/none_such.json", 404, "layer"),
            ("/tiles/municipality/3/0/0.pbf", 404, ""), ("/tiles/municipality/3/0.mvt", 404, ""),
            ("/tiles", 404, ""), ("/tiles/", 404, ""), ("/tiles/a/b/c/d/e.mvt", 404, ""),
        ]
    )
    func faults(path: String, status: Int, field: String) async throws {
        try await DemonstrationRegion.run { region async throws in
            let answer = try await region.send(.get, path)
            #expect(answer.status == status)
            guard !field.isEmpty else { return }
            let fault = answer.tree["errors"]?[0]
            #expect(fault?["field"]?.string == field)
            #expect(fault?["message"]?["en"]?.string.isEmpty == false)
            #expect(fault?["message"]?["fr"]?.string != fault?["message"]?["en"]?.string)
        }
    }

    @Test("takes no other method than reading", arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func methods(method: HTTPRequest.Method) async throws {
        try await DemonstrationRegion.run { region async throws in
            let answer = try await region.send(method, "/tiles/all/0/0/0.mvt")
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS")
            #expect(try await region.send(.options, "/tiles/all/0/0/0.mvt").status == 204)
        }
    }

    @Test("a description as TileJSON says where the tiles are and what they hold")
    func description() async throws {
        try await DemonstrationRegion.run { region async throws in
            let tree = try await region.send(.get, "/tiles/all.json").tree
            let generation = try #require(region.surroundings.geography.generation)
            #expect(tree["tiles"]?[0]?.string == "https://hub.example/tiles/all/{z}/{x}/{y}.mvt?v=\(generation)")
            let layers = tree["vector_layers"]?.list.compactMap { $0["id"]?.string } ?? []
            #expect(layers == region.surroundings.geography.layers.map(\.rawValue) + ["roads"])
        }
    }

    @Test("what is kept stays below its bound, and a tile asked for by many at once is drawn once")
    func bounded() async throws {
        try await DemonstrationRegion.run { region async throws in
            let generation = try #require(region.surroundings.geography.generation)
            let cache = TileCache(DrawTile(region.surroundings), mostBytes: 20_000)
            let at = Self.position(44.1016, -79.18, zoom: 14)
            let layers = region.surroundings.geography.layers
            for step in 0..<40 {
                let address = try TileAddress(zoom: 14, column: at.column + step % 8, row: at.row + step / 8)
                let key = TileCache.Key(content: .all, address: address)
                async let first = cache.tile(key, of: generation, layers: layers)
                async let second = cache.tile(key, of: generation, layers: layers)
                #expect(try await first == second)
            }
            let extent = await cache.extent
            #expect(extent.bytes <= 20_000)
            #expect(extent.tiles > 5)
        }
    }
}

/// A small seeded generator, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
