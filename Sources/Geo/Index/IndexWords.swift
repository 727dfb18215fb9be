/// How squares and records are written in the index's 32-bit words.
///
/// A tile or cell is one word, its lowest two bits tell the kind:
///
///     areas    area + 1, or 0 for none: the whole square lies in that one area
///     set      number of a set of areas: the whole square lies in all of them
///     record   where the cell's record begins
///     cells    only for a tile: three bits of exponent (cells a side), the rest where they begin, in sixteens
///
/// A record holds the edges of one cell, in a small form for the usual cell and a large one for every other:
///
///     small    head: edges (8 bits) | areas (4) << 8 | flags << 12 | parity before any edge (8) << 16
///              for each edge which areas it bounds, a byte each, filled up to whole words
///              for each edge ax, ay, bx, by from the cell's corner
///              the areas, at most eight
///              with `whole`, the word of the areas that hold the whole cell
///     large    head: areas (6 bits) | flags << 12
///              edges
///              parity before any edge
///              for each edge which areas it bounds, a word each
///              for each edge ax, ay, bx, by; two words each with `wide`
///              the areas, at most 32
///              with `whole`, as above; with `more`, another record follows with the next areas
enum IndexWords {
    static let kindMask: UInt32 = 3
    static let areas: UInt32 = 0
    static let set: UInt32 = 1
    static let record: UInt32 = 2
    static let cells: UInt32 = 3

    /// A tile's word: cells begin at a multiple of this.
    static let cellUnit = 16
    static let exponentShift: UInt32 = 2
    static let exponentMask: UInt32 = 7
    static let cellsShift: UInt32 = 5

    static let large: UInt32 = 1 << 12
    static let wide: UInt32 = 1 << 13
    static let more: UInt32 = 1 << 14
    static let whole: UInt32 = 1 << 15
    static let smallEdges: UInt32 = 0xFF
    static let smallAreaShift: UInt32 = 8
    static let smallAreaMask: UInt32 = 0xF
    static let beforeShift: UInt32 = 16
    static let largeAreaMask: UInt32 = 0x3F

    static let mostSmallEdges = 255
    static let mostSmallAreas = 8
    static let mostLargeAreas = 32

    /// Offsets below this fit 32 bits, and their products 64, with room to spare.
    static let reach: Int64 = 1 << 30

    /// The word of a square that lies in one area.
    static func single(_ area: UInt32) -> UInt32 { (area + 1) << 2 | areas }
}
