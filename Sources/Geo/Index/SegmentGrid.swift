import Domain

/// Line segments in a grid, to find the nearest within some distance: borders for gaps, centrelines for roads.
///
/// Coordinates are kept to a centimetre (1e-7 degree): this measures metres and decides nothing about borders.
struct SegmentGrid: Sendable {
    struct Segment {
        let ax: Int32
        let ay: Int32
        let bx: Int32
        let by: Int32
        let owner: UInt32
    }

    /// An owner, the metres to its nearest segment, and which segment that is.
    struct Near: Sendable {
        let owner: UInt32
        let metres: Double
        let segment: UInt32
    }

    static let unit: Int64 = 100
    /// Squares of 2^16 units, about 730 m of latitude.
    private static let smallestShift: Int64 = 16

    var segments: [Segment] = []
    var originX: Int64 = 0
    var originY: Int64 = 0
    var walk = GridWalk(columns: 0, rows: 0, shift: smallestShift)
    var starts: [UInt32] = []
    var listed: [UInt32] = []
    var empty: [UInt8] = []
    /// For each segment, metres from the first vertex of its owner's first line to its own start; empty when nobody asks for it.
    private var measures: [Float] = []

    /// Bytes held.
    var byteCount: Int {
        segments.count * MemoryLayout<Segment>.stride + (starts.count + listed.count) * MemoryLayout<UInt32>.stride
            + empty.count + measures.count * MemoryLayout<Float>.stride
    }

    /// Puts lines into a grid.
    ///
    /// - Parameters:
    ///   - lines: Lines with the number of their owner, those of one owner one after the other; one position alone is a point.
    ///   - isMeasured: Whether ``metresAlong(_:of:)`` will be asked.
    ///   - finest: Squares are at least `1 << finest` units wide; the usual 16 is about 730 m of latitude.
    init(
        _ lines: some Sequence<(owner: UInt32, line: [Coordinate])>,
        isMeasured: Bool = false,
        finest: Int64 = smallestShift
    ) {
        var box: (west: Int64, south: Int64, east: Int64, north: Int64)?
        var measured: (owner: UInt32, metres: Double) = (0, 0)
        for (owner, line) in lines {
            let isPoint = line.count == 1
            for (from, to) in zip(line, isPoint ? line[...] : line.dropFirst()) where isPoint || from != to {
                if isMeasured {
                    if measured.owner != owner { measured = (owner, 0) }
                    measures.append(Float(measured.metres))
                    measured.metres += GroundScale(around: from).metres(from: from, to: to)
                }
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
        var shift = finest
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
        empty = emptyRings()
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

    /// For each square, how many rings of squares around it are empty; 0 where a segment passes, at most 255.
    private func emptyRings() -> [UInt8] {
        var rings = (0..<walk.columns * walk.rows).map { starts[$0] < starts[$0 + 1] ? 0 : UInt8.max }
        func lower(_ square: Int, _ column: Int, _ row: Int) {
            guard column >= 0, column < walk.columns, row >= 0, row < walk.rows else { return }
            let other = rings[row * walk.columns + column]
            if other < UInt8.max { rings[square] = Swift.min(rings[square], other + 1) }
        }
        // Two sweeps, each looking at the neighbours already swept.
        for row in 0..<walk.rows {
            for column in 0..<walk.columns {
                let square = row * walk.columns + column
                for (x, y) in [(-1, -1), (0, -1), (1, -1), (-1, 0)] { lower(square, column + x, row + y) }
            }
        }
        for row in (0..<walk.rows).reversed() {
            for column in (0..<walk.columns).reversed() {
                let square = row * walk.columns + column
                for (x, y) in [(1, 1), (0, 1), (-1, 1), (1, 0)] { lower(square, column + x, row + y) }
            }
        }
        return rings
    }

    /// Owners with a segment within a distance, nearest first, ties by number.
    func within(_ metres: Double, of place: Coordinate) -> [Near] {
        guard !segments.isEmpty else { return [] }
        let search = SegmentSearch(place, in: self)
        var nearest = NearestOwners()
        search.measure(columns: search.columns(reach: metres), rows: search.rows(reach: metres), &nearest)
        return nearest.ordered(within: metres)
    }

    /// Metres along an owner's lines, in their stated direction, to the point of them that is nearest to a place.
    ///
    /// - Parameter near: What a look-up at this very place answered.
    func metresAlong(_ near: Near, of place: Coordinate) -> Double? {
        let number = Int(near.segment)
        guard measures.indices.contains(number) else { return nil }
        return Double(measures[number]) + SegmentSearch(place, in: self).foot(on: segments[number]).metresAlong
    }

    /// Metres of all lines of each owner, by its number; zero for those without any.
    ///
    /// - Parameter count: One more than the greatest number.
    func lengths(count: Int) -> [Double] {
        var lengths = [Double](repeating: 0, count: count)
        for (segment, measure) in zip(segments, measures) {
            func place(_ x: Int32, _ y: Int32) -> Coordinate {
                Coordinate(trustedLatitudeNano: Int64(y) * Self.unit, longitudeNano: Int64(x) * Self.unit)
            }
            let (from, to) = (place(segment.ax, segment.ay), place(segment.bx, segment.by))
            let end = Double(measure) + GroundScale(around: from).metres(from: from, to: to)
            lengths[Int(segment.owner)] = max(lengths[Int(segment.owner)], end)
        }
        return lengths
    }

    /// The nearest owners, found by widening the search square by square; at most `count`, none further than `reach` metres.
    func nearest(to place: Coordinate, reach: Double, count: Int) -> [Near] {
        guard !segments.isEmpty else { return [] }
        let search = SegmentSearch(place, in: self)
        var nearest = NearestOwners()
        var ring = search.firstRing
        while true {
            search.measure(ring: ring, limit: nearest.best, &nearest)
            let sure = search.surelySeen(ring: ring)
            if nearest.best <= sure || sure > reach {
                return Array(nearest.ordered(within: min(sure, reach)).prefix(count))
            }
            ring += 1
        }
    }
}
