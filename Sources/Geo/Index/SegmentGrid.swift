import Domain

/// Line segments in a grid, to find the nearest within some distance: borders for gaps, centrelines for roads.
///
/// Coordinates are kept to a centimetre (1e-7 degree): this measures metres and decides nothing about borders.
struct SegmentGrid: Sendable {
    private struct Segment {
        let ax: Int32
        let ay: Int32
        let bx: Int32
        let by: Int32
        let owner: UInt32
    }

    /// An owner and the metres to its nearest segment.
    struct Near: Sendable {
        let owner: UInt32
        let metres: Double
    }

    private static let unit: Int64 = 100
    /// Squares of 2^16 units, about 730 m of latitude.
    private static let smallestShift: Int64 = 16

    private var segments: [Segment] = []
    private var originX: Int64 = 0
    private var originY: Int64 = 0
    private var walk = GridWalk(columns: 0, rows: 0, shift: smallestShift)
    private var starts: [UInt32] = []
    private var listed: [UInt32] = []

    /// Bytes held.
    var byteCount: Int {
        segments.count * MemoryLayout<Segment>.stride + (starts.count + listed.count) * MemoryLayout<UInt32>.stride
    }

    /// - Parameter lines: Lines with the number of their owner.
    init(_ lines: some Sequence<(owner: UInt32, line: [Coordinate])>) {
        var box: (west: Int64, south: Int64, east: Int64, north: Int64)?
        for (owner, line) in lines {
            for (from, to) in zip(line, line.dropFirst()) where from != to {
                let (ax, ay) = Self.units(from)
                let (bx, by) = Self.units(to)
                segments.append(Segment(ax: Int32(ax), ay: Int32(ay), bx: Int32(bx), by: Int32(by), owner: owner))
                let old = box ?? (ax, ay, ax, ay)
                box = (min(old.west, ax, bx), min(old.south, ay, by), max(old.east, ax, bx), max(old.north, ay, by))
            }
        }
        guard let box else { return }
        originX = box.west
        originY = box.south
        var shift = Self.smallestShift
        var columns = 0
        var rows = 0
        repeat {
            columns = Int((box.east - box.west) >> shift) + 1
            rows = Int((box.north - box.south) >> shift) + 1
            shift += 1
        } while columns * rows > max(1 << 16, segments.count * 2)
        walk = GridWalk(columns: columns, rows: rows, shift: shift - 1)
        fill()
    }

    private mutating func fill() {
        starts = [UInt32](repeating: 0, count: walk.columns * walk.rows + 1)
        for segment in segments { walk.forEachSquare(edge(segment)) { starts[$1 * walk.columns + $0 + 1] += 1 } }
        for square in 1..<starts.count { starts[square] += starts[square - 1] }
        var filled = starts
        listed = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        for (number, segment) in segments.enumerated() {
            walk.forEachSquare(edge(segment)) { column, row in
                let square = row * walk.columns + column
                listed[Int(filled[square])] = UInt32(number)
                filled[square] += 1
            }
        }
    }

    private func edge(_ segment: Segment) -> GridEdge {
        GridEdge(
            Int64(segment.ax) - originX,
            Int64(segment.ay) - originY,
            Int64(segment.bx) - originX,
            Int64(segment.by) - originY,
            owner: segment.owner
        )
    }

    /// Rounded to the nearest centimetre; a longitude of 180 degrees is 1.8e9 and still fits 32 bits.
    private static func units(_ place: Coordinate) -> (Int64, Int64) {
        func nearest(_ nano: Int64) -> Int64 { (nano + (nano < 0 ? -unit / 2 : unit / 2)) / unit }
        return (nearest(place.longitudeNano), nearest(place.latitudeNano))
    }

    /// Owners with a segment within a distance, nearest first, ties by number.
    func within(_ metres: Double, of place: Coordinate) -> [Near] {
        var nearest: [UInt32: Double] = [:]
        guard !segments.isEmpty else { return [] }
        let search = Search(place, in: self)
        let columns = search.columns(reach: metres)
        let rows = search.rows(reach: metres)
        for row in rows { for column in columns { search.measure(column, row, &nearest) } }
        return Self.ordered(nearest.filter { $0.value <= metres })
    }

