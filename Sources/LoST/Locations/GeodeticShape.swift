public import Domain

/// A place of the profile `geodetic-2d`: where something is, as sure as that is known (RFC 5491).
public enum GeodeticShape: Sendable, Hashable {
    /// A point.
    case point(Coordinate)
    /// A polygon: closed rings, the outer one first.
    case polygon([[Coordinate]])
    /// Everything within so many metres.
    case circle(centre: Coordinate, radius: Double)
    /// Half axes in metres; the first axis points so many degrees from north, clockwise.
    case ellipse(centre: Coordinate, major: Double, minor: Double, orientation: Double)
    /// Between two radii in metres, from one direction so many degrees clockwise.
    case arcBand(centre: Coordinate, inner: Double, outer: Double, start: Double, opening: Double)

    /// Largest half axis or radius that is read, in metres: larger than any country's half, smaller than half the earth.
    public static let largestRadius = 1_000_000.0

    /// Most positions of a polygon that are read.
    public static let mostPositions = 10_000
}
