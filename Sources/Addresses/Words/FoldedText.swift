import Foundation

/// Text as addresses are compared: small ASCII letters and digits, accents and apostrophes gone, dots gone, other signs blanks.
enum FoldedText {
    /// The words of a text; hyphens, brackets and other signs part words, apostrophes and dots do not.
    ///
    /// A single letter before an apostrophe is a French article (`l’Église`, `d’Or`) and stands alone; in `O’Connor` it belongs to
    /// the name and is joined to it later, with `Mc`.
    static func words(_ text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let source = isPlain ? String(text) : String(text).decomposedStringWithCanonicalMapping
        for scalar in source.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": word.append(UInt8(scalar.value))
            case "A"..."Z": word.append(UInt8(scalar.value + 32))
            case "'", "\u{2019}", "\u{02BC}", "`":
                if word == [UInt8(ascii: "l")] || word == [UInt8(ascii: "d")] { end() }
            case ".": break
            case "&":
                end()
                words.append("and")
            case "œ", "Œ": word += Array("oe".utf8)
            case "æ", "Æ": word += Array("ae".utf8)
            case "ß": word += Array("ss".utf8)
            case "ø", "Ø": word.append(UInt8(ascii: "o"))
            case "ł", "Ł": word.append(UInt8(ascii: "l"))
            case "\u{0300}"..."\u{036F}": break
            case _ where scalar.properties.isAlphabetic: word += Array(String(scalar).utf8)
            default: end()
            }
        }
        end()
        return words
    }
}

extension String {
    /// Whether it is one or more ASCII digits.
    var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Whether it holds an ASCII digit.
    var hasDigit: Bool { utf8.contains { (0x30...0x39).contains($0) } }
}
