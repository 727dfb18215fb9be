import Domain
import Foundation

/// The guard's two word lists, ready for matching: what means danger, and what looks like it and does not.
///
/// Words are compared as stems: no case, no accents, no plural. An exception hides the words it covers and nothing else, so
/// "the fire hydrant is on fire" still brings the instruction.
struct EmergencyWords: Sendable {
    /// The lists of this program, English and French together, because people mix them.
    static let standard = EmergencyWords(triggers: EmergencyLists.triggers, exceptions: EmergencyLists.exceptions)

    private let triggers: [String: [EmergencyPhrase]]
    private let exceptions: [String: [EmergencyPhrase]]

    init(triggers: [EmergencyPhrase], exceptions: [EmergencyPhrase]) {
        self.triggers = Self.byFirstWord(triggers)
        self.exceptions = Self.byFirstWord(exceptions)
    }

    private static func byFirstWord(_ phrases: [EmergencyPhrase]) -> [String: [EmergencyPhrase]] {
        var index: [String: [EmergencyPhrase]] = [:]
        for phrase in phrases {
            for word in phrase.slots.first ?? [] { index[word, default: []].append(phrase) }
        }
        return index
    }

    /// Every phrase of danger that stands in the text outside an exception.
    func hits(in tokens: [String], added: [String] = []) -> [EmergencyPhrase] {
        var hidden: Set<Int> = []
        for (start, token) in tokens.enumerated() {
            for phrase in exceptions[token] ?? [] {
                if let taken = phrase.match(in: tokens, at: start) { hidden.formUnion(taken) }
            }
        }
        let further = added.isEmpty ? [:] : Self.byFirstWord(added.map { EmergencyPhrase($0) })
        var hits: [EmergencyPhrase] = []
        for (start, token) in tokens.enumerated() {
            for phrase in (triggers[token] ?? []) + (further[token] ?? []) {
                guard let taken = phrase.match(in: tokens, at: start), hidden.isDisjoint(with: taken) else { continue }
                hits.append(phrase)
            }
        }
        return hits
    }

    /// The words of a text as stems.
    static func tokens(of text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        if let plain = plainTokens(of: text) { return plain }
        // Apostrophes end a word in French (l'incendie) and are dropped in English (can't), so both halves are kept.
        let visible = String(text.unicodeScalars.filter { $0.properties.generalCategory != .format })
        return
            visible
            .folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
            .replacing("œ", with: "oe")
            .replacing("æ", with: "ae")
            .split { !$0.isLetter && !$0.isNumber }
            .map(stem)
    }

    /// The words of a text that is ASCII, which needs no folding: a twentieth of the work; nil for any other text.
    private static func plainTokens(of text: String) -> [String]? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            var tokens: [String] = []
            var word: [UInt8] = []
            func isSpelled(_ byte: UInt8) -> Bool {
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
            }
            for place in 0...bytes.count {
                let byte = place < bytes.count ? bytes[place] : 0x20
                let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                guard !isSpelled(lower) else {
                    word.append(lower)
                    continue
                }
                guard !word.isEmpty else { continue }
                if word.count > 3, word.last == UInt8(ascii: "s") || word.last == UInt8(ascii: "x") {
                    word.removeLast()
                }
                tokens.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
            return tokens
        }
    }

    /// Without the plural; the same on both sides of a comparison, so that it need not be a real word.
    private static func stem(_ word: Substring) -> String {
        guard word.count > 3, let last = word.last, last == "s" || last == "x" else { return String(word) }
        return String(word.dropLast())
    }
}
