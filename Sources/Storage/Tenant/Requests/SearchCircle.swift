public import Domain
import Foundation

/// All places within some metres of one place, by geodesic distance.
public struct SearchCircle: Sendable, Hashable {
    /// The middle.
    public let centre: Coordinate

    /// Metres over the ground; zero or more.
    public let metres: Double

    /// A circle; a negative or unreadable radius counts as zero.
    public init(centre: Coordinate, metres: Double) {
        self.centre = centre
        self.metres = metres.isFinite ? max(0, metres) : 0
    }

    /// Whether a place lies within it.
    public func contains(_ place: Coordinate) -> Bool {
        GeodesicDistance.metres(from: centre, to: place) <= metres
    }

    /// Boxes of billionths of a degree that cover the circle with a little to spare: one, or two across the date line.
    ///
    /// A degree of latitude is never shorter than 110,574 m, and a degree of longitude never shorter than 111,319 m
    /// times the cosine of the latitude.
    var boxes: [Box] {
        let up = metres / 110_574 * 1.001 + 1e-8
        let south = max(-90, centre.latitude - up)
        let north = min(90, centre.latitude + up)
        let narrowest = cos(max(abs(south), abs(north)) * .pi / 180)
        let across = narrowest > 1e-6 ? metres / (111_319 * narrowest) * 1.001 + 1e-8 : 360
        guard across < 180 else { return [Box(south: south, west: -180, north: north, east: 180)] }
        let west = centre.longitude - across
        let east = centre.longitude + across
        var boxes = [Box(south: south, west: max(-180, west), north: north, east: min(180, east))]
        if west < -180 {
            boxes.append(Box(south: south, west: west + 360, north: north, east: 180))
        }
        if east > 180 {
            boxes.append(Box(south: south, west: -180, north: north, east: east - 360))
        }
        return boxes
    }

    /// A box in billionths of a degree, edges included.
    struct Box: Sendable, Hashable {
        let south: Double
        let west: Double
        let north: Double
        let east: Double

        /// Degrees in, billionths kept.
        init(south: Double, west: Double, north: Double, east: Double) {
            self.south = (south * 1e9).rounded(.down)
            self.west = (west * 1e9).rounded(.down)
            self.north = (north * 1e9).rounded(.up)
            self.east = (east * 1e9).rounded(.up)
        }
    }
}
