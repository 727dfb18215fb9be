import Domain

/// The borders of one layer in a tree of boxes, to find the nearest areas of a place that none covers.
///
/// Eight pieces of border make a leaf, eight boxes a box above them. Coordinates are kept to a centimetre (1e-7 degree): this measures metres and
/// decides nothing about borders.
struct BorderTree {
    /// One piece of a border, in units of 1e-7 degree.
    struct Piece {
        var ax: Int32
        var ay: Int32
        var bx: Int32
        var by: Int32
        var owner: UInt32
    }

    /// A box around pieces or boxes.
    struct Box {
        var west: Int32
        var south: Int32
        var east: Int32
        var north: Int32
    }

    /// Boxes in a box, and pieces in a leaf.
    static let branches = 8
    fileprivate static let unit: Int64 = 100

    /// Valid while the ``IndexMemory`` they point into lives.
    private let pieces: UnsafeBufferPointer<Piece>
    private let boxes: UnsafeBufferPointer<Box>
    /// Where the boxes of each level begin, the leaves first.
    private let levels: [Int]

    /// A tree over memory that ``BorderTreeBuilder`` filled; nil when the sizes don't belong together.
    init?(pieces: UnsafeBufferPointer<Piece>, boxes: UnsafeBufferPointer<Box>) {
        let levels = Self.levels(pieces: pieces.count)
        guard boxes.count == levels.last else { return nil }
        self.pieces = pieces
        self.boxes = boxes
        self.levels = levels.dropLast()
    }

    /// Where the boxes of each level begin, and where the last ends.
    static func levels(pieces: Int) -> [Int] {
        var starts = [0]
        var count = pieces
        while count > 1 || (count == 1 && starts.count == 1) {
            count = (count + branches - 1) / branches
            starts.append((starts.last ?? 0) + count)
        }
        return starts
    }

    /// Finds the areas near a place.
    ///
    /// - Parameters:
    ///   - reach: None further than this, in metres.
    ///   - slack: Besides the nearest, those no more than so many metres further.
    ///   - found: Emptied first; its memory is used again.
    func find(near place: Coordinate, reach: Double, slack: Double, into found: inout NearestAreas) {
        found.begin(reach: reach, slack: slack)
        guard !levels.isEmpty else { return }
        let eye = Eye(place)
        // The depth of a tree is the logarithm of its size: 2^32 pieces have eleven levels.
        withUnsafeTemporaryAllocation(of: Waiting.self, capacity: 16 * Self.branches) { stack in
            var count = 1
            stack[0] = Waiting(level: levels.count - 1, box: 0, square: 0)
            while count > 0 {
                count -= 1
                let next = stack[count]
                if next.square > found.limit { continue }
                if next.level == 0 {
                    measure(leaf: next.box, eye, &found)
                } else {
                    push(childrenOf: next, eye, found.limit, stack, &count)
                }
            }
        }
    }

    /// A box that may still hold something near.
    private struct Waiting {
        let level: Int
        let box: Int
        let square: Double
    }

    /// Puts the boxes of a box on the stack, the nearest on top.
    @inline(__always)
    private func push(
        childrenOf parent: Waiting,
        _ eye: Eye,
        _ limit: Double,
        _ stack: UnsafeMutableBufferPointer<Waiting>,
        _ count: inout Int
    ) {
        let level = parent.level - 1
        let start = levels[level]
        let first = parent.box * Self.branches
        let bottom = count
        for box in first..<min(first + Self.branches, levels[level + 1] - start) {
            let square = eye.square(to: boxes[start + box])
            guard square <= limit else { continue }
            var position = count
            while position > bottom, stack[position - 1].square < square {
                stack[position] = stack[position - 1]
                position -= 1
            }
            stack[position] = Waiting(level: level, box: box, square: square)
            count += 1
        }
    }

    @inline(__always)
    private func measure(leaf: Int, _ eye: Eye, _ found: inout NearestAreas) {
        let first = leaf * Self.branches
        for number in first..<min(first + Self.branches, pieces.count) {
            let piece = pieces[number]
            let square = eye.square(to: piece)
            if square <= found.limit { found.note(piece.owner, square: square) }
        }
    }
}

/// A place to measure from, with the scale of the ground around it.
private struct Eye {
    private let x: Double
    private let y: Double
    private let metresPerX: Double
    private let metresPerY: Double

    init(_ place: Coordinate) {
        let scale = GroundScale(around: place)
        let unit = Double(BorderTree.unit)
        metresPerX = scale.metresPerLongitudeNano * unit
        metresPerY = scale.metresPerLatitudeNano * unit
        x = Double(place.longitudeNano) / unit
        y = Double(place.latitudeNano) / unit
    }

    /// Square metres of the distance to a box; 0 inside.
    @inline(__always)
    func square(to box: BorderTree.Box) -> Double {
        let dx = max(Double(box.west) - x, x - Double(box.east), 0) * metresPerX
        let dy = max(Double(box.south) - y, y - Double(box.north), 0) * metresPerY
        return dx * dx + dy * dy
    }

    @inline(__always)
    func square(to piece: BorderTree.Piece) -> Double {
        let ax = (Double(piece.ax) - x) * metresPerX
        let ay = (Double(piece.ay) - y) * metresPerY
        let bx = (Double(piece.bx) - x) * metresPerX
        let by = (Double(piece.by) - y) * metresPerY
        let (dx, dy) = (bx - ax, by - ay)
        let length = dx * dx + dy * dy
        let along = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
        let (fx, fy) = (ax + along * dx, ay + along * dy)
        return fx * fx + fy * fy
    }
}
