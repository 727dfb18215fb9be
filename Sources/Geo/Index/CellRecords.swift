/// Writes the records of border cells: see ``IndexWords`` for their form.
struct CellRecords {
    private(set) var words: [UInt32] = []
    private var edges: [GridEdge] = []
    private var areas: [UInt32] = []
    private var whole: [UInt32] = []
    private var merged: [Merged] = []

    private struct Merged {
        var edge: GridEdge
        var mask: UInt32
    }

    /// Writes one cell; nil when none of the edges comes into it.
    ///
    /// - Parameters:
    ///   - listed: Edges that may touch the cell, from its lower left corner.
    ///   - corner: The areas that hold that corner, rising.
    ///   - size: Width of the cell.
    /// - Returns: Where the record begins.
    mutating func append(_ listed: [GridEdge], corner: [UInt32], size: Int64, sets: inout AreaSets) -> UInt32? {
        edges.removeAll(keepingCapacity: true)
        areas.removeAll(keepingCapacity: true)
        for edge in listed where edge.meetsSquare(size) {
            list(edge, size)
            if areas.last != edge.owner, !areas.contains(edge.owner) { areas.append(edge.owner) }
        }
        guard !edges.isEmpty else { return nil }
        areas.sort()
        whole.removeAll(keepingCapacity: true)
        for area in corner where !areas.contains(area) { whole.append(area) }
        let wholeWord = sets.word(of: whole)
        let start = words.count
        if areas.count <= IndexWords.mostSmallAreas {
            merge(areas[...])
            if merged.count <= IndexWords.mostSmallEdges, !isWide(size) {
                writeSmall(corner: corner, whole: wholeWord)
                return UInt32(start)
            }
        }
        var first = 0
        while first < areas.count {
            let group = areas[first..<min(first + IndexWords.mostLargeAreas, areas.count)]
            merge(group)
            let next = group.endIndex
            writeLarge(group, corner: corner, size: size, whole: first == 0 ? wholeWord : 0, more: next < areas.count)
            first = next
        }
        return UInt32(start)
    }

    /// Lists an edge so that it counts the same in every row that its west end might have begun or ended in.
    ///
    /// A point counts the edges west of it, and an edge that ends west of the cell goes on in one that isn't listed here. So that end is moved on
    /// along its own line; where that is too far, or the edge is level, an upright edge just west of the cell makes up for what ends there.
    private mutating func list(_ edge: GridEdge, _ size: Int64) {
        if let opened = edge.openedWest(size) { return edges.append(opened) }
        edges.append(edge)
        for (x, y) in [(edge.ax, edge.ay), (edge.bx, edge.by)] where x < 0 && y > 0 && y < size {
            edges.append(GridEdge(-1, y, -1, size, owner: edge.owner))
        }
    }

    private mutating func writeSmall(corner: [UInt32], whole: UInt32) {
        words.append(
            UInt32(merged.count) | UInt32(areas.count) << IndexWords.smallAreaShift
                | (whole == 0 ? 0 : IndexWords.whole) | before(areas[...], corner) << IndexWords.beforeShift
        )
        var packed: UInt32 = 0
        for (number, entry) in merged.enumerated() {
            packed |= entry.mask << UInt32(number % 4 * 8)
            if number % 4 == 3 || number == merged.count - 1 {
                words.append(packed)
                packed = 0
            }
        }
        for entry in merged { append(entry.edge, isWide: false) }
        words.append(contentsOf: areas)
        if whole != 0 { words.append(whole) }
    }

    private mutating func writeLarge(
        _ group: ArraySlice<UInt32>,
        corner: [UInt32],
        size: Int64,
        whole: UInt32,
        more: Bool
    ) {
        let isWide = isWide(size)
        words.append(
            UInt32(group.count) | IndexWords.large | (isWide ? IndexWords.wide : 0) | (more ? IndexWords.more : 0)
                | (whole == 0 ? 0 : IndexWords.whole)
        )
        words.append(UInt32(merged.count))
        words.append(before(group, corner))
        for entry in merged { words.append(entry.mask) }
        for entry in merged { append(entry.edge, isWide: isWide) }
        words.append(contentsOf: group)
        if whole != 0 { words.append(whole) }
    }

