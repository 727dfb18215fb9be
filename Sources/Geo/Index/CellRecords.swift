/// Writes the records of border cells: see ``IndexWords`` for their form.
struct CellRecords {
    private(set) var words: [UInt32] = []
    private var areas: [UInt32] = []
    private var merged: [Merged] = []
    private var ends: [(area: UInt32, y: Int64)] = []

    private struct Merged {
        var edge: GridEdge
        var mask: UInt32
    }

    /// Writes one cell.
    ///
    /// - Parameters:
    ///   - edges: The cell's edges, from its lower left corner.
    ///   - corner: The areas that hold that corner, rising.
    ///   - size: Width of the cell.
    /// - Returns: Where the record begins.
    mutating func append(_ edges: [GridEdge], corner: [UInt32], size: Int64, sets: inout AreaSets) -> UInt32 {
        let start = words.count
        areas.removeAll(keepingCapacity: true)
        for edge in edges where !areas.contains(edge.owner) { areas.append(edge.owner) }
        areas.sort()
        let whole = corner.filter { !areas.contains($0) }
        var first = 0
        while first < areas.count {
            let group = areas[first..<min(first + 32, areas.count)]
            first += 32
            write(edges, group, corner: corner, size: size, whole: sets.number(of: whole), more: first < areas.count)
        }
        return UInt32(start)
    }

    private mutating func write(
        _ edges: [GridEdge],
        _ group: ArraySlice<UInt32>,
        corner: [UInt32],
        size: Int64,
        whole: UInt32,
        more: Bool
    ) {
        merged.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        var before: UInt32 = 0
        for (bit, area) in group.enumerated() where corner.contains(area) { before |= 1 << UInt32(bit) }
        for edge in edges {
            guard let position = group.firstIndex(of: edge.owner) else { continue }
            let bit = UInt32(1) << UInt32(position - group.startIndex)
            // What the corner's ray to the west crosses among the listed edges is counted again at each look-up.
            if edge.crosses(row: 0), edge.side(0, 0) < 0 { before ^= bit }
            if edge.ax < 0, edge.ay > 0, edge.ay < size { ends.append((edge.owner, edge.ay)) }
            if edge.bx < 0, edge.by > 0, edge.by < size { ends.append((edge.owner, edge.by)) }
            add(edge, bit)
        }
        bridgeEnds(group, size: size)
        let isWide = merged.contains { $0.edge.isWide }
        words.append(whole)
        words.append(
            UInt32(merged.count) | UInt32(group.count - 1) << IndexWords.areaShift | (more ? IndexWords.more : 0)
                | (isWide ? IndexWords.wide : 0)
        )
        words.append(before)
        words.append(contentsOf: group)
        for entry in merged {
            let edge = entry.edge
            append(edge.ax, isWide)
            append(edge.ay, isWide)
            append(edge.bx, isWide)
            append(edge.by, isWide)
            words.append(entry.mask)
        }
    }

    @inline(__always)
    private mutating func append(_ value: Int64, _ isWide: Bool) {
        let bits = UInt64(bitPattern: value)
        words.append(UInt32(truncatingIfNeeded: bits))
        if isWide { words.append(UInt32(truncatingIfNeeded: bits >> 32)) }
    }

    /// Adds an edge, or another area to an edge that two areas share.
    private mutating func add(_ edge: GridEdge, _ bit: UInt32) {
        // Cells hold few edges; in a crowded one a shared edge may stand twice, which costs time and no truth.
        for index in merged.indices.suffix(24)
        where merged[index].mask & bit == 0 && merged[index].edge.hasSameEnds(as: edge) {
            merged[index].mask |= bit
            return
        }
        merged.append(Merged(edge: edge, mask: bit))
    }

    /// Makes up for the edges that continue a listed one west of the cell and aren't listed themselves.
    ///
    /// From the row on where a listed edge ends there, the ray to the west counts one more or less. An upright edge just west of the cell says so.
    private mutating func bridgeEnds(_ group: ArraySlice<UInt32>, size: Int64) {
        guard !ends.isEmpty else { return }
        ends.sort { ($0.area, $0.y) < ($1.area, $1.y) }
        var index = 0
        while index < ends.count {
            let (area, from) = ends[index]
            let isPaired = index + 1 < ends.count && ends[index + 1].area == area
            let to = isPaired ? ends[index + 1].y : size
            index += isPaired ? 2 : 1
            guard from != to, let position = group.firstIndex(of: area) else { continue }
            add(GridEdge(-1, from, -1, to, owner: area), 1 << UInt32(position - group.startIndex))
        }
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
}
