import Domain
import Foundation
import Geo

/// Shapes as well-known binary, each after its length in four bytes, so that every judge gets the same vertices.
enum ShapeFile {
    static func write(_ shapes: [AreaGeometry], to path: String) throws {
        var data = Data()
        for shape in shapes {
            let bytes = WellKnownBinary.bytes(of: shape)
            withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { data.append(contentsOf: $0) }
            data.append(contentsOf: bytes)
        }
        try data.write(to: URL(fileURLWithPath: path))
    }

    /// The shapes as areas whose ids keep their order.
    static func features(_ path: String, layer: LayerName) throws -> [BoundaryFeature] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        var features: [BoundaryFeature] = []
        var offset = 0
        while offset + 4 <= data.count {
            let count = data[offset..<offset + 4].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
            let bytes = [UInt8](data[offset + 4..<offset + 4 + count])
            offset += 4 + count
            let id = String(1_000_000 + features.count)
            features.append(
                BoundaryFeature(
                    id: AreaID(trusted: id),
                    layer: layer,
                    name: id,
                    geometry: try WellKnownBinary.geometry(of: bytes)
                )
            )
        }
        return features
    }

    /// Points as pairs of 64-bit whole billionths of a degree, longitude first.
    static func points(_ path: String) throws -> [Coordinate] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 15, by: 16).map { offset in
                Coordinate(
                    trustedLatitudeNano: Int64(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: Int64.self)
                    ),
                    longitudeNano: Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self))
                )
            }
        }
    }
}
