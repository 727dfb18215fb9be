import Domain

/// What areas and roads have in common while a file is read: the report, and the checks that need nothing but positions.
struct ImportSession {
    var report: ImportReport
    private let limit: Int

    init(source: String, findingLimit: Int) {
        report = ImportReport(source: source)
        limit = findingLimit
    }

    mutating func note(
        _ severity: ImportFinding.Severity,
        _ code: ImportFinding.Code,
        feature: Int? = nil,
        line: Int? = nil,
        id: String? = nil,
        _ fault: String,
        expected: String = ""
    ) {
        report.add(
            ImportFinding(
                severity: severity,
                code: code,
                feature: feature,
                line: line,
                id: id,
                fault: fault,
                expected: expected
            ),
            limit: limit
        )
    }

    /// Refuses a geometry with a position off the earth; says so when swapping or projecting would explain it.
    mutating func isOnEarth(_ geometry: ParsedGeometry, feature: Int?, line: Int, id: String?) -> Bool {
        guard let position = geometry.firstOffEarth else { return true }
        let latitude = position.latitudeNano
        let longitude = position.longitudeNano
        let shown = "[\(Self.shown(longitude)), \(Self.shown(latitude))]"
        if latitude.magnitude <= 180_000_000_000, longitude.magnitude <= 90_000_000_000 {
            note(
                .error,
                .swapped,
                feature: feature,
                line: line,
                id: id,
                "position \(shown) has latitude and longitude swapped",
                expected: "longitude first, then latitude"
            )
        } else if latitude.magnitude > 1_000_000_000_000 || longitude.magnitude > 1_000_000_000_000 {
            note(
                .error,
                .coordinateSystem,
                feature: feature,
                line: line,
                id: id,
                "position \(shown) is not in degrees",
                expected:
                    "degrees of WGS 84, or the file's own system named so that it can be converted (EPSG:26917, say)"
            )
        } else {
            note(
                .error,
                .offEarth,
                feature: feature,
                line: line,
                id: id,
                "position \(shown) is not on the earth",
                expected: "longitude -180 to 180 and latitude -90 to 90"
            )
        }
        return false
    }

    private static func shown(_ nano: Int64) -> String {
        nano.magnitude >= UInt64(Int64.max) ? "a number too large" : DecimalDegrees.text(of: nano)
    }

    /// Judges the coordinate system that the collection states.
    ///
    /// - Returns: Whether the coordinates can be used.
    mutating func accepts(coordinateSystem name: String?) -> Bool {
        guard let name, !GeoJSONReader.isWGS84(name) else { return true }
        note(
            .error,
            .coordinateSystem,
            "the file states the coordinate system \(name.prefix(80)) after its features",
            expected: "the member \"crs\" before the features, so that the file can be converted, or WGS 84"
        )
        return false
    }
}

/// Finds features whose latitude and longitude were swapped although both values are possible on the earth.
struct SwapCheck {
    private var centres: [(latitude: Int64, longitude: Int64)] = []

    mutating func add(_ centre: Coordinate) {
        centres.append((centre.latitudeNano, centre.longitudeNano))
    }

    /// Positions in the order added that look swapped: they lie far from the others, and right among them when swapped.
    func suspects() -> [Int] {
        guard !centres.isEmpty else { return [] }
        let latitude = centres.map(\.latitude).sorted()[centres.count / 2]
        let longitude = centres.map(\.longitude).sorted()[centres.count / 2]
        let degree: Int64 = 1_000_000_000
        // Nobody lives south of 60° S: a file that lies there as a whole was written latitude first.
        if latitude < -60 * degree { return Array(centres.indices) }
        return centres.indices.filter { index in
            let centre = centres[index]
            let isFar =
                (centre.latitude - latitude).magnitude > UInt64(15 * degree)
                && (centre.longitude - longitude).magnitude > UInt64(15 * degree)
            let isNearSwapped =
                (centre.longitude - latitude).magnitude < UInt64(6 * degree)
                && (centre.latitude - longitude).magnitude < UInt64(6 * degree)
            return isFar && isNearSwapped
        }
    }
}
