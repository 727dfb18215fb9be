import Domain
import Foundation
import Geo
import LoST

/// Shapes of LoST as polygons on the ground.
///
/// Curves become 64 corners a full turn, drawn so far out that the shape lies inside its polygon. Lengths are metres on the ellipsoid around
/// the centre up to 20 km, on the sphere of the earth's mean radius beyond.
enum ShapeOutline {
    private static let corners = 64

    /// The polygon; nil for a point, and for a shape so small that it is one.
    static func geometry(of shape: GeodeticShape) -> AreaGeometry? {
        switch shape {
        case .point: return nil
        case .polygon(let rings): return AreaGeometry(polygons: [AreaGeometry.Polygon(rings: rings)])
        case .circle(let centre, let radius):
            guard radius >= 0.01 else { return nil }
            return closed(turn(centre) { _ in radius })
        case .ellipse(let centre, let major, let minor, let orientation):
            guard major >= 0.01 else { return nil }
            let minor = max(minor, 0.01)
            // The radius in the direction that lies so far from the long axis.
            return closed(
                turn(centre) { direction in
                    let angle = (direction - orientation) * .pi / 180
                    let (across, along) = (major * sin(angle), minor * cos(angle))
                    return major * minor / (across * across + along * along).squareRoot()
                }
            )
        case .arcBand(let centre, let inner, let outer, let start, let opening):
            return band(centre, inner, outer, start, opening)
        }
    }

    /// The place to ask about first; nil for polygons.
    static func centre(of shape: GeodeticShape) -> Coordinate? {
        switch shape {
        case .point(let place): place
        case .circle(let centre, _), .ellipse(let centre, _, _, _): centre
        // The centre of an arc band is where the measuring station stands, not where the caller is.
        case .polygon, .arcBand: nil
        }
    }

    private static func turn(_ centre: Coordinate, radius: (Double) -> Double) -> [Coordinate] {
        let outward = 1 / cos(.pi / Double(corners))
        return (0..<corners).map { corner in
            let direction = Double(corner) * 360 / Double(corners)
            return place(from: centre, metres: radius(direction) * outward, degrees: direction)
        }
    }

    private static func band(
        _ centre: Coordinate,
        _ inner: Double,
        _ outer: Double,
        _ start: Double,
        _ opening: Double
    ) -> AreaGeometry? {
        let outer = max(outer, inner + 0.01)
        if opening >= 360 {
            let hole = inner >= 0.01 ? [ring(turn(centre) { _ in inner * cos(.pi / Double(corners)) })] : []
            return AreaGeometry(polygons: [
                AreaGeometry.Polygon(rings: [ring(turn(centre) { _ in outer })] + hole)
            ])
        }
        // A band of no width is given a hair of it: somewhere along that line is where the caller is.
        let opening = max(opening, 0.01)
        let steps = max(Int((opening / 360 * Double(corners)).rounded(.up)), 1)
        let outward = 1 / cos(opening / Double(steps) * .pi / 360)
        let directions = (0...steps).map { start + opening * Double($0) / Double(steps) }
        let far = directions.map { place(from: centre, metres: outer * outward, degrees: $0) }
        guard inner >= 0.01 else { return closed([centre] + far) }
        return closed(far + directions.reversed().map { place(from: centre, metres: inner, degrees: $0) })
    }

    private static func closed(_ places: [Coordinate]) -> AreaGeometry {
        AreaGeometry(polygons: [AreaGeometry.Polygon(rings: [ring(places)])])
    }

    private static func ring(_ places: [Coordinate]) -> [Coordinate] { places + places.prefix(1) }

    /// The place so many metres off in a direction, clockwise from north; held back at the poles and at the 180th meridian.
    static func place(from centre: Coordinate, metres: Double, degrees: Double) -> Coordinate {
        let direction = degrees * .pi / 180
        let north: Double
        let east: Double
        if metres <= 20_000 {
            let scale = GroundScale(around: centre)
            north = centre.latitude + metres * cos(direction) / scale.metresPerLatitudeNano / 1e9
            east = centre.longitude + metres * sin(direction) / scale.metresPerLongitudeNano / 1e9
        } else {
            let angle = metres / 6_371_008.8
            let latitude = centre.latitude * .pi / 180
            let sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(direction)
            north = asin(min(max(sine, -1), 1)) * 180 / .pi
            let turn = atan2(sin(direction) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sine)
            east = centre.longitude + turn * 180 / .pi
        }
        return Coordinate(
            trustedLatitudeNano: Int64((min(max(north, -90), 90) * 1e9).rounded()),
            longitudeNano: Int64((min(max(east, -180), 180) * 1e9).rounded())
        )
    }
}
