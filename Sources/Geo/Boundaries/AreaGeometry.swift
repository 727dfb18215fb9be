public import Domain
import Foundation

/// The shape of an area: polygons with holes, every vertex in exact billionths of a degree.
public struct AreaGeometry: Sendable, Hashable {
    /// One closed line: the first vertex is repeated as the last.
    public typealias Ring = [Coordinate]

    /// One outline and the holes in it.
    public struct Polygon: Sendable, Hashable {
        /// The outer ring first, then the holes.
        public var rings: [Ring]

        /// A polygon of an outer ring and holes.
        public init(rings: [Ring]) { self.rings = rings }
    }

    /// The parts; an island is a part of its own.
    public var polygons: [Polygon]

    /// A shape of its parts.
    public init(polygons: [Polygon]) { self.polygons = polygons }

    /// Vertices without the repeated last one of each ring.
    public var vertexCount: Int { polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + max($1.count - 1, 0) } } }

    /// Smallest box around every vertex; nil when there is none.
    public var box: CoordinateBox? {
        var box: CoordinateBox?
        for polygon in polygons {
            // Holes lie inside the outline; an invalid shape is repaired before anything relies on this.
            for vertex in polygon.rings.first ?? [] {
                if box == nil { box = CoordinateBox(vertex) } else { box?.include(vertex) }
            }
        }
        return box
    }

    /// Surface in square metres on the WGS 84 ellipsoid.
    public var squareMetres: Double { EqualArea.squareMetres(of: self) }
}

/// A box of latitudes and longitudes, its edges included.
public struct CoordinateBox: Sendable, Hashable, Codable {
    /// Southern edge in billionths of a degree.
    public private(set) var south: Int64
    /// Western edge in billionths of a degree.
    public private(set) var west: Int64
    /// Northern edge in billionths of a degree.
    public private(set) var north: Int64
    /// Eastern edge in billionths of a degree.
    public private(set) var east: Int64

    /// A box around one place.
    public init(_ place: Coordinate) {
        south = place.latitudeNano
        north = place.latitudeNano
        west = place.longitudeNano
        east = place.longitudeNano
    }

    /// Grows the box until it holds the place.
    public mutating func include(_ place: Coordinate) {
        south = min(south, place.latitudeNano)
        north = max(north, place.latitudeNano)
        west = min(west, place.longitudeNano)
        east = max(east, place.longitudeNano)
    }

    /// Grows the box until it holds another.
    public mutating func include(_ other: CoordinateBox) {
        south = min(south, other.south)
        north = max(north, other.north)
        west = min(west, other.west)
        east = max(east, other.east)
    }

    /// Whether two boxes share a place.
    public func touches(_ other: CoordinateBox) -> Bool {
        south <= other.north && other.south <= north && west <= other.east && other.west <= east
    }

    /// Surface on a sphere, in square metres: good enough to tell a town from a continent.
    var squareMetres: Double {
        let radians = Double.pi / 180e9
        let width = Double(east - west) * radians
        return 6_371_007 * 6_371_007 * width * (sin(Double(north) * radians) - sin(Double(south) * radians))
    }

    /// The place in the middle.
    public var centre: Coordinate {
        Coordinate(trustedLatitudeNano: south + (north - south) / 2, longitudeNano: west + (east - west) / 2)
    }
}
