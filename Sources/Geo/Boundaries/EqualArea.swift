import Domain
import Foundation

/// Surface on the WGS 84 ellipsoid through the cylindrical equal-area projection (Snyder, *Map Projections*, formulas 3-12 and 10-15).
///
/// A border's straight edges in degrees are straight enough here: for edges of some kilometres the error is far below one in a million.
enum EqualArea {
    private static let equatorialRadius = 6_378_137.0
    private static let eccentricity = 0.081_819_190_842_621_5

    /// Northing of the projection in metres.
    private static func northing(_ latitudeDegrees: Double) -> Double {
        let sine = sin(latitudeDegrees * .pi / 180)
        let e = eccentricity
        let q = (1 - e * e) * (sine / (1 - e * e * sine * sine) - log((1 - e * sine) / (1 + e * sine)) / (2 * e))
        return equatorialRadius * q / 2
    }

    /// Signed surface of a ring in square metres: positive counter-clockwise.
    static func signedSquareMetres(of ring: [Coordinate]) -> Double {
        guard let first = ring.first, ring.count > 3 else { return 0 }
        let metresPerDegree = equatorialRadius * .pi / 180
        let originNorthing = northing(first.latitude)
        var previousX = 0.0
        var previousY = 0.0
        var doubled = 0.0
        for vertex in ring.dropFirst() {
            let x = Double(vertex.longitudeNano - first.longitudeNano) / 1e9 * metresPerDegree
            let y = northing(vertex.latitude) - originNorthing
            doubled += previousX * y - x * previousY
            previousX = x
            previousY = y
        }
        return doubled / 2
    }

    /// Outlines less holes, in square metres.
    static func squareMetres(of geometry: AreaGeometry) -> Double {
        geometry.polygons.reduce(0) { total, polygon in
            let outline = abs(polygon.rings.first.map(signedSquareMetres) ?? 0)
            let holes = polygon.rings.dropFirst().reduce(0) { $0 + abs(signedSquareMetres(of: $1)) }
            return total + outline - holes
        }
    }
}
