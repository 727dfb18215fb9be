import Domain
import Testing

@testable import Geo

@Suite("Assets near a place")
struct AssetIndexTests {
    private static func place(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
        try Coordinate(latitude: latitude, longitude: longitude)
    }

    private static func asset(
        _ id: String,
        _ kind: AssetKind = .light,
        number: String? = nil,
        at places: [(Double, Double)]
    ) throws -> Asset {
        Asset(
            attributes: AssetAttributes(id: id, kind: kind, number: number, owner: "town"),
            lines: [try places.map { try place($0.0, $0.1) }]
        )
    }

    @Test("points and lines are found within the tolerance of their kind, nearest first, and of no other kind")
    func near() throws {
        let index = AssetIndex([
            try Self.asset("far", at: [(44.10030, -79.17)]),  // 33 m
            try Self.asset("b", at: [(44.10010, -79.17)]),  // 11 m
            try Self.asset("a", at: [(44.10010, -79.17)]),
            try Self.asset("close", at: [(44.10002, -79.17)]),
            try Self.asset("tree", .tree, at: [(44.10002, -79.17)]),
            try Self.asset("bridge", .bridge, at: [(44.0990, -79.171), (44.0990, -79.169)]),
        ])
        let lights = index.near(try Self.place(44.1, -79.17), kind: .light)
        #expect(lights.map(\.id) == ["close", "a", "b"])
        #expect(abs((lights.first?.metres ?? 0) - 2.22) < 0.02)
        #expect(index.near(try Self.place(44.1, -79.17), kind: .light, within: 40).map(\.id).last == "far")
        #expect(index.near(try Self.place(44.1, -79.17), kind: .tree).map(\.id) == ["tree"])
        #expect(index.near(try Self.place(44.1, -79.17), kind: .hydrant).isEmpty)
        // 20 m north of the middle of a line, whose ends are 80 m off.
        #expect(index.near(try Self.place(44.09918, -79.17), kind: .bridge).map(\.id) == ["bridge"])
        #expect(AssetIndex().near(try Self.place(44.1, -79.17), kind: .light).isEmpty)
    }

    @Test("a seeded crowd of assets is answered like the plain search over all of them")
    func crowd() throws {
        var seed: UInt64 = 311
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let assets = try (0..<3_000).map { number in
            try Self.asset(
                "l\(10_000 + number)",
                at: [(44.1 + Double(random(20_000)) * 1e-6, -79.2 + Double(random(20_000)) * 1e-6)]
            )
        }
        let index = AssetIndex(assets)
        for _ in 0..<300 {
            let place = try Self.place(44.1 + Double(random(20_000)) * 1e-6, -79.2 + Double(random(20_000)) * 1e-6)
            let scale = GroundScale(around: place)
            let plain = assets.compactMap { asset in
                asset.position.map { (id: asset.attributes.id, metres: scale.metres(from: place, to: $0)) }
            }
            .filter { $0.metres <= 24.98 }
            let found = index.near(place, kind: .light).filter { $0.metres <= 24.97 }
            #expect(Set(found.map(\.id)) == Set(plain.filter { $0.metres <= 24.975 }.map(\.id)), "seed 311")
            #expect(found.map(\.metres) == found.map(\.metres).sorted())
        }
    }

    @Test("an id or a painted number names its assets, all of them where towns paint the same")
    func called() throws {
        let index = AssetIndex([
            try Self.asset("x-7", number: "7", at: [(44.1, -79.17)]),
            try Self.asset("y-7", number: "7", at: [(44.2, -79.17)]),
            try Self.asset("h-7", .hydrant, number: "7", at: [(44.3, -79.17)]),
        ])
        #expect(index.called("7", kind: .light).map(\.asset.id) == ["x-7", "y-7"])
        #expect(index.called("y-7").map(\.position.latitude) == [44.2])
        #expect(index.called("8").isEmpty)
        let metres = try #require(index.called("x-7", from: try Self.place(44.101, -79.17)).first?.asset.metres)
        #expect(abs(metres - 111.1) < 0.2)
    }
}

@Suite("Kilometres along a road")
struct LinearReferenceTests {
    private static func road(_ id: String, from: Double? = nil, _ lines: [[(Double, Double)]]) throws -> RoadSegment {
        RoadSegment(
            attributes: RoadAttributes(
                id: id,
                name: id,
                owner: "town",
                ownerKind: .local,
                roadClass: "4",
                route: "whole",
                fromKilometre: from
            ),
            lines: try lines.map { try $0.map { try Coordinate(latitude: $0.0, longitude: $0.1) } }
        )
    }

    @Test(
        "are counted from the first vertex in the stated direction, and go on where the segment begins at a kilometre"
    )
    func along() throws {
        // One degree of longitude at 44.22 is 79,909 m.
        let east = try Self.road("east", [[(44.22, -79.28), (44.22, -79.25), (44.22, -79.20)]])
        let west = try Self.road("west", [[(44.30, -79.20), (44.30, -79.28)]])
        let later = try Self.road("later", from: 10, [[(44.40, -79.28), (44.40, -79.20)]])
        let index = BoundaryIndex([], roads: [east, west, later])
        func km(_ latitude: Double, _ longitude: Double) throws -> Double {
            let place = try Coordinate(latitude: latitude, longitude: longitude)
            return try #require(index.roads(near: place).first?.km)
        }
        #expect(try km(44.22, -79.28) == 0)
        #expect(abs(try km(44.22, -79.25) - 2.397) < 0.002)
        #expect(abs(try km(44.22005, -79.23) - 3.995) < 0.002)
        #expect(abs(try km(44.21995, -79.23) - 3.995) < 0.002)
        #expect(abs(try km(44.30, -79.27) - 5.585) < 0.01)
        #expect(abs(try km(44.40, -79.27) - 10.797) < 0.005)
        #expect(index.roads(near: try Coordinate(latitude: 44.22, longitude: -79.25)).first?.route == "whole")
    }

    @Test("go on over the pieces of a line that is in several")
    func pieces() throws {
        let road = try Self.road("r", [[(44, -79), (44, -78.99)], [(44, -78.98), (44, -78.97)]])
        let index = BoundaryIndex([], roads: [road])
        let second = try #require(index.roads(near: try Coordinate(latitude: 44, longitude: -78.98)).first?.km)
        let length = GroundScale(around: try Coordinate(latitude: 44, longitude: -79)).metresPerLongitudeNano * 1e7
        #expect(abs(second * 1_000 - length) < 1)
    }
}
