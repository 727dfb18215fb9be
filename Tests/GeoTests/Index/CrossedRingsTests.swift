import Domain
import Testing

@testable import Geo

/// Rings that cross themselves, lie on the grid's lines, or span the earth: the counting rule answers them like the plainest test, whatever the grid.
@Suite("Index of wild rings") struct CrossedRingsTests {
    @Test(
        "agrees with the plainest exact test, one by one and in bulk",
        arguments: [40, 3_000, 1 << 20, 1 << 23, 1 << 26, 1 << 31, 90_000_000_000] as [Int64]
    )
    func agrees(reach: Int64) async {
        var generator = SeededGenerator(seed: UInt64(reach))
        for round in 0..<12 {
            let step = [1, max(reach / 4, 1), max(reach / 16, 1), 1 << 17, 1 << 18, 1 << 24][round % 6] as Int64
            func number() -> Int64 { Int64.random(in: -reach...reach, using: &generator) / step * step }
            let areas = (0..<Int.random(in: 1...70, using: &generator)).map { position in
                let ring = (0..<Int.random(in: 3...12, using: &generator)).map { _ in (number(), number()) }
                return area("r\(1_000 + position)", polygon(ring))
            }
            let index = BoundaryIndex(areas)
            var places = areas.flatMap { $0.geometry.polygons[0].rings[0] }
            for _ in 0..<150 {
                places.append(at(number(), number()))
                places.append(
                    at(
                        Int64.random(in: -reach - 2...reach + 2, using: &generator),
                        Int64.random(in: -reach - 2...reach + 2, using: &generator)
                    )
                )
            }
            let bulk = index.locate(places)
            let shared = await index.locate(places, cores: 2)
            var found: [UInt32] = []
            for (position, place) in places.enumerated() {
                let expected = areas.indices.filter { plainlyCovers(areas[$0].geometry, place) }.map(UInt32.init)
                index.find(place, into: &found)
                #expect(found == expected, "round \(round), step \(step), \(place)")
                #expect(Array(bulk[position]) == expected, "in bulk: round \(round), step \(step), \(place)")
                #expect(shared[position] == bulk[position])
            }
        }
    }
}
