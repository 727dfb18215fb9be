/// One square of the world map in the usual grid: at zoom `z` the world is `2^z` tiles wide and high, counted from the north-west.
///
/// Source: Web Mercator tile grid (EPSG:3857) as Mapbox Vector Tile 2.1 and TileJSON 3.0 use it.
public struct TileAddress: Sendable, Hashable {
    /// Finest zoom that is drawn: a tile is then some 38 m wide, its grid of 4096 some 1 cm.
    public static let finest = 20

    /// Zoom, 0 to ``finest``.
    public let zoom: Int
    /// Column from the west, 0 to `2^zoom - 1`.
    public let column: Int
    /// Row from the north, 0 to `2^zoom - 1`.
    public let row: Int

    /// A tile.
    ///
    /// - Throws: a ``FieldFault`` that names `z`, `x` or `y` when it lies outside the grid.
    public init(zoom: Int, column: Int, row: Int) throws(FieldFault) {
        guard (0...Self.finest).contains(zoom) else { throw Self.outside("z", Self.finest) }
        let last = (1 << zoom) - 1
        guard (0...last).contains(column) else { throw Self.outside("x", last) }
        guard (0...last).contains(row) else { throw Self.outside("y", last) }
        self.zoom = zoom
        self.column = column
        self.row = row
    }

    private static func outside(_ field: String, _ last: Int) -> FieldFault {
        FieldFault(
            field: field,
            code: .outOfRange,
            fault: LocalizedText(english: "lies outside the grid of tiles", french: "est hors de la grille de tuiles"),
            expected: LocalizedText(
                english: "a whole number from 0 to \(last) at this zoom",
                french: "un nombre entier de 0 à \(last) à cette échelle"
            )
        )
    }
}
