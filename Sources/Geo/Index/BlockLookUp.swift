import Domain

/// Looks up places a block at a time: far faster than one by one, because the memory's answers to a whole block are waited for together.
///
/// Three passes bring things near: the words of tiles, then those of cells, then the heads of border records; no load waits for another of its pass.
/// The fourth finds everything there and writes the answers in order.
struct BlockLookUp {
    /// Places in a block: enough to fill the processor's queue of loads, few enough for its nearest cache.
    private static let size = 128

    private let view: IndexView
    /// For each place the word of its square, its offset from the square's corner, and the first word of the square's record.
    private let words: UnsafeMutablePointer<UInt32>
    private let xs: UnsafeMutablePointer<UInt32>
    private let ys: UnsafeMutablePointer<UInt32>
    private let heads: UnsafeMutablePointer<UInt32>

    /// Writes the areas of every place, rising for each, and where each place's end.
    static func write(
        _ places: UnsafeBufferPointer<Coordinate>,
        in view: IndexView,
        ends: UnsafeMutablePointer<UInt32>,
        to found: inout FoundAreas
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * size) { room in
            guard let room = room.baseAddress, let first = places.baseAddress else { return }
            let block = BlockLookUp(view, room)
            var start = 0
            while start < places.count {
                let count = min(size, places.count &- start)
                block.findTiles(first + start, count)
                block.findCells(first + start, count)
                block.touchRecords(count)
                block.write(count, ends + start, &found)
                start &+= count
            }
        }
    }

    private init(_ view: IndexView, _ room: UnsafeMutablePointer<UInt32>) {
        self.view = view
        words = room
        xs = room + Self.size
        ys = room + 2 * Self.size
        heads = room + 3 * Self.size
    }

    @inline(__always)
    private func findTiles(_ places: UnsafePointer<Coordinate>, _ count: Int) {
        let view = view
        for number in 0..<count {
            let x = places[number].longitudeNano &- view.originX
            let y = places[number].latitudeNano &- view.originY
            // A negative number is an enormous one without its sign.
            let isInside =
                UInt64(bitPattern: x) < UInt64(bitPattern: view.width)
                && UInt64(bitPattern: y) < UInt64(bitPattern: view.height)
            let tile = Int(y &>> view.shift) &* view.columns &+ Int(x &>> view.shift)
            let word = view.tiles[isInside ? tile : 0]
            words[number] = isInside ? word : 0
        }
    }

    @inline(__always)
    private func findCells(_ places: UnsafePointer<Coordinate>, _ count: Int) {
        let view = view
        for number in 0..<count {
            let tile = words[number]
            let x = places[number].longitudeNano &- view.originX
            let y = places[number].latitudeNano &- view.originY
            let isCut = tile & IndexWords.kindMask == IndexWords.cells
            let (cell, size) = view.cell(ofTile: tile, x, y)
            // A tile that isn't cut has no cells; any word will do, for it is thrown away, and there is nothing to guess for the processor.
            let word = view.cells[isCut ? cell : 0]
            words[number] = isCut ? word : tile
            let mask = (Int64(1) &<< (isCut ? size : view.shift)) &- 1
            xs[number] = UInt32(truncatingIfNeeded: x & mask)
            ys[number] = UInt32(truncatingIfNeeded: y & mask)
        }
    }

    @inline(__always)
    private func touchRecords(_ count: Int) {
        let view = view
        for number in 0..<count {
            let word = words[number]
            heads[number] = view.records[word & IndexWords.kindMask == IndexWords.record ? Int(word &>> 2) : 0]
        }
    }

    @inline(__always)
    private func write(_ count: Int, _ ends: UnsafeMutablePointer<UInt32>, _ found: inout FoundAreas) {
        found.makeRoom(Self.size)
        for number in 0..<count {
            let word = words[number]
            if word & IndexWords.kindMask == IndexWords.areas {
                // Written in any case and counted if there is one: nothing to guess for the processor.
                found.areas[found.count] = (word &>> 2) &- 1
                found.count &+= word == 0 ? 0 : 1
            } else if word & IndexWords.kindMask == IndexWords.record {
                let record = CellRecord(
                    view.records + Int(word &>> 2),
                    head: heads[number],
                    Int64(xs[number]),
                    Int64(ys[number])
                )
                if record.isAlone {
                    record.forEachArea {
                        found.areas[found.count] = $0; found.count &+= 1
                    }
                    found.makeRoom(Self.size)
                } else {
                    writeMore(record, number, &found)
                }
            } else {
                found.append(view.members(ofSet: word), leaving: Self.size)
            }
            ends[number] = UInt32(truncatingIfNeeded: found.count)
        }
    }

    /// The rare cell that also lies wholly in areas, or has more than a record can tell.
    @inline(never)
    private func writeMore(_ first: CellRecord, _ number: Int, _ found: inout FoundAreas) {
        let start = found.count
        view.forEachArea(first, Int64(xs[number]), Int64(ys[number])) { area in
            found.makeRoom(Self.size + 1)
            found.areas[found.count] = area
            found.count &+= 1
        }
        var written = UnsafeMutableBufferPointer(start: found.areas + start, count: found.count - start)
        written.sort()
    }
}

/// Areas found, one after the other, in memory that grows.
///
/// Freed by ``deallocate()``: whoever makes one owns it.
struct FoundAreas {
    fileprivate(set) var areas: UnsafeMutablePointer<UInt32>
    fileprivate(set) var count = 0
    private var room: Int

    /// - Parameter room: Areas expected.
    init(room: Int) {
        self.room = max(room, 1)
        areas = .allocate(capacity: self.room)
    }

    func deallocate() { areas.deallocate() }

    /// Forgets the areas and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// Makes sure that so many more fit.
    @inline(__always)
    fileprivate mutating func makeRoom(_ more: Int) {
        if count &+ more > room { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: room * 2 + more)
        wider.update(from: areas, count: count)
        areas.deallocate()
        areas = wider
        room = room * 2 + more
    }

    @inline(never)
    fileprivate mutating func append(_ more: UnsafeBufferPointer<UInt32>, leaving spare: Int) {
        makeRoom(more.count + spare)
        if let first = more.baseAddress { (areas + count).update(from: first, count: more.count) }
        count += more.count
    }
}
