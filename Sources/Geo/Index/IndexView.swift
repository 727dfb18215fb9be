/// Raw pointers into an index: what a look-up needs, copied without any reference counting.
///
/// Valid while the ``IndexMemory`` that made it lives.
struct IndexView {
    let originX: Int64
    let originY: Int64
    let shift: Int64
    let width: Int64
    let height: Int64
    let columns: Int
    let tiles: UnsafePointer<UInt32>
    let cells: UnsafePointer<UInt32>
    let records: UnsafePointer<UInt32>
    let setStarts: UnsafePointer<UInt32>
    let setMembers: UnsafePointer<UInt32>

    /// Adds every area that covers the place, its border included; not in order where edges are near.
    @inline(__always)
    func append(_ x: Int64, _ y: Int64, to found: inout [UInt32]) {
        let px = x - originX
        let py = y - originY
        guard px >= 0, py >= 0, px < width, py < height else { return }
        let tile = tiles[Int(py >> shift) * columns + Int(px >> shift)]
        var word = tile
        var corner = shift
        if tile & 3 == IndexWords.cells {
            let start = Int(tile >> 2)
            let exponent = Int64(cells[start])
            corner = shift - exponent
            let mask = (Int64(1) << exponent) - 1
            word = cells[start + 1 + Int(((py >> corner) & mask) << exponent | ((px >> corner) & mask))]
        }
        guard word & 3 == IndexWords.record else { return appendSet(word >> 2, to: &found) }
        let mask = (Int64(1) << corner) - 1
        var record = records + Int(word >> 2)
        appendSet(record[0], to: &found)
        while true {
            let head = record[1]
            let count = Int(head & IndexWords.edgeMask)
            let areaCount = Int((head >> IndexWords.areaShift) & IndexWords.areaMask) + 1
            let areas = record + 3
            let edges = areas + areaCount
            var hit: UInt32
            let size: Int
            if head & IndexWords.wide == 0 {
                hit = Self.narrow(edges, count, record[2], px & mask, py & mask)
                size = IndexWords.narrowWords
            } else {
                hit = Self.wide(edges, count, record[2], px & mask, py & mask)
                size = IndexWords.wideWords
            }
            while hit != 0 {
                found.append(areas[hit.trailingZeroBitCount])
                hit &= hit - 1
            }
            guard head & IndexWords.more != 0 else { return }
            record = edges + count * size
        }
    }

    @inline(__always)
    private func appendSet(_ set: UInt32, to found: inout [UInt32]) {
        guard set != 0 else { return }
        for member in Int(setStarts[Int(set)])..<Int(setStarts[Int(set) + 1]) { found.append(setMembers[member]) }
    }

    /// Which areas of a record cover the point: odd number of edges left of it, or on an edge.
    @inline(__always)
    private static func narrow(
        _ edges: UnsafePointer<UInt32>,
        _ count: Int,
        _ before: UInt32,
        _ x: Int64,
        _ y: Int64
    ) -> UInt32 {
        var inside = before
        var touching: UInt32 = 0
        var edge = edges
        for _ in 0..<count {
            let ay = Int64(Int32(bitPattern: edge[1]))
            let by = Int64(Int32(bitPattern: edge[3]))
            if ay <= y, y <= by {
                let ax = Int64(Int32(bitPattern: edge[0]))
                let bx = Int64(Int32(bitPattern: edge[2]))
                if y < by {
                    let side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
                    if side < 0 { inside ^= edge[4] } else if side == 0 { touching |= edge[4] }
                } else if x == bx || (ay == by && ax <= x && x < bx) {
                    touching |= edge[4]
                }
            }
            edge += IndexWords.narrowWords
        }
        return inside | touching
    }

    /// The same for edges whose offsets need 64 bits.
    private static func wide(
        _ edges: UnsafePointer<UInt32>,
        _ count: Int,
        _ before: UInt32,
        _ x: Int64,
        _ y: Int64
    ) -> UInt32 {
        var inside = before
        var touching: UInt32 = 0
        func number(_ words: UnsafePointer<UInt32>) -> Int64 {
            Int64(bitPattern: UInt64(words[0]) | UInt64(words[1]) << 32)
        }
        for index in 0..<count {
            let words = edges + index * IndexWords.wideWords
            let edge = GridEdge(number(words), number(words + 2), number(words + 4), number(words + 6), owner: words[8])
            guard edge.ay <= y, y <= edge.by else { continue }
            if y < edge.by {
                let side = edge.side(x, y)
                if side < 0 { inside ^= edge.owner } else if side == 0 { touching |= edge.owner }
            } else if x == edge.bx || (edge.ay == edge.by && edge.ax <= x && x < edge.bx) {
                touching |= edge.owner
            }
        }
        return inside | touching
    }
}
