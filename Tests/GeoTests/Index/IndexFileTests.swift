import Domain
import Foundation
import Testing

@testable import Geo

@Suite("Index file") struct IndexFileTests {
    private let fingerprint = String(repeating: "ab", count: 32)

    /// Two towns with a hole and a ward in three layers, with a comma and an accent in a name.
    private var index: BoundaryIndex {
        BoundaryIndex(
            [
                area("a", polygon([(0, 0), (90_000_000, 0), (90_000_000, 80_000_000), (0, 70_000_000)])),
                area("b,é", box(90_000_000, 0, 160_000_000, 50_000_000)),
                area("w", box(10, 20, 40_000_000, 30_000_000), layer: .ward),
                area("u", box(-5, -5, 200_000_000, 90_000_000), layer: .upperTier),
            ],
            generation: GenerationID(7)
        )
    }

    private func withSaved<Result>(_ body: (IndexFile, BoundaryIndex) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub311-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = IndexFile(path: folder.appendingPathComponent("seven.index").path)
        let index = index
        try file.save(index, fingerprint: fingerprint)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["seven.index"],
            "nothing half-written"
        )
        return try body(file, index)
    }

    private func load(_ file: IndexFile, generation: Int = 7, fingerprint: String? = nil) throws(IndexFile.Fault)
        -> BoundaryIndex
    {
        try file.load(
            generation: GenerationID(generation),
            fingerprint: fingerprint ?? self.fingerprint,
            roads: []
        )
    }

    @Test("answers from a mapped file what the built index answers, to the last metre") func same() throws {
        try withSaved { file, built in
            let mapped = try load(file)
            #expect(mapped.areas == built.areas && mapped.layers == built.layers)
            #expect(mapped.vertexCount == built.vertexCount && mapped.generation == built.generation)
            #expect(mapped.memory.header.byteCount == built.memory.header.byteCount)
            var generator = SeededGenerator(seed: 311)
            for _ in 0..<3_000 {
                let place = at(
                    Int64.random(in: -90_000_000...250_000_000, using: &generator),
                    Int64.random(in: -50_000_000...120_000_000, using: &generator)
                )
                #expect(mapped.facts(at: place) == built.facts(at: place), "\(place)")
            }
        }
    }

    @Test("is the same to the byte after every rebuild") func reproducible() throws {
        try withSaved { file, built in
            let first = try Data(contentsOf: URL(fileURLWithPath: file.path))
            try file.save(index, fingerprint: fingerprint)
            #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == first)
            #expect(built.generation == GenerationID(7))
        }
    }

    @Test("is refused for another generation or another database") func other() throws {
        try withSaved { file, _ in
            #expect(throws: IndexFile.Fault.otherGeneration) { try load(file, generation: 8) }
            #expect(throws: IndexFile.Fault.otherGeneration) {
                try load(file, fingerprint: String(repeating: "ac", count: 32))
            }
            #expect(throws: IndexFile.Fault.missing) { try load(IndexFile(path: file.path + "x")) }
        }
    }

    @Test("is refused when it is cut short, lengthened, or something else") func truncated() throws {
        try withSaved { file, _ in
            let url = URL(fileURLWithPath: file.path)
            let whole = try Data(contentsOf: url)
            for count in [0, 1, 511, 512, 600, whole.count / 2, whole.count - 64, whole.count - 1] {
                try whole.prefix(count).write(to: url)
                #expect(throws: IndexFile.Fault.foreign, "\(count) bytes") { try load(file) }
            }
            try (whole + [0]).write(to: url)
            #expect(throws: IndexFile.Fault.foreign) { try load(file) }
            try Data(repeating: 0x41, count: whole.count).write(to: url)
            #expect(throws: IndexFile.Fault.foreign) { try load(file) }
        }
    }

    @Test("is refused whichever bit has flipped", arguments: [0, 1, 2] as [UInt64]) func flipped(seed: UInt64) throws {
        try withSaved { file, _ in
            let url = URL(fileURLWithPath: file.path)
            let whole = try Data(contentsOf: url)
            var generator = SeededGenerator(seed: seed)
            // A third of the header's bytes, and some of the rest.
            let bytes =
                Array(stride(from: Int(seed), to: 512, by: 3))
                + (0..<40).map { _ in Int.random(in: 512..<whole.count, using: &generator) }
            for byte in bytes {
                var flipped = whole
                flipped[byte] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try flipped.write(to: url)
                #expect(throws: IndexFile.Fault.self, "byte \(byte)") { try load(file) }
            }
            try whole.write(to: url)
            _ = try load(file)
        }
    }

    @Test("says why when it can't be written, and leaves nothing behind") func unwritable() throws {
        let fault = #expect(throws: IndexFile.Fault.self) {
            try IndexFile(path: "/nowhere-\(UUID().uuidString)/x.index").save(index, fingerprint: fingerprint)
        }
        guard case .unusable = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test("holds the empty index too") func empty() throws {
        try withSaved { file, _ in
            try file.save(BoundaryIndex([], generation: GenerationID(7)), fingerprint: fingerprint)
            let mapped = try load(file)
            #expect(mapped.areas.isEmpty && mapped.areas(at: at(0, 0)).isEmpty)
            #expect(mapped.locate([at(0, 0), at(5, 5)]).hits == 0)
        }
    }
}
