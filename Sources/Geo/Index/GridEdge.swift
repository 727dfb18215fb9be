/// One straight piece of a border in billionths of a degree, written upward: `ay <= by`, and `ax <= bx` when it is level.
struct GridEdge {
    var ax: Int64
    var ay: Int64
    var bx: Int64
    var by: Int64
    /// Which area it bounds, or which road it belongs to.
    var owner: UInt32

    @inline(__always)
    init(_ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64, owner: UInt32) {
        if y1 < y2 || (y1 == y2 && x1 <= x2) {
            (ax, ay, bx, by) = (x1, y1, x2, y2)
        } else {
            (ax, ay, bx, by) = (x2, y2, x1, y1)
        }
        self.owner = owner
    }

    /// The same edge with another origin.
    @inline(__always)
    func moved(_ x: Int64, _ y: Int64) -> GridEdge {
        var edge = self
        edge.ax -= x
        edge.bx -= x
        edge.ay -= y
        edge.by -= y
        return edge
    }

    /// Whether a row at `y` is crossed: the lower end counts, the upper does not, so a vertex between two edges counts once.
    @inline(__always)
    func crosses(row y: Int64) -> Bool { ay <= y && y < by }

    /// Twice the signed surface of edge and point: negative right of the edge, zero on its line.
    @inline(__always)
    func side(_ x: Int64, _ y: Int64) -> Int {
        let (dx, dy, px, py) = (bx - ax, by - ay, x - ax, y - ay)
        let limit: Int64 = 1 << 31
        if dx.magnitude < limit, dy < limit, px.magnitude < limit, py.magnitude < limit {
            return (dx * py - dy * px).signum().asInt
        }
        return Int((Int128(dx) * Int128(py) - Int128(dy) * Int128(px)).signum())
    }

    /// Whole part, rounded down, of the place where the row at `y` is crossed.
    ///
    /// Only for a row that the edge crosses.
    @inline(__always)
    func crossing(row y: Int64) -> Int64 {
        let (dx, dy, py) = (bx - ax, by - ay, y - ay)
        let limit: Int64 = 1 << 31
        if dx.magnitude < limit, py < limit {
            let product = dx * py
            let quotient = product / dy
            return ax + (product < 0 && quotient * dy != product ? quotient - 1 : quotient)
        }
        let product = Int128(dx) * Int128(py)
        let quotient = product / Int128(dy)
        return ax + Int64(product < 0 && quotient * Int128(dy) != product ? quotient - 1 : quotient)
    }
}

extension Int64 {
    @inline(__always)
    fileprivate var asInt: Int { Int(self) }
}

/// A grid of squares over edges whose origin is the grid's corner; tells which squares an edge may touch.
struct GridWalk {
    let columns: Int
    let rows: Int
    /// Squares are `1 << shift` units wide.
    let shift: Int64

    /// Calls the body for every square the edge touches; now and then for one beside it, never for one too few.
    @inline(__always)
    func forEachSquare(_ edge: GridEdge, _ body: (_ column: Int, _ row: Int) -> Void) {
        let left = Swift.min(edge.ax, edge.bx)
        let right = Swift.max(edge.ax, edge.bx)
        let lowRow = Swift.max(Int(edge.ay >> shift), 0)
        let highRow = Swift.min(Int(edge.by >> shift), rows - 1)
        let lowColumn = Swift.max(Int(left >> shift), 0)
        let highColumn = Swift.min(Int(right >> shift), columns - 1)
        guard lowRow <= highRow, lowColumn <= highColumn else { return }
        if lowColumn == highColumn || lowRow == highRow {
            for row in lowRow...highRow {
                for column in lowColumn...highColumn { body(column, row) }
            }
            return
        }
        let slope = Double(edge.bx - edge.ax) / Double(edge.by - edge.ay)
        for row in lowRow...highRow {
            let bottom = Swift.max(Int64(row) << shift, edge.ay)
            let top = Swift.min(Int64(row + 1) << shift, edge.by)
            let x1 = Double(edge.ax) + slope * Double(bottom - edge.ay)
            let x2 = Double(edge.ax) + slope * Double(top - edge.ay)
            // Two units of room: a double is off by far less than one.
            let from = Swift.max(Int64(Swift.min(x1, x2)) - 2, left)
            let to = Swift.min(Int64(Swift.max(x1, x2)) + 2, right)
            let first = Swift.max(Int(from >> shift), 0)
            let last = Swift.min(Int(to >> shift), columns - 1)
            guard first <= last else { continue }
            for column in first...last { body(column, row) }
        }
    }
}
