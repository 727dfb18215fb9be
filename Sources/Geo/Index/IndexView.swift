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

    /// Calls the body for every area that covers the place, its border included; not in order where edges are near.
    @inline(__always)
    func forEachArea(_ longitudeNano: Int64, _ latitudeNano: Int64, _ body: (UInt32) -> Void) {
        let x = longitudeNano &- originX
        let y = latitudeNano &- originY
        guard x >= 0, y >= 0, x < width, y < height else { return }
        var word = tiles[Int(y &>> shift) &* columns &+ Int(x &>> shift)]
        var size = shift
        if word & IndexWords.kindMask == IndexWords.cells {
            let cell = cell(ofTile: word, x, y)
            word = cells[cell.number]
            size = cell.size
        }
        guard word & IndexWords.kindMask == IndexWords.record else { return forEachArea(ofWord: word, body) }
        let mask = (Int64(1) &<< size) &- 1
        let start = records + Int(word &>> 2)
        forEachArea(CellRecord(start, head: start[0], x & mask, y & mask), x & mask, y & mask, body)
    }

    /// Every area of a record and of those that follow it for the same cell.
    @inline(__always)
    func forEachArea(_ first: CellRecord, _ x: Int64, _ y: Int64, _ body: (UInt32) -> Void) {
        var record = first
        while true {
            record.forEachArea(body)
            if record.whole != 0 { forEachArea(ofWord: record.whole, body) }
            guard let next = record.next else { return }
            record = CellRecord(next, head: next[0], x, y)
        }
    }

    /// Every area that holds a whole square.
    @inline(__always)
    private func forEachArea(ofWord word: UInt32, _ body: (UInt32) -> Void) {
        if word & IndexWords.kindMask == IndexWords.areas {
            if word != 0 { body((word &>> 2) &- 1) }
        } else {
            for area in members(ofSet: word) { body(area) }
        }
    }

    /// Which cell of a cut tile holds a place, and the exponent of the cell's width.
    @inline(__always)
    func cell(ofTile word: UInt32, _ x: Int64, _ y: Int64) -> (number: Int, size: Int64) {
        let exponent = Int64(word &>> IndexWords.exponentShift & IndexWords.exponentMask)
        let size = shift &- exponent
        let mask = (Int64(1) &<< exponent) &- 1
        let inTile = ((y &>> size) & mask) &<< exponent | ((x &>> size) & mask)
        return (Int(word &>> IndexWords.cellsShift) &* IndexWords.cellUnit &+ Int(inTile), size)
    }

    /// The areas of a set, by its word.
    @inline(__always)
    func members(ofSet word: UInt32) -> UnsafeBufferPointer<UInt32> {
        let start = Int(setStarts[Int(word &>> 2)])
        return UnsafeBufferPointer(start: setMembers + start, count: Int(setStarts[Int(word &>> 2) &+ 1]) &- start)
    }
}
