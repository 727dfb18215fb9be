import Foundation

/// Where a declared event holds: a circle or a polygon on the map, or everywhere its body answers.
public enum EventArea: Sendable, Hashable, Codable {
    /// Everywhere.
    case everywhere
    /// Within metres of a point.
    case circle(centre: Coordinate, metres: Int)
    /// Inside a ring of points, its border included; the last point is joined to the first.
    case polygon([Coordinate])

    /// Whether a place lies in it; a report without a place only lies in an event that holds everywhere.
    public func contains(_ place: Coordinate?) -> Bool {
        switch self {
        case .everywhere: return true
        case .circle(let centre, let metres):
            guard let place else { return false }
            return Self.metres(from: centre, to: place) <= Double(metres)
        case .polygon(let ring):
            guard let place else { return false }
            return Self.isInside(place, ring)
        }
    }

    /// A point to draw it at: the middle of the circle, or of the polygon's points; nil for everywhere.
    public var middle: Coordinate? {
        switch self {
        case .everywhere: nil
        case .circle(let centre, _): centre
        case .polygon(let ring):
            ring.isEmpty
                ? nil
                : try? Coordinate(
                    latitude: ring.reduce(0) { $0 + $1.latitude } / Double(ring.count),
                    longitude: ring.reduce(0) { $0 + $1.longitude } / Double(ring.count)
                )
        }
    }

    /// Metres between two places of a region, on a plane that touches the earth between them: right to a thousandth within 100 km.
    static func metres(from start: Coordinate, to end: Coordinate) -> Double {
        let middle = (start.latitude + end.latitude) / 2 * .pi / 180
        let north =
            (end.latitude - start.latitude) * 111_132.954 - 559.822 * cos(2 * middle) * (end.latitude - start.latitude)
        let east = (end.longitude - start.longitude) * (111_412.84 * cos(middle) - 93.5 * cos(3 * middle))
        return (north * north + east * east).squareRoot()
    }

    /// Crossings of a line to the east, in billionths of a degree; a point on an edge is inside.
    private static func isInside(_ place: Coordinate, _ ring: [Coordinate]) -> Bool {
        guard ring.count >= 3 else { return false }
        let (x, y) = (Double(place.longitudeNano), Double(place.latitudeNano))
        var isIn = false
        for index in ring.indices {
            let (start, end) = (ring[index], ring[(index + 1) % ring.count])
            let (ax, ay) = (Double(start.longitudeNano), Double(start.latitudeNano))
            let (bx, by) = (Double(end.longitudeNano), Double(end.latitudeNano))
            let side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if side == 0, min(ax, bx) <= x, x <= max(ax, bx), min(ay, by) <= y, y <= max(ay, by) { return true }
            if (ay > y) != (by > y), x < (bx - ax) * (y - ay) / (by - ay) + ax { isIn.toggle() }
        }
        return isIn
    }

    private enum CodingKeys: String, CodingKey {
        case shape, centre, metres, ring
    }

    /// Reads `{"shape": "everywhere"}`, `{"shape": "circle", "centre": …, "metres": …}` or `{"shape": "polygon", "ring": […]}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        switch try values.decode(String.self, forKey: .shape) {
        case "circle":
            self = .circle(
                centre: try values.decode(Coordinate.self, forKey: .centre),
                metres: try values.decode(Int.self, forKey: .metres)
            )
        case "polygon": self = .polygon(try values.decode([Coordinate].self, forKey: .ring))
        case "everywhere": self = .everywhere
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .shape,
                in: values,
                debugDescription: "\(other) is no shape of an area"
            )
        }
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .everywhere: try values.encode("everywhere", forKey: .shape)
        case .circle(let centre, let metres):
            try values.encode("circle", forKey: .shape)
            try values.encode(centre, forKey: .centre)
            try values.encode(metres, forKey: .metres)
        case .polygon(let ring):
            try values.encode("polygon", forKey: .shape)
            try values.encode(ring, forKey: .ring)
        }
    }
}
