public import Domain

/// The areas of many places, flat, in the order of the places.
public struct BulkAnswer: Sendable {
    /// Places answered together; the work is shared out in pieces of this size.
    private static let pieceShift = 16

    /// The answer of place `n` is the slice between two marks.
    private struct Piece: Sendable {
        var ends: [UInt32] = []
        var members: [UInt32] = []
    }

    private var pieces: [Piece]

    /// How many places were asked.
    public let count: Int

    /// Areas found over all places.
    public var hits: Int { pieces.reduce(0) { $0 + $1.members.count } }

    /// Positions in ``BoundaryIndex/areas`` of what covers one of the places, rising.
    public subscript(place: Int) -> ArraySlice<UInt32> {
        let piece = pieces[place >> Self.pieceShift]
        let number = place & (1 << Self.pieceShift - 1)
        return piece.members[(number == 0 ? 0 : Int(piece.ends[number - 1]))..<Int(piece.ends[number])]
    }

    fileprivate init(_ places: [Coordinate], in memory: IndexMemory) {
        count = places.count
        pieces = Self.pieces(places, in: memory, from: 0, every: 1).map(\.piece)
    }

    fileprivate init(_ places: [Coordinate], in memory: IndexMemory, cores: Int) async {
        count = places.count
        pieces = Array(repeating: Piece(), count: (places.count + 1 << Self.pieceShift - 1) >> Self.pieceShift)
        await withTaskGroup(of: [(number: Int, piece: Piece)].self) { group in
            let workers = Swift.min(cores, pieces.count)
            for worker in 0..<workers {
                group.addTask { Self.pieces(places, in: memory, from: worker, every: workers) }
            }
            for await done in group { for (number, piece) in done { pieces[number] = piece } }
        }
    }

    /// Answers one piece in so many.
    private static func pieces(
        _ places: [Coordinate],
        in memory: IndexMemory,
        from first: Int,
        every step: Int
    ) -> [(number: Int, piece: Piece)] {
        var found = FoundAreas(room: 2 << pieceShift)
        defer { found.deallocate() }
        return places.withUnsafeBufferPointer { places in
            stride(from: first << pieceShift, to: places.count, by: step << pieceShift).map { start in
                let part = UnsafeBufferPointer(
                    rebasing: places[start..<Swift.min(start + 1 << pieceShift, places.count)]
                )
                found.removeAll()
                let ends = [UInt32](unsafeUninitializedCapacity: part.count) { ends, count in
                    if let ends = ends.baseAddress { memory.write(part, ends: ends, to: &found) }
                    count = part.count
                }
                let members = Array(UnsafeBufferPointer(start: found.areas, count: found.count))
                return (start >> pieceShift, Piece(ends: ends, members: members))
            }
        }
    }
}

extension BoundaryIndex {
    /// Every area that covers each of many places, on the caller's core.
    public func locate(_ places: [Coordinate]) -> BulkAnswer { BulkAnswer(places, in: memory) }

    /// The same on several cores; the answers are in the order of the places.
    ///
    /// - Parameter cores: How many work at once, at least one.
    public func locate(_ places: [Coordinate], cores: Int) async -> BulkAnswer {
        await BulkAnswer(places, in: memory, cores: max(cores, 1))
    }
}