    private func isWide(_ size: Int64) -> Bool { size > IndexWords.reach || merged.contains { $0.edge.isWide } }

    /// Which areas of the group hold the corner, less what the corner's ray to the west crosses among the listed edges: that is counted again at
    /// each look-up.
    private func before(_ group: ArraySlice<UInt32>, _ corner: [UInt32]) -> UInt32 {
        var before: UInt32 = 0
        for (bit, area) in group.enumerated() where corner.contains(area) { before |= 1 << UInt32(bit) }
        for entry in merged where entry.edge.crosses(row: 0) && entry.edge.side(0, 0) < 0 { before ^= entry.mask }
        return before
    }

    /// The edges of a group of areas, an edge that several areas share once.
    private mutating func merge(_ group: ArraySlice<UInt32>) {
        merged.removeAll(keepingCapacity: true)
        for edge in edges {
            guard let position = group.firstIndex(of: edge.owner) else { continue }
            add(edge, UInt32(1) << UInt32(position - group.startIndex))
        }
    }

    private mutating func add(_ edge: GridEdge, _ bit: UInt32) {
        // Cells hold few edges; in a crowded one a shared edge may stand twice, which costs time and no truth.
        for index in merged.indices.suffix(24)
        where merged[index].mask & bit == 0 && merged[index].edge.hasSameEnds(as: edge) {
            merged[index].mask |= bit
            return
        }
        merged.append(Merged(edge: edge, mask: bit))
    }

    private mutating func append(_ edge: GridEdge, isWide: Bool) {
        append(edge.ax, isWide)
        append(edge.ay, isWide)
        append(edge.bx, isWide)
        append(edge.by, isWide)
    }

    @inline(__always)
    private mutating func append(_ value: Int64, _ isWide: Bool) {
        let bits = UInt64(bitPattern: value)
        words.append(UInt32(truncatingIfNeeded: bits))
        if isWide { words.append(UInt32(truncatingIfNeeded: bits >> 32)) }
    }
}

extension GridEdge {
    /// Whether an offset needs more than 31 bits.
    fileprivate var isWide: Bool {
        ax.magnitude >= IndexWords.reach || ay.magnitude >= IndexWords.reach || bx.magnitude >= IndexWords.reach
            || by.magnitude >= IndexWords.reach
    }

    @inline(__always) fileprivate func hasSameEnds(as other: GridEdge) -> Bool {
        ax == other.ax && ay == other.ay && bx == other.bx && by == other.by
    }

    /// Whether the edge comes within the square of whole numbers from 0 to `size - 1`, or passes between two of them.
    fileprivate func meetsSquare(_ size: Int64) -> Bool {
        let last = size - 1
        guard by >= 0, ay <= last, max(ax, bx) >= 0, min(ax, bx) <= last else { return false }
        let first = side(0, 0).signum()
        return first == 0 || first != side(last, last).signum() || first != side(last, 0).signum()
            || first != side(0, last).signum()
    }

    /// The same edge with an end west of the square moved along its own line, in whole steps, until its height reaches past the square; nil
    /// where that is further than 31 bits can tell, and for a level edge.
    fileprivate func openedWest(_ size: Int64) -> GridEdge? {
        let (dx, dy) = (bx - ax, by - ay)
        // A level edge never counts, but rows above it do count otherwise than those below.
        guard dy > 0 else { return ax < 0 && ay > 0 ? nil : self }
        var edge = self
        if ax < 0, ay > 0 {
            let steps = (ay + dy - 1) / dy
            let (way, overflow) = steps.multipliedReportingOverflow(by: dx)
            guard !overflow, way.magnitude < UInt64(IndexWords.reach) else { return nil }
            edge.ax -= way
            edge.ay -= steps * dy
        }
        if bx < 0, by < size {
            let steps = (size - by + dy - 1) / dy
            let (way, overflow) = steps.multipliedReportingOverflow(by: dx)
            guard !overflow, way.magnitude < UInt64(IndexWords.reach) else { return nil }
            edge.bx += way
            edge.by += steps * dy
        }
        return edge.isWide && !isWide ? nil : edge
    }
}
