import Domain

extension ImportSession {
    /// Makes an area's shape valid and notes what was mended; false after a complaint when nothing usable is left.
    mutating func mend(_ area: inout BoundaryFeature, at origin: FeatureOrigin, with repair: GeometryRepair) -> Bool {
        do {
            switch try repair(area.geometry) {
            case .sound(let geometry): area.geometry = geometry
            case .mended(let geometry, let reason, let place):
                report.repairs.append(
                    ImportRepair(
                        feature: origin.number,
                        layer: area.layer,
                        id: area.id,
                        reason: reason,
                        place: place,
                        squareMetresBefore: area.geometry.squareMetres,
                        squareMetresAfter: geometry.squareMetres,
                        verticesBefore: area.geometry.vertexCount,
                        verticesAfter: geometry.vertexCount
                    )
                )
                area.geometry = geometry
            case .empty(let reason):
                note(
                    .error,
                    .empty,
                    at: origin,
                    id: area.id.rawValue,
                    reason,
                    expected: "a ring of at least four positions around some surface"
                )
                return false
            }
        } catch {
            note(.error, .invalid, at: origin, id: area.id.rawValue, error.reason)
            return false
        }
        return isOfSensibleSize(area, at: origin)
    }

    private mutating func isOfSensibleSize(_ area: BoundaryFeature, at origin: FeatureOrigin) -> Bool {
        if let box = area.geometry.box, box.squareMetres < 1 {
            note(
                .error,
                .empty,
                at: origin,
                id: area.id.rawValue,
                "the polygon fits into less than a square metre at \(box.centre)",
                expected: "an area people live in; look for a wrong coordinate system"
            )
            return false
        }
        // Measured only where the box around it is large enough for the doubt; half a hemisphere is beyond doubt.
        guard let box = area.geometry.box, box.squareMetres > BoundaryImport.enormous else { return true }
        let isBeyondDoubt = box.squareMetres > 6 * BoundaryImport.enormous
        let surface = isBeyondDoubt ? box.squareMetres : area.geometry.squareMetres
        guard surface > BoundaryImport.enormous else { return true }
        note(
            .error,
            .enormous,
            at: origin,
            id: area.id.rawValue,
            "the polygon covers \(Int(surface / 1e6)) km²",
            expected: "at most \(Int(BoundaryImport.enormous / 1e6)) km²; look for a swapped or missing digit"
        )
        return false
    }
}
