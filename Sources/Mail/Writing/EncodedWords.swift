import Foundation

/// Text of a header outside ASCII, as RFC 2047 writes it: `=?UTF-8?B?…?=`, each word at most 75 characters, never cut inside a
/// character.
enum EncodedWords {
    /// Longest encoded word (RFC 2047 section 2).
    private static let longest = 75

    /// A header field with its name, folded, without the line end after it.
    static func field(_ name: String, _ text: String) -> String {
        needsEncoding(text) ? "\(name): \(encoded(text, after: name.utf8.count + 2))" : folded("\(name): \(text)")
    }

    /// A name as it stands before an address in angle brackets.
    static func phrase(_ text: String, after used: Int) -> String {
        if needsEncoding(text) { return encoded(text, after: used) }
        let isAtoms = text.utf8.allSatisfy {
            $0 == 32 || $0 == 45 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        if isAtoms { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Whether a text cannot stand as it is: outside ASCII, too long to be folded at blanks, or looking encoded already.
    private static func needsEncoding(_ text: String) -> Bool {
        !text.utf8.allSatisfy { (32...126).contains($0) } || text.contains("=?")
            || text.split(separator: " ").contains { $0.utf8.count > 60 }
    }

    private static func encoded(_ text: String, after used: Int) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        // The first word shares its line with the header's name.
        var room = Self.room(after: used)
        for character in text {
            // A family of joined emoji is longer than a word: then it is cut between its scalars.
            let pieces =
                character.utf8.count <= Self.room(after: 1)
                ? [Array(character.utf8)] : character.unicodeScalars.map { Array(String($0).utf8) }
            for piece in pieces {
                if bytes.count + piece.count > room {
                    if !bytes.isEmpty { words.append(word(bytes)) }
                    bytes = []
                    room = Self.room(after: 1)
                }
                bytes += piece
            }
        }
        if !bytes.isEmpty { words.append(word(bytes)) }
        return words.joined(separator: "\r\n ")
    }

    /// Bytes of text that fit into one word on a line of which some characters are used.
    private static func room(after used: Int) -> Int {
        let characters = min(longest, 76 - used) - "=?UTF-8?B??=".utf8.count
        return max(characters / 4 * 3, 6)
    }

    private static func word(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }

    /// Folds a line of ASCII at blanks, so that none is longer than 76 characters where that is possible.
    private static func folded(_ line: String) -> String {
        guard line.utf8.count > 76 else { return line }
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            if current.isEmpty {
                current = String(word)
            } else if current.utf8.count + 1 + word.utf8.count > 76 {
                lines.append(current)
                current = " \(word)"
            } else {
                current += " \(word)"
            }
        }
        lines.append(current)
        return lines.joined(separator: "\r\n")
    }
}
