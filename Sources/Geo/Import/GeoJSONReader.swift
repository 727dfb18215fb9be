import DataFiles
import Domain
import Foundation

/// Reads the features of a GeoJSON file one by one, whichever of its forms it has.
struct GeoJSONReader {
    /// A feature, or why there is none.
    enum Item {
        case feature(ParsedFeature)
        case fault(String)
    }

    let path: String
    let largestFeature: Int

    /// Goes through the file.
    ///
    /// - Parameters:
    ///   - progress: Called after each piece of the file with the bytes read and the size on disk.
    ///   - body: Called for each feature with its number (nil where something that is no feature stands) and line.
    /// - Returns: The name of the coordinate system, when the collection states one, and whether it is a collection at all.
    func read(
        progress: (Int, Int) -> Void,
        body: (Item, Int?, Int) throws -> Void
    ) throws -> String? {
        let file = try CompressedFile(path: path)
        var splitter = FeatureSplitter(longest: largestFeature)
        var system: String?
        let handle: (FeatureSplitter.Piece) throws -> Void = { piece in
            switch piece {
            case .collection(let bytes): system = Self.coordinateSystem(bytes) ?? system
            case .fault(let message, let number, let line): try body(.fault(message), number, line)
            case .feature(let bytes, let number, let line):
                do {
                    try body(.feature(try ParsedFeature(bytes)), number, line)
                } catch let fault as JSONFault {
                    try body(.fault("broken JSON: \(fault.message)"), number, line)
                }
            }
        }
        while true {
            let bytes = try file.next()
            if bytes.isEmpty { break }
            try splitter.feed(bytes, handle)
            progress(file.positionOnDisk, file.sizeOnDisk)
        }
        try splitter.finish(handle)
        return system
    }

    /// The coordinate system named before the features, without reading the rest of the file.
    func statedCoordinateSystem() throws -> String? {
        let file = try CompressedFile(path: path, pieceSize: 1 << 16)
        let bytes = try file.next()
        // The member stands before the features wherever GDAL or a GIS wrote the file; a later one is met by `read`.
        let text = String(decoding: bytes, as: UTF8.self)
        guard let crs = text.range(of: "\"crs\""), let features = text.range(of: "\"features\""),
            crs.lowerBound < features.lowerBound
        else { return nil }
        let header = text[..<features.lowerBound] + "\"features\":[]}"
        var found: String?
        Array(header.utf8).withUnsafeBytes { found = Self.coordinateSystem($0) }
        return found
    }

    /// `crs.properties.name` of a collection (the 2008 draft of GeoJSON, still written by GDAL).
    private static func coordinateSystem(_ bytes: UnsafeRawBufferPointer) -> String? {
        var name: String?
        var cursor = JSONCursor(bytes)
        try? cursor.object { (cursor, key) throws(JSONFault) in
            guard key == "crs", cursor.peek() == Byte.openBrace else { return try cursor.skipValue() }
            try cursor.object { (cursor, key) throws(JSONFault) in
                guard key == "properties", cursor.peek() == Byte.openBrace else { return try cursor.skipValue() }
                try cursor.object { (cursor, key) throws(JSONFault) in
                    if key == "name" { name = try cursor.value().text } else { try cursor.skipValue() }
                }
            }
        }
        return name
    }

    /// Whether a named system is WGS 84 in degrees, longitude first.
    static func isWGS84(_ name: String) -> Bool {
        let upper = name.uppercased()
        return upper.hasSuffix("CRS84") || upper.hasSuffix("EPSG:4326") || upper.hasSuffix("EPSG::4326")
            || upper.hasSuffix("OGC:1.3:CRS84") || upper == "WGS84" || upper == "WGS 84"
    }
}
