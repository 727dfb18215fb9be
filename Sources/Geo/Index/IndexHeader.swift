/// What stands first in an index's block of memory and in its file: 64-bit words in the machine's own order.
///
///     0   mark, told apart from other files and from machines of the other byte order
///     1   version of the form
///     2   checksum of everything from word 3 on
///     3   bytes of the whole
///     4…  generation, origin, exponent of the tiles' width, columns, rows, vertices
///     16… where each part begins, and its bytes
///     48… fingerprint of the stored generation, 64 bytes
struct IndexHeader {
    static let byteCount = 512
    /// "HUB311IX" as a number.
    static let mark = 0x4855_4233_3131_4958
    /// Raised with every change of what the words mean.
    static let version = 2

    var byteCount = 0
    /// Number of the generation; -1 for one that isn't stored.
    var generation = -1
    var originX: Int64 = 0
    var originY: Int64 = 0
    var shift: Int64 = 24
    var columns = 0
    var rows = 0
    var vertexCount = 0
    var offsets = [Int](repeating: 0, count: IndexMemory.Part.allCases.count)
    var counts = [Int](repeating: 0, count: IndexMemory.Part.allCases.count)
    var checksum = 0
    /// Up to 64 bytes that tell one stored generation from every other.
    var fingerprint = ""

    init() {}

    /// Reads a header and holds it against the block; nil for anything that an index never wrote.
    init?(_ block: UnsafeRawBufferPointer) {
        guard block.count >= Self.byteCount else { return nil }
        func word(_ number: Int) -> Int { block.loadUnaligned(fromByteOffset: number * 8, as: Int.self) }
        guard word(0) == Self.mark, word(1) == Self.version, word(3) == block.count else { return nil }
        checksum = word(2)
        byteCount = word(3)
        generation = word(4)
        (originX, originY, shift) = (Int64(word(5)), Int64(word(6)), Int64(word(7)))
        (columns, rows, vertexCount) = (word(8), word(9), word(10))
        for part in offsets.indices {
            (offsets[part], counts[part]) = (word(16 + 2 * part), word(17 + 2 * part))
            guard offsets[part] >= Self.byteCount, offsets[part] % 64 == 0, counts[part] >= 0,
                offsets[part] <= byteCount, counts[part] <= byteCount - offsets[part]
            else { return nil }
        }
        guard (0...60).contains(shift), columns >= 0, rows >= 0, columns <= 1 << 30, rows <= 1 << 30,
            columns * rows * 4 <= max(counts[IndexMemory.Part.tiles.rawValue], 4)
        else { return nil }
        let text = block[384..<448].prefix { $0 != 0 }
        fingerprint = String(decoding: text, as: UTF8.self)
    }

    /// Writes the header over the beginning of a block.
    func write(to block: UnsafeMutableRawBufferPointer) {
        block.prefix(Self.byteCount).indices.forEach { block[$0] = 0 }
        func store(_ value: Int, _ number: Int) { block.storeBytes(of: value, toByteOffset: number * 8, as: Int.self) }
        for (number, value) in [
            Self.mark, Self.version, checksum, byteCount, generation, Int(originX), Int(originY), Int(shift), columns,
            rows, vertexCount,
        ].enumerated() { store(value, number) }
        for part in offsets.indices {
            store(offsets[part], 16 + 2 * part)
            store(counts[part], 17 + 2 * part)
        }
        for (number, byte) in fingerprint.utf8.prefix(64).enumerated() { block[384 + number] = byte }
    }

    func bytes(of part: IndexMemory.Part, in block: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let offset = offsets[part.rawValue]
        return UnsafeRawBufferPointer(rebasing: block[offset..<offset + counts[part.rawValue]])
    }

    /// Checksum of a block from its fourth word on: four sums side by side, each changed for good by any bit of its words.
    static func checksum(of block: UnsafeRawBufferPointer) -> Int {
        var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        let odd: UInt64 = 0x9E37_79B9_7F4A_7C15
        @inline(__always) func mix(_ sum: UInt64, _ offset: Int) -> UInt64 {
            let mixed = (sum ^ block.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* odd
            return mixed ^ mixed >> 29
        }
        var offset = 24
        while offset + 32 <= block.count {
            sums = (mix(sums.0, offset), mix(sums.1, offset + 8), mix(sums.2, offset + 16), mix(sums.3, offset + 24))
            offset += 32
        }
        while offset + 8 <= block.count {
            sums.0 = mix(sums.0, offset)
            offset += 8
        }
        var sum = (sums.0 &* odd) ^ sums.1
        sum = (sum &* odd) ^ sums.2
        sum = (sum &* odd) ^ sums.3
        return Int(truncatingIfNeeded: sum)
    }
}
