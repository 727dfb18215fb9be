import Foundation

/// A square of the map on a sheet of 1000 by 1000 units, counted from the north-west, in Web Mercator (EPSG:3857).
public struct MapWindow: Sendable, Hashable {
    /// Units along each side of the sheet.
    public static let units = 1_000.0

    /// Projected middle, in metres of the projection.
    public let middle: (x: Double, y: Double)
    /// Half a side, in metres of the projection.
    public let half: Double

    /// A square round a place.
    ///
    /// - Parameter metres: Half a side over the ground at that place.
    public init(around place: Coordinate, metres: Double) {
        let latitude = min(max(place.latitude, -85), 85)
        middle = Self.projected(latitude: latitude, longitude: place.longitude)
        half = metres / cos(latitude * .pi / 180)
    }

    /// The square that just holds a box, with a twentieth of margin.
    public init(southWest: Coordinate, northEast: Coordinate) {
        let low = Self.projected(latitude: max(southWest.latitude, -85), longitude: southWest.longitude)
        let high = Self.projected(latitude: min(northEast.latitude, 85), longitude: northEast.longitude)
        middle = ((low.x + high.x) / 2, (low.y + high.y) / 2)
        half = max(high.x - low.x, high.y - low.y, 10) / 2 * 1.05
    }

    /// Where a place lies on the sheet.
    public func position(of place: Coordinate) -> (x: Double, y: Double) {
        let point = Self.projected(latitude: min(max(place.latitude, -85), 85), longitude: place.longitude)
        let scale = Self.units / (half * 2)
        return ((point.x - middle.x + half) * scale, (middle.y + half - point.y) * scale)
    }

    /// Metres over the ground that one side of the sheet stands for, in its middle.
    public var groundMetres: Double {
        half * 2 / cosh(middle.y / Self.radius)
    }

    private static let radius = 6_378_137.0

    private static func projected(latitude: Double, longitude: Double) -> (x: Double, y: Double) {
        (longitude * .pi / 180 * radius, radius * asinh(tan(latitude * .pi / 180)))
    }

    /// Same middle and size.
    public static func == (left: MapWindow, right: MapWindow) -> Bool {
        left.middle == right.middle && left.half == right.half
    }

    /// Adds middle and size.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(middle.x)
        hasher.combine(middle.y)
        hasher.combine(half)
    }
}
