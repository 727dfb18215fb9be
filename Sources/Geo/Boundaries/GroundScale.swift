public import Domain
import Foundation

/// Metres over the ground around one latitude: good to a millimetre per hundred metres, for distances up to some kilometres.
public struct GroundScale: Sendable {
    /// Metres of one billionth of a degree of latitude.
    public let metresPerLatitudeNano: Double

    /// Metres of one billionth of a degree of longitude.
    public let metresPerLongitudeNano: Double

    /// The scale around a place (series of the WGS 84 ellipsoid).
    public init(around place: Coordinate) {
        let angle = place.latitude * .pi / 180
        let latitudeDegree = 111_132.954 - 559.822 * cos(2 * angle) + 1.175 * cos(4 * angle)
        let longitudeDegree = 111_412.84 * cos(angle) - 93.5 * cos(3 * angle) + 0.118 * cos(5 * angle)
        metresPerLatitudeNano = latitudeDegree / 1e9
        // At a pole a degree of longitude has no length; a hair keeps divisions finite.
        metresPerLongitudeNano = max(longitudeDegree, 1e-3) / 1e9
    }

    /// Metres between two places not far apart.
    public func metres(from place: Coordinate, to other: Coordinate) -> Double {
        let x = Double(other.longitudeNano - place.longitudeNano) * metresPerLongitudeNano
        let y = Double(other.latitudeNano - place.latitudeNano) * metresPerLatitudeNano
        return (x * x + y * y).squareRoot()
    }
}
