/// One record of a border cell, read for one point: which of its areas cover the point.
///
/// See ``IndexWords`` for the form. A point lies in an area when an odd number of the area's edges pass west of it; each edge counts from its lower
/// end up to but without its upper end, so a vertex between two edges counts once. A point on an edge belongs to the edge's areas whatever the count.
struct CellRecord {
    /// The areas that cover the point, as bits.
    private let hit: UInt32
    private let areas: UnsafePointer<UInt32>
    /// The word of the areas that hold the whole cell.
    let whole: UInt32
    /// The record of further areas of the same cell.
    let next: UnsafePointer<UInt32>?

    /// Whether the record's own areas are all there is to say of the cell.
    @inline(__always)
    var isAlone: Bool { whole == 0 && next == nil }

    /// - Parameters:
    ///   - words: Where the record begins.
    ///   - head: Its first word.
    ///   - x: The point, from the cell's corner.
    ///   - y: The same upward.
    @inline(__always)
    init(_ words: UnsafePointer<UInt32>, head: UInt32, _ x: Int64, _ y: Int64) {
        guard head & IndexWords.large == 0 else {
            self = Self.large(words, x, y)
            return
        }
        let count = Int(head & IndexWords.smallEdges)
        let areaCount = Int(head &>> IndexWords.smallAreaShift & IndexWords.smallAreaMask)
        let edges = words + (1 &+ (count &+ 3) &>> 2)
        let masks = UnsafeRawPointer(words + 1).assumingMemoryBound(to: UInt8.self)
        var inside = head &>> IndexWords.beforeShift
        var touches: UInt32 = 0
        for number in 0..<count {
            let edge = NarrowEdge(edges + number &* 4)
            let side = edge.side(x, y)
            let mask = UInt32(masks[number])
            inside ^= edge.ay <= y && y < edge.by && side < 0 ? mask : 0
            touches |= side == 0 ? 1 : 0
        }
        if touches != 0 {
            for number in 0..<count where NarrowEdge(edges + number &* 4).touches(x, y) {
                inside |= UInt32(masks[number])
            }
        }
        hit = inside
        areas = edges + count &* 4
        whole = head & IndexWords.whole == 0 ? 0 : areas[areaCount]
        next = nil
    }

    private init(hit: UInt32, areas: UnsafePointer<UInt32>, whole: UInt32, next: UnsafePointer<UInt32>?) {
        self.hit = hit
        self.areas = areas
        self.whole = whole
        self.next = next
    }

    @inline(never)
    private static func large(_ words: UnsafePointer<UInt32>, _ x: Int64, _ y: Int64) -> CellRecord {
        let head = words[0]
        let count = Int(words[1])
        let areaCount = Int(head & IndexWords.largeAreaMask)
        let masks = words + 3
        let edges = masks + count
        let size = head & IndexWords.wide == 0 ? 4 : 8
        var inside = words[2]
        var touching: UInt32 = 0
        for number in 0..<count {
            let edge = edge(edges + number * size, isWide: size == 8)
            guard edge.ay <= y, y <= edge.by else { continue }
            let side = edge.side(x, y)
            if side == 0, min(edge.ax, edge.bx) <= x, x <= max(edge.ax, edge.bx) { touching |= masks[number] }
            if side < 0, y < edge.by { inside ^= masks[number] }
        }
        let areas = edges + count * size
        let hasWhole = head & IndexWords.whole != 0
        let end = areas + areaCount
        return CellRecord(
            hit: inside | touching,
            areas: areas,
            whole: hasWhole ? end[0] : 0,
            next: head & IndexWords.more == 0 ? nil : end + (hasWhole ? 1 : 0)
        )
    }

    private static func edge(_ words: UnsafePointer<UInt32>, isWide: Bool) -> GridEdge {
        func number(_ position: Int) -> Int64 {
            guard isWide else { return Int64(Int32(bitPattern: words[position])) }
            return Int64(bitPattern: UInt64(words[2 * position]) | UInt64(words[2 * position + 1]) << 32)
        }
        return GridEdge(number(0), number(1), number(2), number(3), owner: 0)
    }

    /// Calls the body for every area of the record that covers the point, rising.
    @inline(__always)
    func forEachArea(_ body: (UInt32) -> Void) {
        var hit = hit
        while hit != 0 {
            body(areas[hit.trailingZeroBitCount])
            hit &= hit &- 1
        }
    }
}

/// An edge of a small record; its offsets stay below 2^30, so no product leaves 64 bits.
private struct NarrowEdge {
    let ax: Int64
    let ay: Int64
    let bx: Int64
    let by: Int64

    @inline(__always)
    init(_ words: UnsafePointer<UInt32>) {
        ax = Int64(Int32(bitPattern: words[0]))
        ay = Int64(Int32(bitPattern: words[1]))
        bx = Int64(Int32(bitPattern: words[2]))
        by = Int64(Int32(bitPattern: words[3]))
    }

    /// Negative right of the edge, zero on its line.
    @inline(__always)
    func side(_ x: Int64, _ y: Int64) -> Int64 { (bx &- ax) &* (y &- ay) &- (by &- ay) &* (x &- ax) }

    @inline(__always)
    func touches(_ x: Int64, _ y: Int64) -> Bool {
        side(x, y) == 0 && ay <= y && y <= by && min(ax, bx) <= x && x <= max(ax, bx)
    }
}