    /// The nearest owners, found by widening the search square by square; at most `count`, none further than `reach` metres.
    func nearest(to place: Coordinate, reach: Double, count: Int) -> [Near] {
        guard !segments.isEmpty else { return [] }
        let search = Search(place, in: self)
        var nearest: [UInt32: Double] = [:]
        var ring = 0
        while true {
            search.forEachSquare(ring: ring) { search.measure($0, $1, &nearest) }
            let sure = search.surelySeen(ring: ring)
            let best = nearest.values.min() ?? .infinity
            if best <= sure || sure > reach {
                return Array(Self.ordered(nearest.filter { $0.value <= min(sure, reach) }).prefix(count))
            }
            ring += 1
        }
    }

    /// In whole centimetres: more would be a promise the data don't keep, and ties are ties on every machine.
    private static func ordered(_ nearest: [UInt32: Double]) -> [Near] {
        nearest.map { Near(owner: $0.key, metres: ($0.value * 100).rounded() / 100) }.sorted {
            ($0.metres, $0.owner) < ($1.metres, $1.owner)
        }
    }
}

extension SegmentGrid {
    /// One search: the place in the grid's units and the scale of the ground around it.
    private struct Search {
        let grid: SegmentGrid
        let x: Double
        let y: Double
        let column: Int
        let row: Int
        let metresPerX: Double
        let metresPerY: Double

        init(_ place: Coordinate, in grid: SegmentGrid) {
            self.grid = grid
            let scale = GroundScale(around: place)
            metresPerX = scale.metresPerLongitudeNano * Double(unit)
            metresPerY = scale.metresPerLatitudeNano * Double(unit)
            x = Double(place.longitudeNano) / Double(unit) - Double(grid.originX)
            y = Double(place.latitudeNano) / Double(unit) - Double(grid.originY)
            column = Int(x.rounded(.down)) >> Int(grid.walk.shift)
            row = Int(y.rounded(.down)) >> Int(grid.walk.shift)
        }

        func columns(reach: Double) -> Range<Int> {
            range(from: x - reach / metresPerX - 1, to: x + reach / metresPerX + 1, count: grid.walk.columns)
        }

        func rows(reach: Double) -> Range<Int> {
            range(from: y - reach / metresPerY - 1, to: y + reach / metresPerY + 1, count: grid.walk.rows)
        }

        private func range(from: Double, to: Double, count: Int) -> Range<Int> {
            let size = Double(Int64(1) << grid.walk.shift)
            let first = max((from / size).rounded(.down), 0)
            let last = min((to / size).rounded(.down), Double(count - 1))
            return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
        }

        /// The squares exactly `ring` squares from the place's own, those of the grid.
        func forEachSquare(ring: Int, _ body: (Int, Int) -> Void) {
            for row in max(row - ring, 0)..<max(min(row + ring + 1, grid.walk.rows), max(row - ring, 0)) {
                let isEnd = row == self.row - ring || row == self.row + ring
                let step = isEnd || ring == 0 ? 1 : 2 * ring
                var column = self.column - ring
                while column <= self.column + ring {
                    if column >= 0, column < grid.walk.columns { body(column, row) }
                    column += step
                }
            }
        }

        /// Metres within which every segment has been met once the rings up to this one are done.
        func surelySeen(ring: Int) -> Double {
            let size = Double(Int64(1) << grid.walk.shift)
            let left = x - Double(column - ring) * size
            let right = Double(column + ring + 1) * size - x
            let below = y - Double(row - ring) * size
            let above = Double(row + ring + 1) * size - y
            return min(min(left, right) * metresPerX, min(below, above) * metresPerY)
        }

        func measure(_ column: Int, _ row: Int, _ nearest: inout [UInt32: Double]) {
            let square = row * grid.walk.columns + column
            for index in Int(grid.starts[square])..<Int(grid.starts[square + 1]) {
                let segment = grid.segments[Int(grid.listed[index])]
                let ax = (Double(Int64(segment.ax) - grid.originX) - x) * metresPerX
                let ay = (Double(Int64(segment.ay) - grid.originY) - y) * metresPerY
                let bx = (Double(Int64(segment.bx) - grid.originX) - x) * metresPerX
                let by = (Double(Int64(segment.by) - grid.originY) - y) * metresPerY
                let (dx, dy) = (bx - ax, by - ay)
                let length = dx * dx + dy * dy
                let along = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
                let (fx, fy) = (ax + along * dx, ay + along * dy)
                let metres = (fx * fx + fy * fy).squareRoot()
                if metres < nearest[segment.owner] ?? .infinity { nearest[segment.owner] = metres }
            }
        }
    }
}
