import Testing
import XML

@Suite("Whatever comes, the reader")
struct XMLFuzzTests {
    static let seed: UInt64 = 0x311_2026

    @Test("ends in events or a fault, never in a crash")
    func mutations() {
        let original = Array(
            #"<?xml version="1.0" encoding="UTF-8"?><a xmlns:p="urn:p"><p:b c="d&amp;">e<![CDATA[f]]></p:b><!-- g --></a>"#
                .utf8
        )
        var random = SplitMix(seed: Self.seed)
        var read = 0
        for round in 0..<20_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(contentsOf: bytes[position...].prefix(8), at: position)
                default: bytes.insert("<>&;\"'!?[]:".utf8.randomElement(using: &random) ?? 0, at: position)
                }
            }
            do throws(XMLFault) {
                let element = try XMLElement(parsing: bytes)
                read += 1
                // whatever was read can be written
                #expect(XMLText.firstIllegal(in: element.text) == nil, "seed \(Self.seed), round \(round)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(read > 100)
    }
}

/// A generator whose numbers are the same on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
