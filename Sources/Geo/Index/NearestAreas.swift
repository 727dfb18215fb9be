/// The least distance to each area met so far, while the nearest are looked for.
struct NearestAreas {
    /// An area and the metres to its border.
    struct Near: Equatable {
        let owner: UInt32
        /// In whole centimetres: more would be a promise the data don't keep, and ties are ties on every machine.
        let metres: Double
    }

    /// An area and the square metres to the nearest piece of its border met so far.
    private struct Met {
        let owner: UInt32
        var square: Double
    }

    private var met: [Met] = []
    private var best = Double.infinity
    private var reach = 0.0
    private var slack = 0.0

    /// Square metres beyond which nothing is wanted any more.
    private(set) var limit = 0.0

    /// Begins a search; see ``BorderTree/find(near:reach:slack:into:)``.
    mutating func begin(reach: Double, slack: Double) {
        met.removeAll(keepingCapacity: true)
        best = .infinity
        self.reach = reach
        // Two that round to the same centimetre are equally near, and the smaller number comes first.
        self.slack = slack + 0.02
        limit = reach * reach
    }

    /// Notes an area at a distance of so many square metres.
    mutating func note(_ owner: UInt32, square: Double) {
        if square < best {
            best = square
            let furthest = min(square.squareRoot() + slack, reach)
            limit = furthest * furthest
        }
        // A place has few areas around it.
        for index in met.indices where met[index].owner == owner {
            met[index].square = min(met[index].square, square)
            return
        }
        met.append(Met(owner: owner, square: square))
    }

    /// The nearest; ties go to the smaller number.
    var first: Near? {
        var first: Near?
        for area in met {
            let near = Near(owner: area.owner, metres: Self.metres(area.square))
            if let known = first, (known.metres, known.owner) < (near.metres, near.owner) { continue }
            first = near
        }
        return first
    }

    /// All within reach and slack, the nearest first, ties by number.
    var ordered: [Near] {
        let furthest = min(best.squareRoot() + slack, reach)
        return met.lazy.filter { $0.square <= furthest * furthest }
            .map { Near(owner: $0.owner, metres: Self.metres($0.square)) }
            .sorted { ($0.metres, $0.owner) < ($1.metres, $1.owner) }
    }

    private static func metres(_ square: Double) -> Double { (square.squareRoot() * 100).rounded() / 100 }
}
