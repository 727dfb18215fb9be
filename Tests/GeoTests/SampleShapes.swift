import Domain
import Foundation

@testable import Geo

/// Repeatable random numbers; a failing test prints its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A place in whole billionths, longitude first as in GeoJSON.
func at(_ longitude: Int64, _ latitude: Int64) -> Coordinate {
    Coordinate(trustedLatitudeNano: latitude, longitudeNano: longitude)
}

/// A polygon of one or more rings given as longitude and latitude; rings are closed here.
func polygon(_ rings: [(Int64, Int64)]...) -> AreaGeometry {
    AreaGeometry(polygons: [
        AreaGeometry.Polygon(rings: rings.map { ring in ring.map { at($0.0, $0.1) } + [at(ring[0].0, ring[0].1)] })
    ])
}

func box(_ west: Int64, _ south: Int64, _ east: Int64, _ north: Int64) -> AreaGeometry {
    polygon([(west, south), (east, south), (east, north), (west, north)])
}

func area(
    _ id: String,
    _ geometry: AreaGeometry,
    layer: LayerName = .municipality,
    priority: Int = BoundaryFeature.usualPriority
) -> BoundaryFeature {
    BoundaryFeature(
        id: AreaID(trusted: id),
        layer: layer,
        name: id,
        jurisdictionID: JurisdictionID(rawValue: id),
        priority: priority,
        geometry: geometry
    )
}

/// A star around a centre: valid, with as many spikes as asked for.
func star(
    _ centre: (Int64, Int64),
    radius: Double,
    vertices: Int,
    using generator: inout SeededGenerator
) -> AreaGeometry {
    let ring = (0..<vertices).map { index in
        let angle = Double(index) / Double(vertices) * 2 * .pi
        let reach = radius * Double.random(in: 0.3...1, using: &generator)
        return (centre.0 + Int64(cos(angle) * reach), centre.1 + Int64(sin(angle) * reach))
    }
    return polygon(ring)
}

/// The plainest exact test there is, border included: the judge where doubles can't tell.
func plainlyCovers(_ geometry: AreaGeometry, _ place: Coordinate) -> Bool {
    let (x, y) = (Int128(place.longitudeNano), Int128(place.latitudeNano))
    var inside = false
    for ring in geometry.polygons.flatMap(\.rings) {
        for (from, to) in zip(ring, ring.dropFirst()) where from != to {
            let (ax, ay) = (Int128(from.longitudeNano), Int128(from.latitudeNano))
            let (bx, by) = (Int128(to.longitudeNano), Int128(to.latitudeNano))
            let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if cross == 0, x >= min(ax, bx), x <= max(ax, bx), y >= min(ay, by), y <= max(ay, by) { return true }
            if (ay > y) != (by > y), (cross < 0) == (by > ay) { inside.toggle() }
        }
    }
    return inside
}

/// Path of a file of the demonstration region, from wherever the tests are run.
func demoFile(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("geo/\(name)").path
}

/// Path of a real data file, which a checkout need not have.
func realFile(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/\(name)").path
}

/// A file that is gone after the test.
func withFile<Result>(
    _ name: String = "sample.geojson",
    _ content: String,
    _ body: (String) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub311-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    return try await body(path)
}
