import Domain

/// Makes a shape one that look-ups can rely on, and tells what was wrong with it.
struct GeometryRepair {
    /// What became of a shape.
    enum Outcome {
        /// Nothing was wrong.
        case sound(AreaGeometry)
        /// It was mended; the notes say how.
        case mended(AreaGeometry, reason: String, place: Coordinate?)
        /// It encloses nothing.
        case empty(String)
    }

    private let engine: GeometryEngine

    init() throws(GeometryFault) { engine = try GeometryEngine() }

    /// Closes rings, drops repeated vertices and rings without surface, and lets GEOS resolve self-crossings.
    func callAsFunction(_ given: AreaGeometry) throws(GeometryFault) -> Outcome {
        var notes: [String] = []
        let tidy = tidied(given, &notes)
        guard !tidy.polygons.isEmpty else { return .empty("no ring has four positions") }
        var shape = try engine.shape(of: tidy)
        guard let first = try shape.invalidity() else {
            guard !notes.isEmpty else { return .sound(tidy) }
            return .mended(tidy, reason: notes.joined(separator: "; "), place: nil)
        }
        notes.append(first.reason)
        var mended = tidy
        // Rounding a new crossing to a billionth of a degree can make a new, tinier one; it settles at once or at the second try.
        for _ in 0..<4 {
            mended = tidied(try shape.madeValid().geometry())
            guard !mended.polygons.isEmpty else {
                return .empty("nothing is left of it after repair (\(first.reason))")
            }
            shape = try engine.shape(of: mended)
            if try shape.invalidity() == nil { break }
        }
        if let still = try shape.invalidity() { throw GeometryFault(reason: "it stays invalid: \(still.reason)") }
        return .mended(mended, reason: notes.joined(separator: "; "), place: first.place)
    }

    private func tidied(_ geometry: AreaGeometry) -> AreaGeometry {
        var ignored: [String] = []
        return tidied(geometry, &ignored)
    }

    private func tidied(_ geometry: AreaGeometry, _ notes: inout [String]) -> AreaGeometry {
        var polygons: [AreaGeometry.Polygon] = []
        var unclosed = 0
        var repeated = 0
        var collapsed = 0
        for polygon in geometry.polygons {
            var rings: [AreaGeometry.Ring] = []
            for (index, given) in polygon.rings.enumerated() {
                var ring: AreaGeometry.Ring = []
                ring.reserveCapacity(given.count)
                for vertex in given { if vertex == ring.last { repeated += 1 } else { ring.append(vertex) } }
                if let first = ring.first, ring.last != first {
                    unclosed += 1
                    ring.append(first)
                }
                if ring.count >= 4 {
                    rings.append(ring)
                } else {
                    collapsed += 1
                    // Without its outline a polygon's holes mean nothing.
                    if index == 0 { break }
                }
            }
            if !rings.isEmpty { polygons.append(AreaGeometry.Polygon(rings: rings)) }
        }
        if unclosed > 0 { notes.append("\(unclosed) ring(s) not closed") }
        if repeated > 0 { notes.append("\(repeated) vertex or vertices repeated in a row") }
        if collapsed > 0 { notes.append("\(collapsed) ring(s) of fewer than four positions") }
        return AreaGeometry(polygons: polygons)
    }
}
