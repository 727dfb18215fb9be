import Domain
import Foundation

/// Metres over the ground between two places on the WGS 84 ellipsoid.
///
/// Source: T. Vincenty, Direct and Inverse Solutions of Geodesics on the Ellipsoid, Survey Review 176 (1975). Right to
/// a millimetre wherever it converges; for nearly opposite places it does not, and the great circle (right to 0.6 %)
/// is taken.
enum GeodesicDistance {
    private static let equatorialRadius = 6_378_137.0
    private static let flattening = 1 / 298.257_223_563
    private static let polarRadius = equatorialRadius * (1 - flattening)

    /// Metres between two places.
    static func metres(from start: Coordinate, to end: Coordinate) -> Double {
        guard start != end else { return 0 }
        return vincenty(from: start, to: end) ?? greatCircle(from: start, to: end)
    }

    private static func vincenty(from start: Coordinate, to end: Coordinate) -> Double? {
        let longitudes = (end.longitude - start.longitude) * .pi / 180
        let first = atan((1 - flattening) * tan(start.latitude * .pi / 180))
        let second = atan((1 - flattening) * tan(end.latitude * .pi / 180))
        var lambda = longitudes
        for _ in 0..<100 {
            let across = cos(second) * sin(lambda)
            let along = cos(first) * sin(second) - sin(first) * cos(second) * cos(lambda)
            let sinSigma = (across * across + along * along).squareRoot()
            guard sinSigma > 0 else { return 0 }
            let cosSigma = sin(first) * sin(second) + cos(first) * cos(second) * cos(lambda)
            let sigma = atan2(sinSigma, cosSigma)
            let sinAlpha = cos(first) * cos(second) * sin(lambda) / sinSigma
            let cosSquaredAlpha = 1 - sinAlpha * sinAlpha
            let middle = cosSquaredAlpha > 0 ? cosSigma - 2 * sin(first) * sin(second) / cosSquaredAlpha : 0
            let c = flattening / 16 * cosSquaredAlpha * (4 + flattening * (4 - 3 * cosSquaredAlpha))
            let last = lambda
            lambda =
                longitudes + (1 - c) * flattening * sinAlpha
                * (sigma + c * sinSigma * (middle + c * cosSigma * (2 * middle * middle - 1)))
            if abs(lambda - last) < 1e-12 {
                return length(sigma, sinSigma, cosSigma, middle, cosSquaredAlpha)
            }
        }
        return nil
    }

    private static func length(
        _ sigma: Double,
        _ sinSigma: Double,
        _ cosSigma: Double,
        _ middle: Double,
        _ cosSquaredAlpha: Double
    ) -> Double {
        let squares = equatorialRadius * equatorialRadius - polarRadius * polarRadius
        let u = cosSquaredAlpha * squares / (polarRadius * polarRadius)
        let a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
        let b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
        let inner = cosSigma * (2 * middle * middle - 1)
        let outer = b / 6 * middle * (4 * sinSigma * sinSigma - 3) * (4 * middle * middle - 3)
        return polarRadius * a * (sigma - b * sinSigma * (middle + b / 4 * (inner - outer)))
    }

    private static func greatCircle(from start: Coordinate, to end: Coordinate) -> Double {
        let north = (end.latitude - start.latitude) * .pi / 360
        let east = (end.longitude - start.longitude) * .pi / 360
        let both = cos(start.latitude * .pi / 180) * cos(end.latitude * .pi / 180)
        let half = sin(north) * sin(north) + both * sin(east) * sin(east)
        return 2 * 6_371_008.8 * asin(min(1, half.squareRoot()))
    }
}
