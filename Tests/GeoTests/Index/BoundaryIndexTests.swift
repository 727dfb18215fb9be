import Domain
import Testing

@testable import Geo

@Suite("Boundary index")
struct BoundaryIndexTests {
    /// One degree.
    private let degree: Int64 = 1_000_000_000

    private func ids(_ index: BoundaryIndex, _ place: Coordinate) -> [String] {
        index.areas(at: place).map(\.id.rawValue)
    }

    @Test(
        "answers every area that touches the place",
        arguments: [
            // longitude, latitude, areas, why
            (5, 5, ["a"], "inside"),
            (0, 0, ["a"], "a corner"),
            (0, 5, ["a"], "the west side"),
            (5, 0, ["a"], "the south side"),
            (10, 5, ["a", "b"], "the common side"),
            (10, 0, ["a", "b"], "the common side's lower end"),
            (10, 10, ["a", "b"], "the common side's upper end"),
            (20, 5, ["b"], "the east side"),
            (15, 10, ["b"], "the north side"),
            (21, 5, [], "just outside"),
            (-1, 5, [], "just outside on the west"),
            (5, -1, [], "below"),
            (5, 11, [], "above"),
        ]
    )
    func touching(x: Int64, y: Int64, expected: [String], why: String) {
        let index = BoundaryIndex([area("a", box(0, 0, 10, 10)), area("b", box(10, 0, 20, 10))])
        #expect(ids(index, at(x, y)) == expected, "\(why)")
    }

    @Test("answers the same wherever the grid's lines fall", arguments: [-3, -1, 0, 1, 2])
    func gridLines(shift: Int64) {
        // Squares of a power of two with corners on, just before and just after the lines of tiles and cells.
        for exponent in [16, 17, 19, 21, 23, 24, 26] as [Int64] {
            let side = Int64(1) << exponent
            let areas = [
                area("anchor", box(0, 0, side * 3, side * 3)),
                area("square", box(side + shift, side + shift, side * 2 + shift, side * 2 + shift)),
            ]
            let index = BoundaryIndex(areas)
            for x in [side, side * 2] {
                for y in [side, side * 2] {
                    for dx in -4...4 as ClosedRange<Int64> {
                        for dy in -4...4 as ClosedRange<Int64> {
                            let place = at(x + dx, y + dy)
                            let expected = areas.filter { plainlyCovers($0.geometry, place) }.map(\.id.rawValue)
                            #expect(ids(index, place) == expected, "side 2^\(exponent), \(place)")
                        }
                    }
                }
            }
        }
    }

    @Test("knows a hole, an island in it, and their borders")
    func holes() {
        let lake = AreaGeometry(polygons: [
            polygon(
                [(0, 0), (100, 0), (100, 100), (0, 100)],
                [(20, 20), (20, 80), (80, 80), (80, 20)]
            ).polygons[0],
            box(40, 40, 60, 60).polygons[0],
        ])
        let index = BoundaryIndex([area("land", lake), area("city", box(20, 20, 80, 80))])
        #expect(ids(index, at(10, 50)) == ["land"])
        #expect(ids(index, at(30, 50)) == ["city"])
        #expect(ids(index, at(50, 50)) == ["city", "land"])
        #expect(ids(index, at(20, 50)) == ["city", "land"], "the hole's border belongs to both")
        #expect(ids(index, at(60, 60)) == ["city", "land"])
    }

    @Test("counts areas in the stated order: priority, then id")
    func order() {
        let index = BoundaryIndex([
            area("a", box(0, 0, 9, 9)), area("z", box(0, 0, 9, 9), priority: 1), area("b", box(0, 0, 9, 9)),
            area("w", box(0, 0, 9, 9), layer: .ward),
        ])
        #expect(ids(index, at(5, 5)) == ["z", "a", "b", "w"])
    }

    @Test("handles edges longer than a degree, and across the whole earth")
    func longEdges() {
        for width in [degree, degree * 3, degree * 90] {
            let triangle = polygon([(-width, -width / 2 + 7), (width, -width / 3), (width / 5, width / 2 - 13)])
            let areas = [area("triangle", triangle), area("small", box(1_000, 2_000, 5_000_000, 7_000_000))]
            let index = BoundaryIndex(areas)
            var generator = SeededGenerator(seed: 7)
            for _ in 0..<4_000 {
                let place = at(
                    Int64.random(in: (-width)...width, using: &generator),
                    Int64.random(in: (-width / 2)...(width / 2), using: &generator)
                )
                #expect(
                    ids(index, place) == areas.filter { plainlyCovers($0.geometry, place) }.map(\.id.rawValue).sorted()
                )
            }
            for vertex in triangle.polygons[0].rings[0] { #expect(ids(index, vertex).contains("triangle")) }
        }
    }

