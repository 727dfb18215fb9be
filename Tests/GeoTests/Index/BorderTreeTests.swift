import Domain
import Testing

@testable import Geo

@Suite("Nearest areas") struct BorderTreeTests {
    /// Metres to the nearest piece of an area's border, measured without any tree.
    private func metres(_ area: BoundaryFeature, _ place: Coordinate) -> Double {
        let scale = GroundScale(around: place)
        var best = Double.infinity
        for ring in area.geometry.polygons.flatMap(\.rings) {
            for (from, to) in zip(ring, ring.dropFirst()) {
                let ax = Double(from.longitudeNano - place.longitudeNano) * scale.metresPerLongitudeNano
                let ay = Double(from.latitudeNano - place.latitudeNano) * scale.metresPerLatitudeNano
                let dx = Double(to.longitudeNano - from.longitudeNano) * scale.metresPerLongitudeNano
                let dy = Double(to.latitudeNano - from.latitudeNano) * scale.metresPerLatitudeNano
                let length = dx * dx + dy * dy
                let along = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
                let (x, y) = (ax + along * dx, ay + along * dy)
                best = min(best, (x * x + y * y).squareRoot())
            }
        }
        return best
    }

    @Test("finds the same as measuring every border", arguments: [1, 9, 60] as [Int])
    func nearest(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let areas = (0..<count).map { number in
            area(
                "s\(100 + number)",
                star(
                    (
                        Int64.random(in: 0...2_000_000_000, using: &generator),
                        44_000_000_000 + Int64.random(in: 0...1_000_000_000, using: &generator)
                    ),
                    radius: 20_000_000,
                    vertices: Int.random(in: 3...200, using: &generator),
                    using: &generator
                )
            )
        }
        let index = BoundaryIndex(areas)
        var near = NearestAreas()
        for _ in 0..<400 {
            let place = at(
                Int64.random(in: -1_000_000_000...3_000_000_000, using: &generator),
                Int64.random(in: 43_500_000_000...45_500_000_000, using: &generator)
            )
            guard index.areas(at: place).isEmpty else { continue }
            let measured = areas.map { metres($0, place) }
            let best = measured.min() ?? .infinity
            let found = index.nearestMunicipality(to: place, using: &near)
            guard best <= index.distances.outside - 1 else {
                if best > index.distances.outside + 1 { #expect(found == nil) }
                continue
            }
            #expect(abs((found?.metres ?? .infinity) - best) < 0.05, "\(place)")
            #expect(found.map { abs(measured[Int($0.owner)] - best) < 0.05 } == true)
            // Everything within the gap's distance of the nearest, in order.
            let verdict = index.nearest(.municipality, to: place)
            let expected = measured.filter { best <= 250 ? $0 <= 250 : $0 <= best + 250 }.count
            #expect(abs(verdict.nearest.count - min(expected, best <= 250 ? expected : 3)) <= 1)
            #expect(verdict.nearest.first?.metres == found?.metres)
            #expect(verdict.word == (best <= 250 ? "gap" : "outside"))
        }
    }

    @Test("names the smaller number first where two are equally near") func ties() {
        let index = BoundaryIndex([
            area("b", box(0, 0, 10_000_000, 10_000_000)), area("a", box(12_000_000, 0, 20_000_000, 10_000_000)),
        ])
        #expect(
            index.nearest(.municipality, to: at(11_000_000, 5_000_000)).nearest.map(\.area.id.rawValue) == ["a", "b"]
        )
        var near = NearestAreas()
        #expect(index.nearestMunicipality(to: at(11_000_000, 5_000_000), using: &near)?.owner == 0)
    }

    @Test("finds nothing beyond reach, and nothing without borders") func reach() {
        let index = BoundaryIndex([area("a", box(0, 0, 10_000_000, 10_000_000))])
        #expect(index.nearest(.municipality, to: at(5_000_000_000, 0)).nearest.isEmpty)
        var near = NearestAreas()
        #expect(BoundaryIndex([]).nearestMunicipality(to: at(0, 0), using: &near) == nil)
    }
}
