/// A Mapbox Vector Tile 2.1 read by the tests' own reader, so that what is served is judged by the standard and not by its maker.
///
/// Source: Vector Tile Specification 2.1, section 4; protobuf's wire format.
struct VectorTile {
    /// One layer.
    struct Layer {
        var name = ""
        var version: UInt64 = 0
        var extent: UInt64 = 4096
        var features: [Feature] = []
    }

    /// One feature with its attributes as texts.
    struct Feature {
        var attributes: [String: String] = [:]
        /// 1 points, 2 lines, 3 polygons.
        var kind: UInt64 = 0
        /// Lines or rings in steps of the tile; rings are not closed by a repeated point.
        var paths: [[(x: Int, y: Int)]] = []

        /// Whether a point of the tile lies inside, by crossings.
        func contains(_ x: Double, _ y: Double) -> Bool {
            var isInside = false
            for ring in paths {
                for (index, a) in ring.enumerated() {
                    let b = ring[(index + 1) % ring.count]
                    guard (Double(a.y) > y) != (Double(b.y) > y) else { continue }
                    let crossing = Double(a.x) + (y - Double(a.y)) / Double(b.y - a.y) * Double(b.x - a.x)
                    if x < crossing { isInside.toggle() }
                }
            }
            return isInside
        }
    }

    /// Why bytes are no tile.
    struct Broken: Error {}

    var layers: [Layer] = []

    init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes)
        while let (field, wire) = try reader.key() {
            guard field == 3, wire == 2 else { throw Broken() }
            layers.append(try Self.layer(reader.bytes()))
        }
    }

    subscript(_ name: String) -> Layer? { layers.first { $0.name == name } }

    private static func layer(_ bytes: ArraySlice<UInt8>) throws -> Layer {
        var layer = Layer()
        var (keys, values, features): ([String], [String], [ArraySlice<UInt8>]) = ([], [], [])
        var reader = Reader(bytes)
        while let (field, wire) = try reader.key() {
            switch (field, wire) {
            case (1, 2): layer.name = String(decoding: try reader.bytes(), as: UTF8.self)
            case (2, 2): features.append(try reader.bytes())
            case (3, 2): keys.append(String(decoding: try reader.bytes(), as: UTF8.self))
            case (4, 2): values.append(try value(reader.bytes()))
            case (5, 0): layer.extent = try reader.number()
            case (15, 0): layer.version = try reader.number()
            default: throw Broken()
            }
        }
        layer.features = try features.map { try feature($0, keys, values) }
        return layer
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws -> String {
        var reader = Reader(bytes)
        guard let (field, wire) = try reader.key() else { throw Broken() }
        switch (field, wire) {
        case (1, 2): return String(decoding: try reader.bytes(), as: UTF8.self)
        case (4, 0), (5, 0), (7, 0): return String(try reader.number())
        default: throw Broken()
        }
    }

    private static func feature(_ bytes: ArraySlice<UInt8>, _ keys: [String], _ values: [String]) throws -> Feature {
        var feature = Feature()
        var reader = Reader(bytes)
        while let (field, wire) = try reader.key() {
            switch (field, wire) {
            case (1, 0): _ = try reader.number()
            case (2, 2):
                let tags = try numbers(reader.bytes())
                guard tags.count.isMultiple(of: 2) else { throw Broken() }
                for index in stride(from: 0, to: tags.count, by: 2) {
                    guard tags[index] < keys.count, tags[index + 1] < values.count else { throw Broken() }
                    feature.attributes[keys[Int(tags[index])]] = values[Int(tags[index + 1])]
                }
            case (3, 0): feature.kind = try reader.number()
            case (4, 2): feature.paths = try paths(numbers(reader.bytes()))
            default: throw Broken()
            }
        }
        return feature
    }

    /// Runs the pen: 1 move, 2 line, 7 close.
    private static func paths(_ commands: [UInt64]) throws -> [[(x: Int, y: Int)]] {
        var paths: [[(x: Int, y: Int)]] = []
        var (x, y, index) = (0, 0, 0)
        while index < commands.count {
            let (command, count) = (commands[index] & 7, Int(commands[index] >> 3))
            index += 1
            if command == 7 { continue }
            guard command == 1 || command == 2, index + count * 2 <= commands.count else { throw Broken() }
            for _ in 0..<count {
                x += zigzag(commands[index])
                y += zigzag(commands[index + 1])
                index += 2
                if command == 1 { paths.append([(x, y)]) } else { paths[paths.count - 1].append((x, y)) }
            }
        }
        return paths
    }

    private static func zigzag(_ value: UInt64) -> Int { Int(value >> 1) ^ -Int(value & 1) }

    private static func numbers(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var reader = Reader(bytes)
        var numbers: [UInt64] = []
        while !reader.isAtEnd { numbers.append(try reader.number()) }
        return numbers
    }

    private struct Reader {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: some Sequence<UInt8>) { rest = ArraySlice(bytes) }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func number() throws -> UInt64 {
            var (value, shift): (UInt64, UInt64) = (0, 0)
            while let byte = rest.popFirst(), shift < 64 {
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            throw Broken()
        }

        mutating func key() throws -> (field: UInt64, wire: UInt64)? {
            guard !isAtEnd else { return nil }
            let key = try number()
            return (key >> 3, key & 7)
        }

        mutating func bytes() throws -> ArraySlice<UInt8> {
            let count = Int(try number())
            guard count <= rest.count else { throw Broken() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}
