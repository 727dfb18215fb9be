import Domain
import Foundation
import Testing

@Suite("A reference")
struct RequestReferenceTests {
    private static let codes = [
        "BB", "MW", "MWR", "CF", "DM", "EB", "FL", "IL", "LO", "UU", "ILOU", "OIL", "ZL", "AL",
    ]

    private func samples(seed: UInt64, perCode: Int) -> [RequestReference] {
        var random = SeededReferences(seed)
        return Self.codes.flatMap { code in
            (0..<perCode).map { _ in
                RequestReference.make(code: TenantCode(trusted: code), random: &random)
            }
        }
    }

    @Test("has the tenant's code, five characters and four")
    func form() {
        for reference in samples(seed: 1, perCode: 50) {
            let pattern = /[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}/
            #expect(reference.rawValue.wholeMatch(of: pattern) != nil, "\(reference)")
            #expect(Self.codes.contains(reference.code.rawValue))
            #expect(reference.groups.count == 3)
            #expect(RequestReference(rawValue: reference.rawValue) == reference)
        }
    }

    @Test("stays the same for ever: these were given out before")
    func golden() throws {
        for text in Self.givenOut {
            #expect(try RequestReference(parsing: text).rawValue == text)
        }
    }

    @Test("shows every single wrong character", arguments: [UInt64(311), 2026])
    func substitution(seed: UInt64) {
        let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let body = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for reference in samples(seed: seed, perCode: 8) {
            let characters = Array(reference.rawValue)
            let codeLength = reference.code.rawValue.count
            for index in characters.indices where characters[index] != "-" {
                for other in index < codeLength ? capitals : body where other != characters[index] {
                    var wrong = characters
                    wrong[index] = other
                    #expect(
                        throws: RequestReference.Invalid.check,
                        "seed \(seed), \(reference) as \(String(wrong))"
                    ) {
                        try RequestReference(parsing: String(wrong))
                    }
                }
            }
        }
    }

    @Test("never becomes another by a swap of neighbours, also across the dashes", arguments: [UInt64(311), 2026])
    func transposition(seed: UInt64) {
        for reference in samples(seed: seed, perCode: 300) {
            let characters = reference.rawValue.filter { $0 != "-" }.map { $0 }
            for index in characters.indices.dropLast() where characters[index] != characters[index + 1] {
                var swapped = characters
                swapped.swapAt(index, index + 1)
                // L before 1 and O before 0 look alike when swapped, and are read as what was meant.
                let found = try? RequestReference(parsing: String(swapped))
                #expect(found == nil || found == reference, "seed \(seed), \(reference) as \(String(swapped))")
            }
        }
    }

    @Test("never becomes another by a swap across the dash, for every code and every pair of characters")
    func swapAcrossTheDash() throws {
        let body = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var missed: [String] = []
        var tried = 0
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            for first in body {
                for code in ["B\(last)", "BB\(last)"] {
                    guard let reference = self.reference(code: code, beginning: "\(first)7K3Q2M9") else {
                        continue
                    }
                    var characters = reference.rawValue.filter { $0 != "-" }.map { $0 }
                    characters.swapAt(code.count - 1, code.count)
                    guard String(characters) != reference.rawValue.filter({ $0 != "-" }) else { continue }
                    tried += 1
                    if let found = try? RequestReference(parsing: String(characters)), found != reference {
                        missed.append("\(reference) read as \(found)")
                    }
                }
            }
        }
        #expect(missed.isEmpty)
        #expect(tried == 26 * 32 * 2 - 44)
    }

    @Test(
        "is read in any human spelling",
        arguments: [
            "%@", " %@ ", "%@.", "lower", "blanks", "joined", "underscores", "en dash", "letters",
        ]
    )
    func spellings(way: String) throws {
        var random = SeededReferences(5)
        for code in Self.codes {
            let reference = RequestReference.make(code: TenantCode(trusted: code), random: &random)
            let text = reference.rawValue
            let spelled =
                switch way {
                case "lower": text.lowercased()
                case "blanks": text.map { "\($0)" }.joined(separator: " ")
                case "joined": text.filter { $0 != "-" }
                case "underscores": text.replacing("-", with: "_")
                case "en dash": text.replacing("-", with: "–")
                case "letters":
                    String(text.prefix { $0 != "-" })
                        + String(text.drop { $0 != "-" })
                        .replacing("1", with: "l").replacing("0", with: "o")
                default: way.replacing("%@", with: text)
                }
            #expect(try RequestReference(parsing: spelled) == reference, "\(spelled)")
        }
    }

    @Test("whose code was typed with digits for letters is still understood")
    func digitsInTheCode() throws {
        var random = SeededReferences(9)
        for (code, typed) in [("OB", "0B"), ("IB", "1B"), ("LB", "1B"), ("ILO", "110"), ("LIO", "110")] {
            let reference = RequestReference.make(code: TenantCode(trusted: code), random: &random)
            let text = reference.rawValue.replacing("\(code)-", with: "\(typed)-")
            #expect(try RequestReference(parsing: text) == reference, "\(text)")
        }
    }

    @Test(
        "is not found in other texts",
        arguments: [
            "", "-", "BB", "BB-7K3QF-2M9", "BBBBB-7K3QF-2M9X", "B-7K3QF-2M9X", "BB-7K3QF-2M9XX",
            "B7-7K3QF-2M9X",
            "BB-7K3QU-2M9X", "BB-7K3Q'-2M9X", "ＢＢ-7K3QF-2M9X", "BB-7K3QF-2M9\u{0}", "бб-7K3QF-2M9X",
            String(repeating: "A", count: 100_000), "1042",
        ]
    )
    func rubbish(text: String) {
        #expect(throws: RequestReference.Invalid.self) { try RequestReference(parsing: text) }
        #expect(RequestReference(rawValue: text) == nil)
    }

    @Test("has forty random bits: many are made, none comes twice")
    func unique() {
        var random = SeededReferences(12)
        let made = (0..<20_000).map { _ in
            RequestReference.make(code: TenantCode(trusted: "BB"), random: &random)
        }
        #expect(Set(made).count == made.count)
    }

    @Test("is read aloud in groups, with a word for each character")
    func spoken() throws {
        let reference = try #require(self.reference(code: "BB", beginning: "7K3QF2M9"))
        let english = reference.spokenText(.english)
        #expect(
            english.hasPrefix(
                "B Bravo, B Bravo; 7 seven, K Kilo, 3 three, Q Quebec, F Foxtrot; 2 two, M Mike, 9 nine, "
            )
        )
        #expect(reference.spokenText(.french).contains("7 sept, K Kilo, 3 trois"))
        let words = Set(
            samples(seed: 3, perCode: 20).flatMap { $0.spelling(.english) }.joined()
                .filter { $0.character.isLetter }.map { $0.word.first == $0.character }
        )
        #expect(words == [true])
    }

    @Test("travels through JSON as text")
    func coding() throws {
        let reference = RequestReference.make(code: TenantCode(trusted: "BB"))
        let data = try JSONEncoder().encode([reference])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(reference)\"]")
        #expect(try JSONDecoder().decode([RequestReference].self, from: data) == [reference])
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([RequestReference].self, from: Data(#"["BB-00000-0001"]"#.utf8))
        }
    }

    /// The reference with this code and these eight random characters: its check character is the one of 32 that fits.
    private func reference(code: String, beginning: String) -> RequestReference? {
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ".lazy
            .compactMap { try? RequestReference(parsing: code + beginning + String($0)) }
            .first
    }

    private static let givenOut = [
        "BB-7K3QF-2M9V", "MW-00000-0006", "MWR-ZZZZZ-ZZZX", "CF-1A2B3-C4D7",
        "FL-H1J2K-3M49", "ILOU-9VWXY-Z01B",
    ]
}

/// A seeded generator, so that a failure can be repeated.
struct SeededReferences: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let shifted = ((state >> 18) ^ state) >> 27
        return shifted &* 0x9E37_79B9_7F4A_7C15 ^ state
    }
}
