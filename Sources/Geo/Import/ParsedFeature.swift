import Domain

/// One feature as the file states it, before anybody checks whether it makes sense.
struct ParsedFeature {
    var type: String?
    var id: PropertyValue?
    var properties: [String: PropertyValue] = [:]
    var geometry: ParsedGeometry?
    /// False when a text was not UTF-8 and was read as Windows-1252.
    var isUTF8 = true

    /// Reads a feature; a bare geometry becomes a feature without properties.
    init(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) {
        var cursor = JSONCursor(bytes)
        var bare = ParsedGeometry()
        var feature = (
            type: String?.none, id: PropertyValue?.none, properties: [String: PropertyValue](),
            geometry: ParsedGeometry?.none
        )
        try cursor.object { (cursor, key) throws(JSONFault) in
            switch key {
            case "type": feature.type = try cursor.value().text
            case "id": feature.id = try cursor.value()
            case "properties":
                guard cursor.peek() == Byte.openBrace else { return try cursor.skipValue() }
                try cursor.object { (cursor, name) throws(JSONFault) in
                    feature.properties[name] = try cursor.value()
                }
            case "geometry":
                guard cursor.peek() == Byte.openBrace else { return try cursor.skipValue() }
                feature.geometry = try ParsedGeometry(&cursor)
            case "coordinates": try bare.readCoordinates(&cursor)
            case "geometries": try bare.readParts(&cursor)
            default: try cursor.skipValue()
            }
        }
        guard cursor.peek() == nil else { throw JSONFault(message: "something follows the feature: \(cursor.found)") }
        isUTF8 = cursor.isUTF8
        type = feature.type
        id = feature.id
        properties = feature.properties
        geometry = feature.geometry
        if let type, type != "Feature", ParsedGeometry.depths[type] != nil {
            bare.type = type
            geometry = bare
        }
    }
}

/// Coordinates of one geometry, flat, with the ends of its lines and polygons.
struct ParsedGeometry {
    /// How deep the arrays of each type are nested.
    static let depths = [
        "Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
        "GeometryCollection": 0,
    ]

    var type: String?
    /// Every position; the values may be off the earth until ``firstOffEarth`` was looked at.
    var positions: [Coordinate] = []
    /// For each line or ring, the index after its last position.
    var lineEnds: [Int] = []
    /// For each array of lines, the index after its last line.
    var polygonEnds: [Int] = []
    /// How deep the arrays were nested; 0 when there were none.
    var depth = 0
    /// The geometries of a collection.
    var parts: [ParsedGeometry] = []

    init() {}

    init(_ cursor: inout JSONCursor, level: Int = 0) throws(JSONFault) {
        guard level < 8 else { throw JSONFault(message: "collections are nested more than eight levels deep") }
        var geometry = ParsedGeometry()
        try cursor.object { (cursor, key) throws(JSONFault) in
            switch key {
            case "type": geometry.type = try cursor.value().text
            case "coordinates": try geometry.readCoordinates(&cursor)
            case "geometries": try geometry.readParts(&cursor, level: level + 1)
            default: try cursor.skipValue()
            }
        }
        self = geometry
    }

    /// Reads the members of a collection.
    mutating func readParts(_ cursor: inout JSONCursor, level: Int = 1) throws(JSONFault) {
        try cursor.expect(Byte.openBracket)
        if cursor.take(Byte.closeBracket) { return }
        repeat { parts.append(try ParsedGeometry(&cursor, level: level)) } while cursor.take(Byte.comma)
        try cursor.expect(Byte.closeBracket)
    }

    /// A collection's parts of the types wanted (the single one first, then the multiple) as one geometry, and how many were left out.
    func merged(_ types: [String]) -> (ParsedGeometry?, leftOut: Int) {
        var merged = ParsedGeometry()
        merged.type = types.last
        merged.depth = Self.depths[types.last ?? ""] ?? 0
        var leftOut = 0
        for part in parts {
            if part.type == "GeometryCollection" {
                let (inner, missing) = part.merged(types)
                leftOut += missing
                if let inner { merged.append(inner) }
            } else if let type = part.type, types.contains(type), part.depth == Self.depths[type] {
                merged.append(part)
            } else {
                leftOut += 1
            }
        }
        return (merged.positions.isEmpty ? nil : merged, leftOut)
    }

    private mutating func append(_ other: ParsedGeometry) {
        let (positionCount, lineCount) = (positions.count, lineEnds.count)
        positions += other.positions
        lineEnds += other.lineEnds.map { $0 + positionCount }
        polygonEnds += other.polygonEnds.map { $0 + lineCount }
    }

    /// Reads nested arrays of any of the depths GeoJSON knows.
    mutating func readCoordinates(_ cursor: inout JSONCursor) throws(JSONFault) {
        guard cursor.peek() == Byte.openBracket else { return try cursor.skipValue() }
        depth = try readArray(&cursor, level: 1)
    }

    /// - Returns: How many levels this array holds, itself included.
    private mutating func readArray(_ cursor: inout JSONCursor, level: Int) throws(JSONFault) -> Int {
        guard level <= 4 else { throw JSONFault(message: "coordinates are nested more than four levels deep") }
        try cursor.expect(Byte.openBracket)
        if cursor.take(Byte.closeBracket) { return 0 }
        guard cursor.peek() == Byte.openBracket else {
            let longitude = try cursor.degrees()
            try cursor.expect(Byte.comma)
            let latitude = try cursor.degrees()
            // Heights and measures are read past.
            while cursor.take(Byte.comma) { _ = try cursor.degrees() }
            try cursor.expect(Byte.closeBracket)
            positions.append(Coordinate(trustedLatitudeNano: latitude, longitudeNano: longitude))
            return 1
        }
        var inner = 0
        repeat { inner = max(inner, try readArray(&cursor, level: level + 1)) } while cursor.take(Byte.comma)
        try cursor.expect(Byte.closeBracket)
        if inner == 1 { lineEnds.append(positions.count) }
        if inner == 2 { polygonEnds.append(lineEnds.count) }
        return inner == 0 ? 0 : inner + 1
    }

    /// The lines or rings, in order.
    var lines: [[Coordinate]] {
        var start = 0
        return lineEnds.map { end in
            defer { start = end }
            return Array(positions[start..<end])
        }
    }

    /// The polygons, in order.
    var polygons: [AreaGeometry.Polygon] {
        let lines = self.lines
        var start = 0
        return polygonEnds.map { end in
            defer { start = end }
            return AreaGeometry.Polygon(rings: Array(lines[start..<end]))
        }
    }

    /// The first position that is not on the earth.
    var firstOffEarth: Coordinate? {
        positions.first { $0.latitudeNano.magnitude > 90_000_000_000 || $0.longitudeNano.magnitude > 180_000_000_000 }
    }
}
