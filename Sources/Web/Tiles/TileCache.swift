import Domain
import Hub
import NIOCore

/// Tiles drawn for the generation in force, in memory up to a bound; the one unused longest goes first.
///
/// Whoever asks for a tile that is being drawn waits for the same drawing, and only a few are drawn at a time, so that somebody who moves a
/// map never takes the database away from somebody who reports.
actor TileCache {
    /// Which tile.
    struct Key: Hashable {
        let content: TileContent
        let address: TileAddress
    }

    private struct Kept {
        let bytes: ByteBuffer
        var used: UInt64
    }

    private let draw: DrawTile
    private let mostBytes: Int
    private let mostDrawings: Int
    private var generation: GenerationID?
    private var kept: [Key: Kept] = [:]
    private var keptBytes = 0
    private var clock: UInt64 = 0
    private var drawings: [Key: Task<ByteBuffer, any Error>] = [:]
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - mostBytes: How much is kept.
    ///   - mostDrawings: How many tiles are drawn at a time.
    init(_ draw: DrawTile, mostBytes: Int = 32 << 20, mostDrawings: Int = 2) {
        self.draw = draw
        self.mostBytes = mostBytes
        self.mostDrawings = mostDrawings
    }

    /// How much is kept now, in bytes of tiles, and how many they are.
    var extent: (bytes: Int, tiles: Int) { (keptBytes, kept.count) }

    /// A tile of a generation.
    func tile(_ key: Key, of wanted: GenerationID, layers: [LayerName]) async throws -> ByteBuffer {
        if generation != wanted {
            generation = wanted
            (kept, keptBytes, drawings) = ([:], 0, [:])
        }
        clock += 1
        if let known = kept[key] {
            kept[key]?.used = clock
            return known.bytes
        }
        if let drawing = drawings[key] { return try await drawing.value }
        let drawing = Task {
            await self.begin()
            defer { self.end() }
            return ByteBuffer(bytes: try await draw(key.content, of: wanted, layers: layers, in: key.address))
        }
        drawings[key] = drawing
        do {
            let bytes = try await drawing.value
            if generation == wanted { keep(bytes, key) }
            return bytes
        } catch {
            if generation == wanted { drawings[key] = nil }
            throw error
        }
    }

    private func keep(_ bytes: ByteBuffer, _ key: Key) {
        drawings[key] = nil
        guard kept[key] == nil, bytes.readableBytes <= mostBytes / 4 else { return }
        kept[key] = Kept(bytes: bytes, used: clock)
        // An empty tile takes room too: its key and its place in the table.
        keptBytes += bytes.readableBytes + Self.overhead
        guard keptBytes > mostBytes else { return }
        // A quarter at once, so that the order is worked out seldom.
        for (key, old) in kept.sorted(by: { $0.value.used < $1.value.used }) {
            guard keptBytes > mostBytes / 4 * 3 else { break }
            kept[key] = nil
            keptBytes -= old.bytes.readableBytes + Self.overhead
        }
    }

    private static let overhead = 200

    private func begin() async {
        if running < mostDrawings {
            running += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func end() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
