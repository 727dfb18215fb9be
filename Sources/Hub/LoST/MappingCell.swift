import Domain
import Geo

/// A square of a fixed grid over the earth: what a mapping's area is cut to where roads decide.
///
/// Level 0 is 2^20 billionths of a degree wide (116 m from south to north), each level half the one before.
struct MappingCell: Sendable, Hashable {
    static let finest = 14

    let level: Int
    /// Column and row of the grid, counted from longitude and latitude zero.
    let x: Int64
    let y: Int64

    init(level: Int, x: Int64, y: Int64) {
        self.level = level
        self.x = x
        self.y = y
    }

    /// The cell of a level that a place lies in.
    init(level: Int, holding place: Coordinate) {
        let shift = Int64(20 - level)
        self.init(level: level, x: place.longitudeNano >> shift, y: place.latitudeNano >> shift)
    }

    /// Width in billionths of a degree.
    var side: Int64 { 1 << Int64(20 - level) }

    var south: Int64 { max(y * side, -90_000_000_000) }
    var north: Int64 { min((y + 1) * side, 90_000_000_000) }
    var west: Int64 { max(x * side, -180_000_000_000) }
    var east: Int64 { min((x + 1) * side, 180_000_000_000) }

    var centre: Coordinate {
        Coordinate(trustedLatitudeNano: (south + north) / 2, longitudeNano: (west + east) / 2)
    }

    /// The square as a polygon, counter-clockwise.
    var geometry: AreaGeometry {
        let corners = [(south, west), (south, east), (north, east), (north, west), (south, west)]
        return AreaGeometry(polygons: [
            AreaGeometry.Polygon(rings: [
                corners.map { Coordinate(trustedLatitudeNano: $0.0, longitudeNano: $0.1) }
            ])
        ])
    }

    /// Places from which everything within `reach` metres of any place of the cell is within `reach` of at least one of them.
    ///
    /// A grid of steps of at most 0.9 reach over the cell and a quarter of the reach around it: whatever is within reach of the cell is at
    /// most 0.75 reach from that wider square, and along its edge the next place is at most 0.45 reach off.
    func lookouts(reach: Double) -> [Coordinate] {
        let scale = GroundScale(around: centre)
        let latitudes = Self.steps(from: south, to: north, metresPerNano: scale.metresPerLatitudeNano, reach: reach)
        let longitudes = Self.steps(from: west, to: east, metresPerNano: scale.metresPerLongitudeNano, reach: reach)
        return latitudes.flatMap { latitude in
            longitudes.map { longitude in
                Coordinate(
                    trustedLatitudeNano: min(max(latitude, -90_000_000_000), 90_000_000_000),
                    longitudeNano: min(max(longitude, -180_000_000_000), 180_000_000_000)
                )
            }
        }
    }

    private static func steps(from start: Int64, to end: Int64, metresPerNano: Double, reach: Double) -> [Int64] {
        let margin = reach / 4 / metresPerNano
        let width = Double(end - start) + 2 * margin
        let count = max(Int((width * metresPerNano / (0.9 * reach)).rounded(.up)), 1)
        return (0...count).map { start - Int64(margin) + Int64(width * Double($0) / Double(count)) }
    }

    /// Corners, middles of the edges, and the centre.
    var ownPlaces: [Coordinate] {
        let latitudes = [south, (south + north) / 2, north]
        let longitudes = [west, (west + east) / 2, east]
        return latitudes.flatMap { latitude in
            longitudes.map { Coordinate(trustedLatitudeNano: latitude, longitudeNano: $0) }
        }
    }

    /// Metres from the centre to a corner.
    var halfDiagonal: Double {
        GroundScale(around: centre).metres(
            from: centre,
            to: Coordinate(trustedLatitudeNano: north, longitudeNano: east)
        )
    }
}
