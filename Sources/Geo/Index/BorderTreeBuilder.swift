import Domain

/// Puts pieces of border into the order of a ``BorderTree`` and draws the boxes around them.
struct BorderTreeBuilder {
    private(set) var pieces: [BorderTree.Piece] = []
    private(set) var boxes: [BorderTree.Box] = []

    /// The borders of those features that belong to a layer; a feature's position is its number.
    init(_ features: [BoundaryFeature], layer: LayerName) {
        for (number, feature) in features.enumerated() where feature.layer == layer {
            for ring in feature.geometry.polygons.flatMap(\.rings) {
                for (from, to) in zip(ring, ring.dropFirst()) where from != to {
                    pieces.append(
                        BorderTree.Piece(
                            ax: Self.units(from.longitudeNano),
                            ay: Self.units(from.latitudeNano),
                            bx: Self.units(to.longitudeNano),
                            by: Self.units(to.latitudeNano),
                            owner: UInt32(number)
                        )
                    )
                }
            }
        }
        sortAlongCurve()
        drawBoxes()
    }

    /// Rounded to the nearest centimetre; a longitude of 180 degrees is 1.8e9 and still fits 32 bits.
    private static func units(_ nano: Int64) -> Int32 { Int32((nano + (nano < 0 ? -50 : 50)) / 100) }

    /// Neighbours on the ground become neighbours in the list: the middles' bits, latitude and longitude in turn.
    private mutating func sortAlongCurve() {
        let keys = pieces.enumerated().map { number, piece in
            let x = UInt32(truncatingIfNeeded: (Int64(piece.ax) + Int64(piece.bx)) / 2 + 1 << 31)
            let y = UInt32(truncatingIfNeeded: (Int64(piece.ay) + Int64(piece.by)) / 2 + 1 << 31)
            return (key: Self.spread(x) | Self.spread(y) << 1, number: number)
        }
        pieces = keys.sorted { ($0.key, $0.number) < ($1.key, $1.number) }.map { pieces[$0.number] }
    }

    /// A bit of room after every bit.
    private static func spread(_ value: UInt32) -> UInt64 {
        var bits = UInt64(value)
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    private mutating func drawBoxes() {
        let levels = BorderTree.levels(pieces: pieces.count)
        var below = pieces.map { piece in
            BorderTree.Box(
                west: min(piece.ax, piece.bx),
                south: min(piece.ay, piece.by),
                east: max(piece.ax, piece.bx),
                north: max(piece.ay, piece.by)
            )
        }
        for _ in levels.dropFirst() {
            below = stride(from: 0, to: below.count, by: BorderTree.branches).map { start in
                var box = below[start]
                for other in below[start..<min(start + BorderTree.branches, below.count)] {
                    box.west = min(box.west, other.west)
                    box.south = min(box.south, other.south)
                    box.east = max(box.east, other.east)
                    box.north = max(box.north, other.north)
                }
                return box
            }
            boxes += below
        }
    }

    /// Lends the pieces and the boxes.
    func withUnsafeBytes<Result>(
        _ body: (_ pieces: UnsafeRawBufferPointer, _ boxes: UnsafeRawBufferPointer) -> Result
    ) -> Result {
        pieces.withUnsafeBytes { pieces in boxes.withUnsafeBytes { boxes in body(pieces, boxes) } }
    }
}
