/// The finished words of an index in one block, never written again.
///
/// `@unchecked Sendable`: the block is filled in the initialiser and only read afterwards; a `Span` that may be stored would remove the need.
final class IndexMemory: @unchecked Sendable {
    let view: IndexView
    let byteCount: Int
    private let block: UnsafeMutablePointer<UInt32>

    init(
        originX: Int64,
        originY: Int64,
        shift: Int64,
        columns: Int,
        rows: Int,
        tiles: [UInt32],
        cells: [UInt32],
        records: [UInt32],
        sets: AreaSets
    ) {
        let parts = [tiles, cells, records, sets.starts, sets.members]
        let count = parts.reduce(0) { $0 + $1.count }
        let block = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
        self.block = block
        byteCount = count * MemoryLayout<UInt32>.stride
        var offsets: [Int] = []
        var offset = 0
        for part in parts {
            offsets.append(offset)
            part.withUnsafeBufferPointer { words in
                if let base = words.baseAddress { (block + offset).initialize(from: base, count: words.count) }
            }
            offset += part.count
        }
        view = IndexView(
            originX: originX,
            originY: originY,
            shift: shift,
            width: Int64(columns) << shift,
            height: Int64(rows) << shift,
            columns: columns,
            tiles: UnsafePointer(block + offsets[0]),
            cells: UnsafePointer(block + offsets[1]),
            records: UnsafePointer(block + offsets[2]),
            setStarts: UnsafePointer(block + offsets[3]),
            setMembers: UnsafePointer(block + offsets[4])
        )
    }

    deinit { block.deallocate() }
}
