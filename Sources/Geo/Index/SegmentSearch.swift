import Domain

/// The least distance to each owner met so far.
struct NearestOwners {
    private var owners: [UInt32] = []
    private var squares: [Double] = []
    private var segments: [UInt32] = []
    private var bestSquare = Double.infinity

    /// Metres to the nearest of all.
    var best: Double { bestSquare.squareRoot() }

    @inline(__always)
    mutating func note(_ owner: UInt32, square: Double, segment: UInt32) {
        if square < bestSquare { bestSquare = square }
        // A place has few areas or roads around it.
        if let index = owners.firstIndex(of: owner) {
            if square < squares[index] { (squares[index], segments[index]) = (square, segment) }
        } else {
            owners.append(owner)
            squares.append(square)
            segments.append(segment)
        }
    }

    /// In whole centimetres: more would be a promise the data don't keep, and ties are ties on every machine.
    func ordered(within metres: Double) -> [SegmentGrid.Near] {
        owners.indices.lazy.map { (owner: owners[$0], metres: squares[$0].squareRoot(), segment: segments[$0]) }
            .filter { $0.metres <= metres }
            .map { SegmentGrid.Near(owner: $0.owner, metres: ($0.metres * 100).rounded() / 100, segment: $0.segment) }
            .sorted { ($0.metres, $0.owner) < ($1.metres, $1.owner) }
    }
}

/// One search: the place in the grid's units and the scale of the ground around it.
struct SegmentSearch {
    private let grid: SegmentGrid
    private let x: Double
    private let y: Double
    private let column: Int
    private let row: Int
    private let size: Double
    private let metresPerX: Double
    private let metresPerY: Double

    init(_ place: Coordinate, in grid: SegmentGrid) {
        self.grid = grid
        let scale = GroundScale(around: place)
        metresPerX = scale.metresPerLongitudeNano * Double(SegmentGrid.unit)
        metresPerY = scale.metresPerLatitudeNano * Double(SegmentGrid.unit)
        size = Double(Int64(1) << grid.walk.shift)
        x = Double(place.longitudeNano) / Double(SegmentGrid.unit) - Double(grid.originX)
        y = Double(place.latitudeNano) / Double(SegmentGrid.unit) - Double(grid.originY)
        column = Int((x / size).rounded(.down))
        row = Int((y / size).rounded(.down))
    }

    /// The first ring of squares around the place's own that may hold a segment.
    var firstRing: Int {
        let walk = grid.walk
        let outside = max(-column, column - walk.columns + 1, -row, row - walk.rows + 1, 0)
        guard outside == 0 else { return outside }
        return Int(grid.empty[row * walk.columns + column])
    }

    func columns(reach: Double) -> Range<Int> { range(x, reach / metresPerX + 1, count: grid.walk.columns) }

    func rows(reach: Double) -> Range<Int> { range(y, reach / metresPerY + 1, count: grid.walk.rows) }

    private func range(_ middle: Double, _ reach: Double, count: Int) -> Range<Int> {
        let first = max(((middle - reach) / size).rounded(.down), 0)
        let last = min(((middle + reach) / size).rounded(.down), Double(count - 1))
        return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
    }

    /// Measures the squares exactly `ring` squares from the place's own, as far as they lie within the limit.
    func measure(ring: Int, limit: Double, _ nearest: inout NearestOwners) {
        let columns = columns(reach: limit).clamped(to: column - ring..<column + ring + 1)
        for row in rows(reach: limit).clamped(to: row - ring..<row + ring + 1) {
            if row == self.row - ring || row == self.row + ring {
                measure(columns: columns, rows: row..<row + 1, &nearest)
            } else {
                for column in [column - ring, column + ring] where columns.contains(column) {
                    measure(columns: column..<column + 1, rows: row..<row + 1, &nearest)
                }
            }
        }
    }

    /// Metres within which every segment has been met once the rings up to this one are done.
    func surelySeen(ring: Int) -> Double {
        let left = x - Double(column - ring) * size
        let right = Double(column + ring + 1) * size - x
        let below = y - Double(row - ring) * size
        let above = Double(row + ring + 1) * size - y
        return min(min(left, right) * metresPerX, min(below, above) * metresPerY)
    }

    func measure(columns: Range<Int>, rows: Range<Int>, _ nearest: inout NearestOwners) {
        guard !columns.isEmpty else { return }
        for row in rows {
            // The squares of a row lie one after the other, and so do their segments.
            let first = row * grid.walk.columns + columns.lowerBound
            let last = row * grid.walk.columns + columns.upperBound
            for index in Int(grid.starts[first])..<Int(grid.starts[last]) {
                let number = grid.listed[index]
                let segment = grid.segments[Int(number)]
                nearest.note(segment.owner, square: foot(on: segment).square, segment: number)
            }
        }
    }

    /// The point of a segment nearest to the place: its squared distance, and metres to it from the segment's start.
    @inline(__always)
    func foot(on segment: SegmentGrid.Segment) -> (square: Double, metresAlong: Double) {
        let ax = (Double(Int64(segment.ax) - grid.originX) - x) * metresPerX
        let ay = (Double(Int64(segment.ay) - grid.originY) - y) * metresPerY
        let bx = (Double(Int64(segment.bx) - grid.originX) - x) * metresPerX
        let by = (Double(Int64(segment.by) - grid.originY) - y) * metresPerY
        let (dx, dy) = (bx - ax, by - ay)
        let length = dx * dx + dy * dy
        let along = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
        let (fx, fy) = (ax + along * dx, ay + along * dy)
        return (fx * fx + fy * fy, along * length.squareRoot())
    }
}
