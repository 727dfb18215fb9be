import Domain
import Foundation

/// The finished parts of an index in one block of memory, never written again: as built, or mapped from a file.
///
/// `@unchecked Sendable`: the block is filled before anyone else sees it and only read afterwards; a `Span` that may be stored would remove the need.
final class IndexMemory: @unchecked Sendable {
    /// What stands in the block, one after the other.
    enum Part: Int, CaseIterable {
        case tiles, cells, records, setStarts, setMembers
        case municipalPieces, municipalBoxes, upperTierPieces, upperTierBoxes
        case catalogue
    }

    let header: IndexHeader
    let view: IndexView
    let municipalBorders: BorderTree
    let upperTierBorders: BorderTree
    let block: UnsafeRawBufferPointer

    /// Large blocks are asked for in pages of 2 MiB: a look-up anywhere in them finds its page at once.
    private static let hugeFrom = 4 << 20

    /// Puts the parts of a new index together; nil when memory is short.
    init?(_ header: IndexHeader, parts: [(Part, UnsafeRawBufferPointer)]) {
        var header = header
        var end = IndexHeader.byteCount
        for (part, bytes) in parts {
            header.offsets[part.rawValue] = end
            header.counts[part.rawValue] = bytes.count
            // Each part begins with a line of the cache.
            end = (end + bytes.count + 63) & ~63
        }
        header.byteCount = end
        // MAP_FAILED when memory is short.
        guard let block = mmap(nil, end, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            block != MAP_FAILED
        else { return nil }
        #if os(Linux)
            // 0 on success, -1 where the system has no such pages, which only costs time.
            if end >= Self.hugeFrom { _ = madvise(block, end, MADV_HUGEPAGE) }
        #endif
        header.write(to: UnsafeMutableRawBufferPointer(start: block, count: end))
        for (part, bytes) in parts {
            if let base = bytes.baseAddress {
                (block + header.offsets[part.rawValue]).copyMemory(from: base, byteCount: bytes.count)
            }
        }
        let whole = UnsafeRawBufferPointer(start: block, count: end)
        guard let views = Views(header, whole) else {
            munmap(block, end)
            return nil
        }
        (self.header, self.block) = (header, whole)
        (view, municipalBorders, upperTierBorders) = (views.view, views.municipal, views.upperTier)
    }

    /// Takes over a mapped file; nil, and the mapping is left to the caller, when it is no index.
    init?(mapped block: UnsafeRawBufferPointer) {
        guard let header = IndexHeader(block), let views = Views(header, block) else { return nil }
        (self.header, self.block) = (header, block)
        (view, municipalBorders, upperTierBorders) = (views.view, views.municipal, views.upperTier)
    }

    deinit {
        // 0 on success; -1 only for an address that is none.
        munmap(UnsafeMutableRawPointer(mutating: block.baseAddress), block.count)
    }

    /// The bytes of a part.
    func bytes(of part: Part) -> UnsafeRawBufferPointer { header.bytes(of: part, in: block) }

    /// Answers places block by block; see ``BlockLookUp``.
    func write(
        _ places: UnsafeBufferPointer<Coordinate>,
        ends: UnsafeMutablePointer<UInt32>,
        to found: inout FoundAreas
    ) {
        BlockLookUp.write(places, in: view, ends: ends, to: &found)
    }
}

/// The parts of a block as what they are.
private struct Views {
    let view: IndexView
    let municipal: BorderTree
    let upperTier: BorderTree

    init?(_ header: IndexHeader, _ block: UnsafeRawBufferPointer) {
        func words(_ part: IndexMemory.Part) -> UnsafePointer<UInt32>? {
            header.bytes(of: part, in: block).baseAddress?.assumingMemoryBound(to: UInt32.self)
        }
        func tree(_ pieces: IndexMemory.Part, _ boxes: IndexMemory.Part) -> BorderTree? {
            BorderTree(
                pieces: header.bytes(of: pieces, in: block).assumingMemoryBound(to: BorderTree.Piece.self),
                boxes: header.bytes(of: boxes, in: block).assumingMemoryBound(to: BorderTree.Box.self)
            )
        }
        guard let tiles = words(.tiles), let cells = words(.cells), let records = words(.records),
            let setStarts = words(.setStarts), let setMembers = words(.setMembers),
            let municipal = tree(.municipalPieces, .municipalBoxes),
            let upperTier = tree(.upperTierPieces, .upperTierBoxes)
        else { return nil }
        view = IndexView(
            originX: header.originX,
            originY: header.originY,
            shift: header.shift,
            width: Int64(header.columns) << header.shift,
            height: Int64(header.rows) << header.shift,
            columns: header.columns,
            tiles: tiles,
            cells: cells,
            records: records,
            setStarts: setStarts,
            setMembers: setMembers
        )
        self.municipal = municipal
        self.upperTier = upperTier
    }
}
