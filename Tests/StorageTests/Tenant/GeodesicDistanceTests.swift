import Domain
import Testing

@testable import Storage

@Suite("Distance over the ground")
struct GeodesicDistanceTests {
    @Test(
        "is that of the WGS 84 ellipsoid",
        arguments: [
            // from, to, metres by PostGIS 3.3 (ST_Distance of geography)
            ((44.1, -79.2), (44.1, -79.2), 0.0),
            ((44.1, -79.2), (44.109, -79.2), 1000.0285),
            ((44.1, -79.2), (44.1, -79.19), 800.7136),
            ((0.0, 0.0), (0.0, 1.0), 111_319.491),
            ((0.0, 0.0), (1.0, 0.0), 110_574.389),
            ((43.65, -79.38), (45.42, -75.7), 352_416.370),
            ((-45.0, 179.9), (-45.0, -179.9), 15_769.363),
        ]
    )
    func metres(start: (Double, Double), end: (Double, Double), expected: Double) throws {
        let from = try Coordinate(latitude: start.0, longitude: start.1)
        let to = try Coordinate(latitude: end.0, longitude: end.1)
        let metres = GeodesicDistance.metres(from: from, to: to)
        #expect(abs(metres - expected) < 0.01, "\(metres)")
    }

    @Test("between opposite places is still a number")
    func antipodes() throws {
        let metres = GeodesicDistance.metres(
            from: try Coordinate(latitude: 0.5, longitude: 0),
            to: try Coordinate(latitude: -0.5, longitude: 180)
        )
        #expect(abs(metres - 20_003_931) < 20_000)
    }

    @Test(
        "keeps every place of a circle in the boxes that search for it",
        arguments: [(44.1, -79.2), (0.0, 179.999), (60.0, -179.999), (89.99, 10.0), (-90.0, 0.0)]
    )
    func boxes(latitude: Double, longitude: Double) throws {
        let centre = try Coordinate(latitude: latitude, longitude: longitude)
        var random = SystemRandomNumberGenerator()
        for metres in [0, 1, 1000, 250_000, 30_000_000] as [Double] {
            let circle = SearchCircle(centre: centre, metres: metres)
            for _ in 0..<300 {
                let reach = min(metres / 100_000, 90)
                let north = max(-90, min(90, latitude + Double.random(in: -reach...reach, using: &random)))
                var east = longitude + Double.random(in: -180...180, using: &random) * min(1, max(reach, 1e-6))
                if east > 180 { east -= 360 }
                if east < -180 { east += 360 }
                let place = try Coordinate(latitude: north, longitude: east)
                guard circle.contains(place) else { continue }
                let (y, x) = (Double(place.latitudeNano), Double(place.longitudeNano))
                let isFound = circle.boxes.contains { $0.south <= y && y <= $0.north && $0.west <= x && x <= $0.east }
                #expect(isFound, "\(place) within \(metres) m of \(centre)")
            }
        }
    }
}
