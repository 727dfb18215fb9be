import Foundation
import Testing

@testable import Tenancy

@Suite("Files spoiled at random")
struct SpoiledAtRandomTests {
    /// A generator whose numbers depend on its seed alone (SplitMix64).
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("are read or refused, never a crash, and every fault has its file", arguments: [1, 2, 3, 4] as [UInt64])
    func neverACrash(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let pieces = [
            "\u{0}", "\t", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "? ", "|\n", ">", "\"", "'", "#", "\n", "!!",
            "%", "é", "---\n", "...",
        ]
        for round in 0..<40 {
            var region = SmallRegion()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                guard let file = region.files.keys.sorted().randomElement(using: &random),
                    var text = region.files[file].map(Array.init), !text.isEmpty
                else { continue }
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text.remove(at: place)
                case 1: text.insert(contentsOf: pieces.randomElement(using: &random) ?? "", at: place)
                default: text.removeSubrange(place..<min(text.count, place + 30))
                }
                region.files[file] = String(text)
            }
            let folder = try region.load()
            #expect(
                folder.faults.allSatisfy { !$0.file.isEmpty && !$0.message.isEmpty },
                "seed \(seed), round \(round)"
            )
            #expect(folder.configurations.count == 2 || !folder.faults.isEmpty, "seed \(seed), round \(round)")
        }
    }

    @Test("any bytes at all are read or refused as YAML", arguments: [11, 12, 13] as [UInt64])
    func anyBytes(seed: UInt64) {
        var random = Seeded(state: seed)
        let alphabet = Array("ab:-{}[],&*?|>'\"# \n!%@`0.~".utf8)
        for _ in 0..<400 {
            let length = Int.random(in: 0...60, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 97 }
            let faults = FaultList()
            let node = YamlFile(name: "x", faults: faults).read(bytes: bytes)
            #expect(node != nil || !faults.isEmpty, "seed \(seed): \(bytes)")
        }
    }
}
