import Foundation

/// Reads encoded words of headers (RFC 2047), in UTF-8 and Latin 1; what is broken stays as it is.
enum EncodedWordReader {
    /// The text of a header.
    static func decoded(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        var result = ""
        var rest = text[...]
        var wasWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            guard let (word, end) = word(rest[start.upperBound...]) else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                wasWord = false
                continue
            }
            // White space between two encoded words belongs to neither.
            if !(wasWord && before.allSatisfy(\.isWhitespace)) { result += before }
            result += word
            rest = rest[end...]
            wasWord = true
        }
        return result + rest
    }

    /// The word that begins after `=?`, and where it ends.
    private static func word(_ text: Substring) -> (String, Substring.Index)? {
        let parts = text.split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3].hasPrefix("=") else { return nil }
        let bytes: [UInt8]
        switch parts[1].lowercased() {
        case "b":
            guard let data = Data(base64Encoded: String(parts[2])) else { return nil }
            bytes = Array(data)
        case "q": bytes = QuotedPrintable.decoded(parts[2].utf8.map { $0 == 95 ? 32 : $0 })
        default: return nil
        }
        let charset = parts[0].prefix { $0 != "*" }.lowercased()
        let decoded: String
        switch charset {
        case "utf-8", "us-ascii": decoded = String(decoding: bytes, as: UTF8.self)
        case "iso-8859-1", "windows-1252", "iso-8859-15":
            decoded = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
        return (decoded, text.index(after: parts[3].startIndex))
    }
}
