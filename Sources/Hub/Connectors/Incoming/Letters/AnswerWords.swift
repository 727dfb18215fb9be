import Domain
import Foundation

/// What a person answered: the status in the first line, where one stands there, and the words; what was quoted is left out.
struct AnswerWords {
    /// The word for the state as it was written; nil when the first line is none.
    let status: String?

    /// The rest, at most 4000 characters; nil when there is none.
    let text: String?

    /// Reads the words of a letter.
    ///
    /// - Parameter means: Whether a word means a state.
    init(_ letter: String, means: (String) -> Bool) {
        var lines = Self.unquoted(letter)
        while let first = lines.first, Self.trimmed(first).isEmpty { lines.removeFirst() }
        var word: String?
        if let first = lines.first.map(Self.trimmed) {
            let parts = first.split(separator: ":", maxSplits: 1).map { Self.trimmed($0) }
            if parts.count == 2, ["status", "statut", "etat"].contains(StatusWords.folded(parts[0])) {
                word = parts[1]
            } else if first.count <= 40, means(first) {
                word = first
            }
        }
        if word != nil { lines.removeFirst() }
        status = word
        let words = Self.trimmed(lines.joined(separator: "\n"))
        text = words.isEmpty ? nil : String(words.prefix(4000))
    }

    /// The lines a person wrote: those before a quotation, a signature or our own line, without lines quoted one by one.
    static func unquoted(_ letter: String) -> [Substring] {
        let lines = letter.prefix(200_000).split(separator: "\n", omittingEmptySubsequences: false)
        var written: [Substring] = []
        for (number, line) in lines.enumerated() {
            let plain = trimmed(line)
            let next = number + 1 < lines.count ? trimmed(lines[number + 1]) : ""
            if beginsQuotation(plain, next) || line == "-- " || plain == "--" { break }
            if plain.hasPrefix(">") || plain.hasPrefix("|") { continue }
            written.append(line)
        }
        return written
    }

    private static func beginsQuotation(_ line: String, _ next: String) -> Bool {
        if line.contains(DepartmentLetter.line.prefix(9)), line.contains("311 --") { return true }
        let folded = Self.folded(line)
        // A mailer breaks its introduction where the line is full.
        let ends = [folded, folded + " " + Self.folded(next)]
        if folded.hasPrefix("on "), ends.contains(where: { $0.hasSuffix("wrote:") }) { return true }
        if folded.hasPrefix("le "), ends.contains(where: { $0.hasSuffix("a ecrit :") || $0.hasSuffix("a ecrit:") }) {
            return true
        }
        let originals = ["original message", "message d'origine", "message d’origine"]
        if folded.hasPrefix("-----"), originals.contains(where: folded.contains) { return true }
        if line.count >= 20, line.allSatisfy({ $0 == "_" }) { return true }
        let begins = ["from:", "de :", "de:"].contains { folded.hasPrefix($0) }
        let follows = ["sent:", "envoye", "to:", "date:"].contains { Self.folded(next).hasPrefix($0) }
        return begins && follows
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).lowercased()
            .replacing("\u{A0}", with: " ")
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
