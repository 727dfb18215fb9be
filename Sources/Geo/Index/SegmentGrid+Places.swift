import Domain

extension SegmentGrid {
    /// Places on every line that passes through a box: where it enters and leaves, its bends, and others no further apart than so many metres.
    ///
    /// Goes through all lines; for questions about an area, which are few, not about a place.
    func places(in box: CoordinateBox, every metres: Double) -> [(owner: UInt32, place: Coordinate)] {
        func units(_ nano: Int64) -> Double { Double(nano) / Double(Self.unit) }
        let (west, east) = (units(box.west), units(box.east))
        let (south, north) = (units(box.south), units(box.north))
        let scale = GroundScale(
            around: Coordinate(
                trustedLatitudeNano: (box.south + box.north) / 2,
                longitudeNano: (box.west + box.east) / 2
            )
        )
        let metresPerX = scale.metresPerLongitudeNano * Double(Self.unit)
        let metresPerY = scale.metresPerLatitudeNano * Double(Self.unit)
        var found: [(owner: UInt32, place: Coordinate)] = []
        for segment in segments {
            let (ax, ay) = (Double(segment.ax), Double(segment.ay))
            let (dx, dy) = (Double(segment.bx) - ax, Double(segment.by) - ay)
            guard let x = Self.span(ax, dx, from: west, to: east), let y = Self.span(ay, dy, from: south, to: north)
            else { continue }
            let (first, last) = (max(x.lowerBound, y.lowerBound), min(x.upperBound, y.upperBound))
            guard first <= last else { continue }
            let (lengthX, lengthY) = (dx * metresPerX, dy * metresPerY)
            let length = (lengthX * lengthX + lengthY * lengthY).squareRoot() * (last - first)
            let steps = max(1, Int((length / metres).rounded(.up)))
            for step in 0...steps {
                let along = first + (last - first) * Double(step) / Double(steps)
                found.append(
                    (
                        segment.owner,
                        Coordinate(
                            trustedLatitudeNano: Int64((ay + dy * along).rounded()) * Self.unit,
                            longitudeNano: Int64((ax + dx * along).rounded()) * Self.unit
                        )
                    )
                )
            }
        }
        return found
    }

    /// The shares of a way from `start` by `length` that lie between two bounds; nil when none does.
    private static func span(_ start: Double, _ length: Double, from low: Double, to high: Double) -> ClosedRange<
        Double
    >? {
        guard length != 0 else { return low <= start && start <= high ? 0...1 : nil }
        let (one, other) = ((low - start) / length, (high - start) / length)
        let (first, last) = (max(min(one, other), 0), min(max(one, other), 1))
        return first <= last ? first...last : nil
    }
}
