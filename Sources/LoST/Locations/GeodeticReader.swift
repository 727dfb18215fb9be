import Domain
import XML

/// Reads the shapes of the profile `geodetic-2d`, strictly: what is not a place on the earth is refused, never mended.
///
/// Source: GML 3.1.1 and GeoShape as RFC 5491 profiles them. Angles in degrees, lengths in metres.
enum GeodeticReader {
    /// Coordinate systems: WGS 84 in two and in three dimensions, the second with its altitude dropped (F12).
    private static let dimensions = [
        "urn:ogc:def:crs:epsg::4326": 2, "urn:ogc:def:crs:epsg::4979": 3,
        // The samples of RFC 5222 print two colons in the wrong place; accepted, never written (B11).
        "urn:ogc:def::crs:epsg::4326": 2, "urn:ogc:def::crs:epsg::4979": 3,
    ]

    /// The first shape among the elements of a location.
    static func shape(in elements: [XMLElement]) throws(LoSTError) -> GeodeticShape {
        for element in elements {
            switch (element.name.namespace, element.name.local) {
            case (LoSTNamespace.gml?, "Point"): return .point(try position(of: element))
            case (LoSTNamespace.gml?, "Polygon"): return .polygon(try rings(of: element))
            case (LoSTNamespace.shapes?, "Circle"): return try circle(element)
            case (LoSTNamespace.shapes?, "Ellipse"): return try ellipse(element)
            case (LoSTNamespace.shapes?, "ArcBand"): return try arcBand(element)
            default: continue
            }
        }
        throw invalid("a location of the profile geodetic-2d holds a Point, Polygon, Circle, Ellipse or ArcBand")
    }

    static func invalid(_ message: String) -> LoSTError { LoSTError(.locationInvalid, message) }

    // MARK: Shapes

    private static func circle(_ element: XMLElement) throws(LoSTError) -> GeodeticShape {
        .circle(centre: try position(of: element), radius: try length("radius", of: element))
    }

    private static func ellipse(_ element: XMLElement) throws(LoSTError) -> GeodeticShape {
        let major = try length("semiMajorAxis", of: element)
        let minor = try length("semiMinorAxis", of: element)
        guard minor <= major else { throw invalid("semiMinorAxis is longer than semiMajorAxis") }
        return .ellipse(
            centre: try position(of: element),
            major: major,
            minor: minor,
            orientation: try angle("orientation", of: element)
        )
    }

    private static func arcBand(_ element: XMLElement) throws(LoSTError) -> GeodeticShape {
        let inner = try length("innerRadius", of: element)
        let outer = try length("outerRadius", of: element)
        guard inner <= outer else { throw invalid("innerRadius is longer than outerRadius") }
        let opening = try angle("openingAngle", of: element)
        guard opening >= 0 else { throw invalid("openingAngle is negative") }
        return .arcBand(
            centre: try position(of: element),
            inner: inner,
            outer: outer,
            start: try angle("startAngle", of: element),
            opening: opening
        )
    }

    /// The closed rings of a polygon, outer one first.
    static func rings(of polygon: XMLElement) throws(LoSTError) -> [[Coordinate]] {
        let dimension = try dimension(of: polygon)
        let outlines = polygon.all("exterior", namespace: LoSTNamespace.gml)
        guard outlines.count == 1 else { throw invalid("a Polygon has one exterior") }
        var rings: [[Coordinate]] = []
        var positions = 0
        for side in outlines + polygon.all("interior", namespace: LoSTNamespace.gml) {
            let lines = side.all("LinearRing", namespace: LoSTNamespace.gml)
            guard lines.count == 1, let line = lines.first else {
                throw invalid("each side of a Polygon has one LinearRing")
            }
            let ring = try ring(line, dimension: dimension)
            positions += ring.count
            guard positions <= GeodeticShape.mostPositions else {
                throw invalid("a Polygon of more than \(GeodeticShape.mostPositions) positions is not read")
            }
            rings.append(ring)
        }
        return rings
    }

    private static func ring(_ line: XMLElement, dimension: Int) throws(LoSTError) -> [Coordinate] {
        var ring: [Coordinate] = []
        let lists = line.all("posList", namespace: LoSTNamespace.gml)
        let single = line.all("pos", namespace: LoSTNamespace.gml)
        guard lists.isEmpty || (single.isEmpty && lists.count == 1) else {
            throw invalid("a LinearRing has either pos elements or one posList")
        }
        if let list = lists.first {
            try check(list, dimension: dimension)
            let words = list.text.wordsOfXML
            guard !words.isEmpty, words.count.isMultiple(of: dimension) else {
                throw invalid("posList has \(words.count) numbers; positions have \(dimension) each")
            }
            for start in stride(from: 0, to: words.count, by: dimension) {
                ring.append(try coordinate(words[start], words[start + 1]))
                if dimension == 3 { _ = try number(words[start + 2], called: "altitude") }
            }
        } else {
            for position in single { ring.append(try coordinate(position, dimension: dimension)) }
        }
        guard ring.count >= 4 else {
            throw invalid("a LinearRing has \(ring.count) positions; a closed ring has four at least")
        }
        guard ring.first == ring.last else {
            throw invalid("a LinearRing is not closed: its last position is not its first")
        }
        return ring
    }

