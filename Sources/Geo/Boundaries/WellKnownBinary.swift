public import Domain

/// Shapes as well-known binary (OGC 06-103r4, section 8), the form PostGIS takes and gives.
///
/// A double holds a billionth of a degree with room to spare, so what was written is read back to the same whole numbers.
public enum WellKnownBinary {
    /// Why bytes are not the shape expected.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The bytes end before the shape does, or go on after it.
        case length
        /// A geometry type that is not expected here.
        case type(UInt32)
        /// A number that is not on the earth.
        case coordinate

        /// One sentence.
        public var description: String {
            switch self {
            case .length: "the well-known binary has the wrong length"
            case .type(let type): "geometry type \(type) is not expected here"
            case .coordinate: "a coordinate is not on the earth"
            }
        }
    }

    /// An area as a MultiPolygon, little-endian, without SRID.
    public static func bytes(of geometry: AreaGeometry) -> [UInt8] {
        var writer = Writer()
        writer.head(6, count: geometry.polygons.count)
        for polygon in geometry.polygons {
            writer.head(3, count: polygon.rings.count)
            for ring in polygon.rings { writer.points(ring) }
        }
        return writer.bytes
    }

    /// A centreline as a MultiLineString, little-endian, without SRID.
    public static func bytes(of lines: [[Coordinate]]) -> [UInt8] {
        var writer = Writer()
        writer.head(5, count: lines.count)
        for line in lines {
            writer.head(2, count: nil)
            writer.points(line)
        }
        return writer.bytes
    }

    /// An asset as a MultiPoint or a MultiLineString, little-endian, without SRID.
    ///
    /// - Parameter lines: Points of one position each, or lines of two or more; never both.
    public static func bytes(ofAsset lines: [[Coordinate]]) -> [UInt8] {
        guard lines.allSatisfy({ $0.count == 1 }) else { return bytes(of: lines) }
        var writer = Writer()
        writer.head(4, count: lines.count)
        for line in lines {
            writer.head(1, count: nil)
            for point in line { writer.point(point) }
        }
        return writer.bytes
    }

    /// Reads a MultiPoint or MultiLineString, either byte order, with or without PostGIS's SRID.
    ///
    /// - Throws: ``Invalid`` when the bytes are something else.
    public static func asset(of bytes: [UInt8]) throws(Invalid) -> [[Coordinate]] {
        var reader = Reader(bytes)
        guard try reader.head() == 4 else { return try lines(of: bytes) }
        var points: [[Coordinate]] = []
        for _ in 0..<(try reader.count(ofAtLeast: 21)) {
            let type = try reader.head()
            guard type == 1 else { throw .type(type) }
            points.append([try reader.point()])
        }
        try reader.end()
        return points
    }

    /// Reads a Polygon or MultiPolygon, either byte order, with or without PostGIS's SRID.
    ///
    /// - Throws: ``Invalid`` when the bytes are something else.
    public static func geometry(of bytes: [UInt8]) throws(Invalid) -> AreaGeometry {
        var reader = Reader(bytes)
        var polygons: [AreaGeometry.Polygon] = []
        switch try reader.head() {
        case 3: polygons.append(try reader.polygon())
        case 6:
            for _ in 0..<(try reader.count(ofAtLeast: 9)) {
                let type = try reader.head()
                guard type == 3 else { throw .type(type) }
                polygons.append(try reader.polygon())
            }
        case let type: throw .type(type)
        }
        try reader.end()
        return AreaGeometry(polygons: polygons)
    }

    /// Reads a LineString or MultiLineString, either byte order, with or without PostGIS's SRID.
    ///
    /// - Throws: ``Invalid`` when the bytes are something else.
    public static func lines(of bytes: [UInt8]) throws(Invalid) -> [[Coordinate]] {
        var reader = Reader(bytes)
        var lines: [[Coordinate]] = []
        switch try reader.head() {
        case 2: lines.append(try reader.points())
        case 5:
            for _ in 0..<(try reader.count(ofAtLeast: 9)) {
                let type = try reader.head()
                guard type == 2 else { throw .type(type) }
                lines.append(try reader.points())
            }
        case let type: throw .type(type)
        }
        try reader.end()
        return lines
    }
}

extension WellKnownBinary {
    private struct Writer {
        var bytes: [UInt8] = []

        mutating func head(_ type: UInt32, count: Int?) {
            bytes.append(1)
            word(type)
            if let count { word(UInt32(count)) }
        }

        mutating func word(_ value: UInt32) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }

        mutating func points(_ points: [Coordinate]) {
            word(UInt32(points.count))
            bytes.reserveCapacity(bytes.count + points.count * 16)
            for point in points { self.point(point) }
        }

        mutating func point(_ point: Coordinate) {
            withUnsafeBytes(of: point.longitude.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: point.latitude.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var offset = 0
        private var isLittleEndian = true

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func head() throws(Invalid) -> UInt32 {
            guard offset < bytes.count else { throw .length }
            isLittleEndian = bytes[offset] == 1
            offset += 1
            let type = try word()
            if type & 0x2000_0000 != 0 { _ = try word() }
            return type & ~0x2000_0000
        }

        mutating func word() throws(Invalid) -> UInt32 {
            guard bytes.count - offset >= 4 else { throw .length }
            let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
            offset += 4
            return isLittleEndian ? UInt32(littleEndian: value) : UInt32(bigEndian: value)
        }

        /// A count that the remaining bytes can hold, so that a false one reserves nothing.
        mutating func count(ofAtLeast size: Int) throws(Invalid) -> Int {
            let count = Int(try word())
            guard count <= (bytes.count - offset) / size else { throw .length }
            return count
        }

        mutating func polygon() throws(Invalid) -> AreaGeometry.Polygon {
            var rings: [AreaGeometry.Ring] = []
            for _ in 0..<(try count(ofAtLeast: 4)) { rings.append(try points()) }
            return AreaGeometry.Polygon(rings: rings)
        }

        mutating func points() throws(Invalid) -> [Coordinate] {
            let count = try count(ofAtLeast: 16)
            var points: [Coordinate] = []
            points.reserveCapacity(count)
            for _ in 0..<count { points.append(try point()) }
            return points
        }

        mutating func point() throws(Invalid) -> Coordinate {
            guard bytes.count - offset >= 16 else { throw .length }
            let longitude = double()
            let latitude = double()
            guard latitude.magnitude <= 90, longitude.magnitude <= 180 else { throw .coordinate }
            return Coordinate(
                trustedLatitudeNano: Int64((latitude * 1e9).rounded()),
                longitudeNano: Int64((longitude * 1e9).rounded())
            )
        }

        private mutating func double() -> Double {
            let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
            offset += 8
            return Double(bitPattern: isLittleEndian ? UInt64(littleEndian: value) : UInt64(bigEndian: value))
        }

        func end() throws(Invalid) {
            guard offset == bytes.count else { throw .length }
        }
    }
}
