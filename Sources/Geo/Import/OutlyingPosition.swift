import Domain

/// One position of a shape far from all its others: a swapped pair or a lost digit among thousands of sound ones.
struct OutlyingPosition {
    let code: ImportFinding.Code
    let fault: String
    let expected: String

    /// Looks only at shapes wider than a region, so that ordinary ones cost two comparisons a vertex.
    init?(in positions: [Coordinate]) {
        guard positions.count >= 4, let first = positions.first else { return nil }
        var box = CoordinateBox(first)
        for position in positions { box.include(position) }
        let wide: Int64 = 10_000_000_000
        guard box.north - box.south > wide || box.east - box.west > wide else { return nil }
        let middle = Coordinate(
            trustedLatitudeNano: positions.map(\.latitudeNano).sorted()[positions.count / 2],
            longitudeNano: positions.map(\.longitudeNano).sorted()[positions.count / 2]
        )
        func distance(_ position: Coordinate) -> Int64 {
            max(
                abs(position.latitudeNano - middle.latitudeNano),
                abs(position.longitudeNano - middle.longitudeNano)
            )
        }
        let far = positions.indices.filter { distance(positions[$0]) > wide }
        // A ring repeats its first vertex, so one stray corner may count twice; more than that is the shape itself.
        guard !far.isEmpty, far.count <= max(2, positions.count / 50),
            positions.indices.allSatisfy({ far.contains($0) || distance(positions[$0]) < wide / 2 })
        else { return nil }
        let stray = positions[far[0]]
        let kilometres = Int(PlacementCheck.metres(stray, middle) / 1_000)
        let turned = Coordinate(trustedLatitudeNano: stray.longitudeNano, longitudeNano: stray.latitudeNano)
        let isSwapped = stray.longitudeNano.magnitude <= 90_000_000_000 && distance(turned) < wide / 2
        code = isSwapped ? .swapped : .misplaced
        fault =
            "position \(far[0] + 1) of \(positions.count), \(stray), lies \(kilometres) km from the others"
            + (isSwapped ? ": latitude and longitude look swapped" : "")
        expected = isSwapped ? "longitude first, then latitude" : "a position near \(middle)"
    }
}