    // MARK: Positions and numbers

    private static func dimension(of shape: XMLElement) throws(LoSTError) -> Int {
        guard let name = shape.attribute("srsName") else { return 2 }
        guard let dimension = dimensions[name.withoutOuterBlanks.lowercased()] else {
            throw invalid("the coordinate system \(name.prefix(80)) is not known; send urn:ogc:def:crs:EPSG::4326")
        }
        try check(shape, dimension: dimension)
        return dimension
    }

    /// Attributes that a position may repeat must say the same as the shape.
    private static func check(_ element: XMLElement, dimension: Int) throws(LoSTError) {
        if let said = element.attribute("srsDimension"), said.withoutOuterBlanks != "\(dimension)" {
            throw invalid("srsDimension is \(said.prefix(20)); the coordinate system has \(dimension)")
        }
        if let name = element.attribute("srsName"), dimensions[name.withoutOuterBlanks.lowercased()] != dimension {
            throw invalid("the coordinate system \(name.prefix(80)) is not that of the shape")
        }
    }

    private static func position(of shape: XMLElement) throws(LoSTError) -> Coordinate {
        let dimension = try dimension(of: shape)
        let positions = shape.all("pos", namespace: LoSTNamespace.gml)
        guard positions.count == 1, let position = positions.first else {
            throw invalid("a \(shape.name.local) has one pos")
        }
        return try coordinate(position, dimension: dimension)
    }

    private static func coordinate(_ position: XMLElement, dimension: Int) throws(LoSTError) -> Coordinate {
        try check(position, dimension: dimension)
        let words = position.text.wordsOfXML
        guard words.count == dimension else {
            throw invalid("pos has \(words.count) numbers; latitude and longitude come separated by a blank")
        }
        if dimension == 3 { _ = try number(words[2], called: "altitude") }
        return try coordinate(words[0], words[1])
    }

    private static func coordinate(_ latitude: String, _ longitude: String) throws(LoSTError) -> Coordinate {
        // Plain decimals are read exactly; numbers with an exponent, which GML allows, pass through a double.
        if let place = try? Coordinate(latitudeText: latitude, longitudeText: longitude) { return place }
        let north = try number(latitude, called: "latitude")
        let east = try number(longitude, called: "longitude")
        guard north.magnitude <= 90 else { throw invalid("latitude \(latitude.prefix(40)) is out of range") }
        guard east.magnitude <= 180 else { throw invalid("longitude \(longitude.prefix(40)) is out of range") }
        do { return try Coordinate(latitude: north, longitude: east) } catch { throw invalid(error.description) }
    }

    private static func length(_ name: String, of shape: XMLElement) throws(LoSTError) -> Double {
        let value = try measure(name, of: shape, units: ["urn:ogc:def:uom:EPSG::9001"])
        guard value >= 0 else { throw invalid("\(name) is negative") }
        guard value <= GeodeticShape.largestRadius else {
            throw invalid("\(name) is longer than \(Int(GeodeticShape.largestRadius / 1000)) km")
        }
        return value
    }

    private static func angle(_ name: String, of shape: XMLElement) throws(LoSTError) -> Double {
        let value = try measure(name, of: shape, units: ["urn:ogc:def:uom:EPSG::9102"])
        guard (-360...360).contains(value) else { throw invalid("\(name) is not between -360 and 360 degrees") }
        return value
    }

    private static func measure(_ name: String, of shape: XMLElement, units: Set<String>) throws(LoSTError) -> Double {
        guard let element = shape.first(name, namespace: LoSTNamespace.shapes) else {
            throw invalid("a \(shape.name.local) has a \(name)")
        }
        if let unit = element.attribute("uom"), !units.contains(unit.withoutOuterBlanks) {
            throw invalid("\(name) is in the unit \(unit.prefix(60)); send \(units.sorted().joined())")
        }
        return try number(element.text.withoutOuterBlanks, called: name)
    }

    /// A finite number as XML Schema writes doubles: no hexadecimal, no `NaN`, no `INF`.
    private static func number(_ text: String, called name: String) throws(LoSTError) -> Double {
        let isPlain = text.utf8.count <= 64 && text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isPlain, let value = Double(text), value.isFinite else {
            throw invalid("\(name) is \"\(text.prefix(40))\", which is no number")
        }
        return value
    }
}
