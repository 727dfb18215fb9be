import Domain

/// What kinds of geometry an import wants.
enum WantedGeometry {
    /// Polygon or MultiPolygon.
    case areas
    /// LineString or MultiLineString.
    case lines
    /// Point or MultiPoint.
    case points
    /// Any of the four that an asset may be.
    case assets

    var types: [String] {
        switch self {
        case .areas: ["Polygon", "MultiPolygon"]
        case .lines: ["LineString", "MultiLineString"]
        case .points: ["Point", "MultiPoint"]
        case .assets: ["Point", "MultiPoint", "LineString", "MultiLineString"]
        }
    }

    var noun: String {
        switch self {
        case .areas: "polygon"
        case .lines: "line"
        case .points: "point"
        case .assets: "point or line"
        }
    }
}

extension ImportSession {
    /// The polygons of a feature; nil after a complaint.
    mutating func area(
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String,
        options: ImportOptions
    ) -> AreaGeometry? {
        guard let geometry = geometry(of: parsed, .areas, at: origin, id: id, options: options) else { return nil }
        guard geometry.type == "Polygon" else { return AreaGeometry(polygons: geometry.polygons) }
        return AreaGeometry(polygons: [AreaGeometry.Polygon(rings: geometry.lines)])
    }

    /// The lines of a feature, each of two positions or more; nil after a complaint.
    mutating func lines(
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String,
        options: ImportOptions
    ) -> [[Coordinate]]? {
        guard let geometry = geometry(of: parsed, .lines, at: origin, id: id, options: options) else { return nil }
        let lines = geometry.lines.filter { $0.count >= 2 }
        if !lines.isEmpty { return lines }
        note(.error, .empty, at: origin, id: id, "the line has one position", expected: "two or more")
        return nil
    }

    /// The points of a feature; nil after a complaint.
    mutating func points(
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String,
        options: ImportOptions
    ) -> [Coordinate]? {
        geometry(of: parsed, .points, at: origin, id: id, options: options)?.positions
    }

    /// The positions of an asset: points of one position each, or lines of two or more; nil after a complaint.
    mutating func asset(
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String,
        options: ImportOptions
    ) -> [[Coordinate]]? {
        guard let geometry = geometry(of: parsed, .assets, at: origin, id: id, options: options) else { return nil }
        if geometry.type?.hasSuffix("Point") == true { return geometry.positions.map { [$0] } }
        let lines = geometry.lines.filter { $0.count >= 2 }
        if !lines.isEmpty { return lines }
        note(.error, .empty, at: origin, id: id, "the line has one position", expected: "two or more")
        return nil
    }

    /// A geometry of the kind wanted, on the earth, not empty, nested as its type says; nil after a complaint.
    mutating func geometry(
        of parsed: ParsedFeature,
        _ wanted: WantedGeometry,
        at origin: FeatureOrigin,
        id: String,
        options: ImportOptions
    ) -> ParsedGeometry? {
        guard var geometry = parsed.geometry else {
            note(.error, .empty, at: origin, id: id, "there is no geometry", expected: "a \(wanted.noun)")
            return nil
        }
        if geometry.type == "GeometryCollection" {
            let (merged, leftOut) = geometry.merged(wanted.types)
            if leftOut > 0 || merged == nil {
                note(
                    merged == nil ? .error : .warning,
                    .geometryType,
                    at: origin,
                    id: id,
                    "a collection of geometries; \(leftOut) of its parts are no \(wanted.noun) and were left out",
                    expected: wanted.types.joined(separator: " or ")
                )
            }
            guard let merged else { return nil }
            geometry = merged
        }
        guard isOnEarth(geometry, at: origin, id: id) else { return nil }
        let type = geometry.type ?? "no type"
        let depth = ParsedGeometry.depths[type] ?? 0
        var complaint: (code: ImportFinding.Code, fault: String, expected: String)?
        if !wanted.types.contains(type) {
            complaint = (.geometryType, "the geometry is \(type.prefix(40))", wanted.types.joined(separator: " or "))
        } else if geometry.depth == 0 {
            complaint = (.empty, "the \(wanted.noun) is empty", "at least one position")
        } else if geometry.depth != depth {
            complaint = (
                .geometryType, "the coordinates of this \(type) are nested \(geometry.depth) levels deep",
                "\(depth) levels"
            )
        } else if geometry.positions.count > options.mostVertices {
            complaint = (
                .enormous, "the \(wanted.noun) has \(geometry.positions.count) vertices",
                "at most \(options.mostVertices); simplify it, or cut it in parts"
            )
        } else if let stray = OutlyingPosition(in: geometry.positions) {
            complaint = (stray.code, stray.fault, stray.expected)
        }
        guard let complaint else { return geometry }
        note(.error, complaint.code, at: origin, id: id, complaint.fault, expected: complaint.expected)
        return nil
    }

    /// Refuses a geometry with a position off the earth; says so when swapping or projecting would explain it.
    private mutating func isOnEarth(_ geometry: ParsedGeometry, at origin: FeatureOrigin, id: String) -> Bool {
        guard let position = geometry.firstOffEarth else { return true }
        let (latitude, longitude) = (position.latitudeNano, position.longitudeNano)
        let shown = "[\(Self.shown(longitude)), \(Self.shown(latitude))]"
        if latitude.magnitude <= 180_000_000_000, longitude.magnitude <= 90_000_000_000 {
            note(
                .error,
                .swapped,
                at: origin,
                id: id,
                "position \(shown) has latitude and longitude swapped",
                expected: "longitude first, then latitude"
            )
        } else if latitude.magnitude > 1_000_000_000_000 || longitude.magnitude > 1_000_000_000_000 {
            note(
                .error,
                .coordinateSystem,
                at: origin,
                id: id,
                "position \(shown) is not in degrees",
                expected:
                    "degrees of WGS 84, or the file's own system named so that it can be converted (EPSG:26917, say)"
            )
        } else {
            note(
                .error,
                .offEarth,
                at: origin,
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
}
