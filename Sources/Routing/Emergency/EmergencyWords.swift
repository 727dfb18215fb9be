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
        let further = Self.byFirstWord(added.map { EmergencyPhrase($0) })
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

    /// Without the plural; the same on both sides of a comparison, so that it need not be a real word.
    private static func stem(_ word: Substring) -> String {
        guard word.count > 3, let last = word.last, last == "s" || last == "x" else { return String(word) }
        return String(word.dropLast())
    }
}
