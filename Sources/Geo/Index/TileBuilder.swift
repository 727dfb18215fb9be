/// Cuts one tile into cells and writes them; its arrays are used again for the next tile.
struct TileBuilder {
    private var edges: [GridEdge] = []
    private var starts: [UInt32] = []
    private var listed: [UInt32] = []
    /// Cell and area of each change of side, in one number that sorts by cell first.
    private var toggles: [UInt64] = []
    private var current = AreaToggle()
    private var inCell: [GridEdge] = []

    /// An area whose side changes from a cell of a row on.
    @inline(__always)
    private mutating func toggle(_ cell: Int, _ area: UInt32) { toggles.append(UInt64(cell) << 32 | UInt64(area)) }

    /// Writes the cells of a tile.
    ///
    /// - Parameters:
    ///   - all: Every edge of the index.
    ///   - numbers: Which of them are the tile's.
    ///   - x: West side of the tile.
    ///   - y: South side of the tile.
    ///   - corner: The areas that hold that corner.
    /// - Returns: The tile's word.
    mutating func build(
        _ all: [GridEdge],
        _ numbers: ArraySlice<UInt32>,
        x: Int64,
        y: Int64,
        corner: [UInt32],
        shift: Int64,
        cells: inout [UInt32],
        records: inout CellRecords,
        sets: inout AreaSets
    ) -> UInt32 {
        edges.removeAll(keepingCapacity: true)
        for number in numbers { edges.append(all[Int(number)].moved(x, y)) }
        let exponent = Self.exponent(edges.count)
        let side = 1 << exponent
        let walk = GridWalk(columns: side, rows: side, shift: shift - Int64(exponent))
        listEdges(walk)
        findToggles(walk, corner: corner)

        let start = cells.count / IndexWords.cellUnit
        var next = 0
        for row in 0..<side {
            current.reset()
            var word: UInt32 = 0
            for column in 0..<side {
                let cell = row * side + column
                var changed = false
                while next < toggles.count, toggles[next] >> 32 == cell {
                    current.toggle(UInt32(truncatingIfNeeded: toggles[next]))
                    next += 1
                    changed = true
                }
                if changed { word = sets.word(of: current.inside) }
                let range = Int(starts[cell])..<Int(starts[cell + 1])
                guard !range.isEmpty else {
                    cells.append(word)
                    continue
                }
                let x = Int64(column) << walk.shift
                let y = Int64(row) << walk.shift
                inCell.removeAll(keepingCapacity: true)
                for number in range { inCell.append(edges[Int(listed[number])].moved(x, y)) }
                let record = records.append(inCell, corner: current.inside, size: Int64(1) << walk.shift, sets: &sets)
                cells.append(record.map { $0 << 2 | IndexWords.record } ?? word)
            }
        }
        return UInt32(start) << IndexWords.cellsShift | UInt32(exponent) << IndexWords.exponentShift | IndexWords.cells
    }

    /// 4 to 128 cells a side: somewhat more cells along a border than it has edges there.
    private static func exponent(_ edges: Int) -> Int {
        switch edges {
        case ..<16: 2
        case ..<56: 3
        case ..<190: 4
        case ..<700: 5
        case ..<1_800: 6
        default: 7
        }
    }

    private mutating func listEdges(_ walk: GridWalk) {
        let count = walk.columns * walk.rows
        starts.removeAll(keepingCapacity: true)
        starts.append(contentsOf: repeatElement(0, count: count + 1))
        for edge in edges { walk.forEachSquare(edge) { starts[$1 * walk.columns + $0 + 1] += 1 } }
        for cell in 1...count { starts[cell] += starts[cell - 1] }
        listed.removeAll(keepingCapacity: true)
        listed.append(contentsOf: repeatElement(0, count: Int(starts[count])))
        // Filled from behind, so that `starts` ends where it began.
        var filled = starts
        for (number, edge) in edges.enumerated() {
            walk.forEachSquare(edge) { column, row in
                let cell = row * walk.columns + column
                listed[Int(filled[cell])] = UInt32(number)
                filled[cell] += 1
            }
        }
    }

    /// Where each row of cells changes sides, in the order of the cells.
    ///
    /// The edges outside the tile are summed up by what happens at its left: the ray from a corner to the west crosses edges that aren't listed
    /// here, and how many (even or odd) changes only where a listed edge ends west of the tile.
    private mutating func findToggles(_ walk: GridWalk, corner: [UInt32]) {
        toggles.removeAll(keepingCapacity: true)
        let last = (Int64(walk.rows) << walk.shift) - 1
        var before = AreaToggle()
        before.reset(to: corner)
        for edge in edges where edge.crosses(row: 0) && edge.side(0, 0) < 0 { before.toggle(edge.owner) }
        for area in before.inside {
            for row in 0..<walk.rows { toggle(row * walk.columns, area) }
        }
        for edge in edges {
            if edge.ax < 0, edge.ay > 0, edge.ay <= last { toggleRows(from: edge.ay, edge.owner, walk) }
            if edge.bx < 0, edge.by > 0, edge.by <= last { toggleRows(from: edge.by, edge.owner, walk) }
            var row = max((edge.ay + (Int64(1) << walk.shift) - 1) >> walk.shift, 0)
            while row < walk.rows, row << walk.shift < edge.by {
                let whole = edge.crossing(row: row << walk.shift)
                let column = whole < 0 ? 0 : Int(whole >> walk.shift) + 1
                if column < walk.columns {
                    toggle(Int(row) * walk.columns + column, edge.owner)
                }
                row += 1
            }
        }
        toggles.sort()
    }

    /// Changes the sides of an area in every row whose lower side lies at or above `y`.
    private mutating func toggleRows(from y: Int64, _ area: UInt32, _ walk: GridWalk) {
        var row = Int((y + (Int64(1) << walk.shift) - 1) >> walk.shift)
        while row < walk.rows {
            toggle(row * walk.columns, area)
            row += 1
        }
    }
}
