/// One word of an address as it was typed, with what its signs said.
struct AddressWord: Equatable {
    /// The folded word: small ASCII letters and digits; `5-120` and `1/2` keep their sign.
    var text: String
    /// A comma, semicolon or line break stood before it.
    var afterComma = false
    /// `#` stood before it.
    var afterHash = false
    /// It stands for `and`, `&`, `/`, `@` or `at` between two streets.
    var isCrossing = false

    /// The words of a text.
    static func words(of text: String) -> [AddressWord] {
        var words: [AddressWord] = []
        var comma = false
        for piece in text.replacing("½", with: " 1/2").split(whereSeparator: { $0.isWhitespace && !$0.isNewline }) {
            for (number, part) in piece.split(
                omittingEmptySubsequences: false,
                whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }
            ).enumerated() {
                if number > 0 { comma = true }
                guard !part.isEmpty else { continue }
                append(part, &comma, to: &words)
            }
        }
        return words
    }

    private static func append(_ part: Substring, _ comma: inout Bool, to words: inout [AddressWord]) {
        var part = part
        var hash = false
        while part.first == "#" {
            hash = true
            part = part.dropFirst()
        }
        if part.isEmpty {
            words.append(AddressWord(text: "#", afterComma: comma, afterHash: true))
            comma = false
            return
        }
        if part == "&" || part == "/" || part == "@" || part == "+" {
            words.append(AddressWord(text: "and", afterComma: comma, isCrossing: true))
            comma = false
            return
        }
        let isNumberPair =
            part.first?.isNumber == true && part.last.map { $0.isNumber || $0.isLetter } == true
            && part.utf8.allSatisfy {
                $0 == 0x2D || $0 == 0x2F || (0x30...0x39).contains($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
            }
            && part.split(whereSeparator: { $0 == "-" || $0 == "/" }).count == 2
            && part.split(whereSeparator: { $0 == "-" || $0 == "/" }).allSatisfy {
                $0.utf8.count <= 6 && $0.first?.isNumber == true || $0.utf8.count == 1
            }
        if isNumberPair {
            words.append(AddressWord(text: part.lowercased(), afterComma: comma, afterHash: hash))
            comma = false
            return
        }
        for segment in part.split(separator: "/", omittingEmptySubsequences: true).enumerated() {
            if segment.offset > 0 { words.append(AddressWord(text: "and", isCrossing: true)) }
            for word in FoldedText.words(segment.element) {
                let crossing = word == "and" || word == "at" || word == "et"
                words.append(AddressWord(text: word, afterComma: comma, afterHash: hash, isCrossing: crossing))
                comma = false
                hash = false
            }
        }
    }
}
