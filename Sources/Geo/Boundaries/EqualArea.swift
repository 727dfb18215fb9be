import Domain
import Foundation

/// Surface on the WGS 84 ellipsoid, in Lambert's azimuthal equal-area projection around the shape's own middle.
///
/// Formulas of Snyder, *Map Projections: A Working Manual*, section 24. Edges are taken as straight over the ground there, as every GIS does in the local grid, not as
/// straight in degrees: between two surveys of a border with kilometres from vertex to vertex that is a difference of some percent.
struct EqualArea {
    private static let equatorialRadius = 6_378_137.0
    private static let eccentricity = 0.081_819_190_842_621_5
    private static let polarQ = q(1)

    private let centre: Coordinate
    private let centreBeta: Double
    private let radius: Double
    private let stretch: Double

    private init(centre: Coordinate) {
        self.centre = centre
        let angle = centre.latitude * .pi / 180
        centreBeta = Self.authalic(angle)
        radius = Self.equatorialRadius * (Self.polarQ / 2).squareRoot()
        let e = Self.eccentricity
        let m = cos(angle) / (1 - e * e * sin(angle) * sin(angle)).squareRoot()
        // At a pole both are zero and the projection needs no stretch.
        stretch = cos(centreBeta) > 1e-9 ? Self.equatorialRadius * m / (radius * cos(centreBeta)) : 1
    }

    private static func q(_ sine: Double) -> Double {
        let e = eccentricity
        return (1 - e * e) * (sine / (1 - e * e * sine * sine) - log((1 - e * sine) / (1 + e * sine)) / (2 * e))
    }

    /// Latitude on the sphere of the same surface.
    private static func authalic(_ latitude: Double) -> Double { asin(min(max(q(sin(latitude)) / polarQ, -1), 1)) }

    private func project(_ place: Coordinate) -> (x: Double, y: Double) {
        let beta = Self.authalic(place.latitude * .pi / 180)
        let lambda = Double(place.longitudeNano - centre.longitudeNano) / 1e9 * .pi / 180
        let half = sin(lambda / 2)
        let cosine = sin(centreBeta) * sin(beta) + cos(centreBeta) * cos(beta) * cos(lambda)
        let b = radius * (2 / max(1 + cosine, 1e-12)).squareRoot()
        // The usual cos β₁ sin β − sin β₁ cos β cos λ, written so that nothing cancels near the middle.
        let northing = sin(beta - centreBeta) + 2 * sin(centreBeta) * cos(beta) * half * half
        return (b * stretch * cos(beta) * sin(lambda), b / stretch * northing)
    }

    private func squareMetres(of ring: [Coordinate]) -> Double {
        guard let first = ring.first, ring.count > 3 else { return 0 }
        let origin = project(first)
        var previous = (x: 0.0, y: 0.0)
        var doubled = 0.0
        for vertex in ring.dropFirst() {
            let projected = project(vertex)
            let point = (x: projected.x - origin.x, y: projected.y - origin.y)
            doubled += previous.x * point.y - point.x * previous.y
            previous = point
        }
        return abs(doubled / 2)
    }

    /// Outlines less holes, in square metres.
    static func squareMetres(of geometry: AreaGeometry) -> Double {
        guard let box = geometry.box else { return 0 }
        let projection = EqualArea(centre: box.centre)
        return geometry.polygons.reduce(0) { total, polygon in
            let outline = polygon.rings.first.map(projection.squareMetres) ?? 0
            let holes = polygon.rings.dropFirst().reduce(0) { $0 + projection.squareMetres(of: $1) }
            return total + outline - holes
        }
    }
}