    @Test("holds more than 32 areas in one cell and more than 64 in one tile", arguments: [33, 64, 65, 200])
    func crowdedCell(count: Int) {
        // A fan of triangles around one point, and squares one within the other.
        let radius = 9_000_000.0
        var areas: [BoundaryFeature] = []
        for number in 0..<count {
            let reach = Int64(radius)
            let (from, to) = (Int64(number), Int64(number + 1))
            let fan = polygon([(0, 0), (reach, from * 1_000), (reach, to * 1_000)])
            areas.append(area(name("fan", number), fan, layer: .ward))
            let half = Int64(number + 1) * 11
            areas.append(area(name("nest", number), box(-half, -half, half, half)))
        }
        let index = BoundaryIndex(areas)
        let origin = ids(index, at(0, 0))
        #expect(origin.count == 2 * count, "every fan and every square touches the middle")
        var generator = SeededGenerator(seed: UInt64(count))
        for _ in 0..<1_500 {
            let spread = Bool.random(using: &generator) ? Int64(3_000) : Int64(9_000_000)
            let place = at(
                Int64.random(in: -100...spread, using: &generator),
                Int64.random(in: -3_000...Int64(count) * 1_000, using: &generator)
            )
            let expected = areas.filter { plainlyCovers($0.geometry, place) }.map(\.id.rawValue).sorted()
            #expect(ids(index, place).sorted() == expected, "\(place)")
        }
    }

    private func name(_ kind: String, _ number: Int) -> String { "\(kind)-\(number)" }

    @Test("agrees with the plainest exact test on combs, zigzags and slivers, on every vertex and along every edge")
    func antagonists() {
        let step: Int64 = 1 << 17
        // Teeth whose tips lie on the grid's lines, one area between the teeth of the other.
        let teeth = 40
        var comb: [(Int64, Int64)] = []
        for tooth in 0..<teeth {
            comb.append((Int64(tooth) * 2 * step, 0))
            comb.append(((Int64(tooth) * 2 + 1) * step, 60 * step))
        }
        comb += [(Int64(teeth) * 2 * step, 0), (Int64(teeth) * 2 * step, 64 * step), (0, 64 * step)]
        var counter: [(Int64, Int64)] = [(0, -step)]
        counter.append((Int64(teeth) * 2 * step, -step))
        counter.append((Int64(teeth) * 2 * step, 0))
        for tooth in (0..<teeth).reversed() {
            counter.append(((Int64(tooth) * 2 + 1) * step, 60 * step))
            counter.append((Int64(tooth) * 2 * step, 0))
        }
        let sliver = polygon([(3, 5), (80 * step, 64 * step - 1), (80 * step, 64 * step)])
        var steps: [(Int64, Int64)] = []
        for number in 0..<30 as Range<Int64> {
            steps.append((number * step, number * step))
            steps.append(((number + 1) * step, number * step))
        }
        steps += [(30 * step, 31 * step), (0, 31 * step)]
        let stairs = polygon(steps)
        let areas = [
            area("comb", polygon(comb)), area("counter", polygon(counter)), area("sliver", sliver),
            area("stairs", stairs),
        ]
        let index = BoundaryIndex(areas)
        var places: [Coordinate] = []
        for shape in areas.map(\.geometry) {
            for ring in shape.polygons.flatMap(\.rings) {
                for (from, to) in zip(ring, ring.dropFirst()) {
                    let (dx, dy) = (to.longitudeNano - from.longitudeNano, to.latitudeNano - from.latitudeNano)
                    for part in 0...6 as ClosedRange<Int64> {
                        let (x, y) = (from.longitudeNano + dx / 6 * part, from.latitudeNano + dy / 6 * part)
                        for (ox, oy) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)] as [(Int64, Int64)] {
                            places.append(at(x + ox, y + oy))
                        }
                    }
                }
            }
        }
        for place in places {
            let expected = areas.filter { plainlyCovers($0.geometry, place) }.map(\.id.rawValue)
            #expect(ids(index, place) == expected.sorted(), "\(place)")
        }
    }

    @Test("agrees with GEOS on random shapes and random places", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func agreesWithGEOS(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let spread = [20_000, 3_000_000, 40_000_000, 900_000_000][Int(seed % 4)] as Int64
        let areas = (0..<25).map { number in
            area(
                "s\(number)",
                star(
                    (Int64.random(in: 0...spread, using: &generator), Int64.random(in: 0...spread, using: &generator)),
                    radius: Double(spread) * Double.random(in: 0.02...0.5, using: &generator),
                    vertices: Int.random(in: 3...300, using: &generator),
                    using: &generator
                )
            )
        }
        let index = BoundaryIndex(areas)
        let engine = try GeometryEngine()
        let shapes = try areas.map { try engine.shape(of: $0.geometry) }
        for shape in shapes { try #require(try shape.invalidity() == nil) }
        for _ in 0..<1_500 {
            let place = at(
                Int64.random(in: -spread / 2...spread * 3 / 2, using: &generator),
                Int64.random(in: -spread / 2...spread * 3 / 2, using: &generator)
            )
            let found = Set(ids(index, place))
            for (area, shape) in zip(areas, shapes) {
                #expect(
                    try shape.covers(place) == found.contains(area.id.rawValue),
                    "seed \(seed), \(area.id) at \(place)"
                )
            }
        }
        for area in areas {
            for vertex in area.geometry.polygons[0].rings[0] {
                #expect(ids(index, vertex).contains(area.id.rawValue), "seed \(seed): a vertex belongs to its area")
            }
        }
    }

    @Test("answers nothing, calmly, without areas and far from them")
    func nothing() {
        #expect(BoundaryIndex([]).areas(at: at(0, 0)).isEmpty)
        let index = BoundaryIndex([area("a", box(0, 0, 10, 10))])
        #expect(ids(index, at(180 * degree, 90 * degree)).isEmpty)
        #expect(ids(index, at(-180 * degree, -90 * degree)).isEmpty)
    }
}
