/// How squares and records are written in the index's 32-bit words.
///
/// A tile or cell is one word: `number << 2 | kind`. A record holds the edges of one cell:
///
///     word 0   set of areas that hold the whole cell
///     word 1   edges (24 bits) | areas - 1 (5 bits) << 24 | more follows << 30 | wide << 31
///     word 2   which of the areas hold the cell's lower left corner's ray: the parity before any edge is counted
///     word 3…  the areas
///     then     for each edge ax, ay, bx, by from the cell's corner, and which areas it bounds;
///              five words, or nine where an edge is longer than a degree
enum IndexWords {
    /// The whole square lies in the same areas: the number is their set.
    static let uniform: UInt32 = 0
    /// A tile cut into cells: the number is where they begin, first the exponent of cells a side.
    static let cells: UInt32 = 1
    /// A cell with edges: the number is where its record begins.
    static let record: UInt32 = 2

    static let edgeMask: UInt32 = 0x00FF_FFFF
    static let areaShift: UInt32 = 24
    static let areaMask: UInt32 = 0x1F
    static let more: UInt32 = 1 << 30
    static let wide: UInt32 = 1 << 31

    /// Offsets below this fit 32 bits, and their products 64, with room to spare.
    static let reach: Int64 = 1 << 30

    static let narrowWords = 5
    static let wideWords = 9
}
