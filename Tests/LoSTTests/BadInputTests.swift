import Foundation
import Testing

@testable import LoST

@Suite("Hostile LoST messages")
struct BadInputTests {
    private static func laughs() -> String {
        var text = #"<!DOCTYPE l [<!ENTITY a0 "ha">"#
        for level in 1...30 { text += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
        return text + #"]><findService xmlns="urn:ietf:params:xml:ns:lost1">&a30;</findService>"#
    }

    @Test(
        "bombs, outside entities and nesting are refused quickly",
        arguments: [
            laughs(),
            #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><findService xmlns="urn:ietf:params:xml:ns:lost1">&x;</findService>"#,
            #"<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><findService xmlns="urn:ietf:params:xml:ns:lost1"/>"#,
            String(repeating: "<a>", count: 100_000),
            #"<findService xmlns="urn:ietf:params:xml:ns:lost1">"# + String(repeating: "<x/>", count: 200_000),
            #"<findService xmlns="urn:ietf:params:xml:ns:lost1" "# + (0..<20_000).map { "a\($0)=\"\" " }.joined()
                + "/>",
        ]
    )
    func bombs(text: String) {
        let clock = ContinuousClock()
        let bytes = Array(text.utf8)
        let before = clock.now
        #expect { try LoSTRequest(parsing: bytes) } throws: { ($0 as? LoSTError)?.kind == .badRequest }
        // Measured 1 to 15 ms; the bound tells a refusal from an expansion on any machine.
        #expect(clock.now - before < .seconds(3))
    }

    @Test("a message spoilt anywhere is read or refused, and never more than that", arguments: 0..<8)
    func spoilt(seed: Int) {
        var random = SeededGenerator(seeded: UInt64(seed))
        let good = Array(
            LoSTSamples.find(
                LoSTSamples.geodetic(LoSTSamples.polygon("<g:posList>44 -79 44 -78 45 -78 44 -79</g:posList>")),
                rest: #"<path><via source="a.example"/></path>"#
            ).utf8
        )
        for _ in 0..<400 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
                }
            }
            guard case .findService(let find)? = try? LoSTRequest(parsing: bytes) else { continue }
            for location in find.locations { _ = try? location.content() }
            _ = try? LoSTRequest.findService(find).bytes()
        }
    }
}

/// SplitMix64: the same numbers for the same seed.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seeded seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
