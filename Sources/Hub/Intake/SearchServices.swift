public import Domain
import Foundation

/// Finds types of request by everyday words, forgiving typos, accents and the other language.
///
/// The score of a type is the sum over the words typed of the best match among its name (3), keywords (2), group and
/// description (1); a word that begins another counts for three quarters, one within one edit (two from eight letters
/// on) for half, except in group and description, whose many words are near to anything. Nobody mistypes the first letter, so a near
/// miss begins alike. A type must match more than half of the words to be shown.
public struct SearchServices: Sendable {
    /// Characters that are looked at.
    static let longestSentence = 200

    /// A search over any list of types.
    public init() {}

    /// The types that match, best first, equal ones in the order of the list.
    public func callAsFunction(_ words: String, among services: [Service]) -> [Service] {
        // More than a sentence says no more about the matter, and each word is held against every word of every type.
        let sentence = Self.words(of: String(words.prefix(Self.longestSentence)))
        let typed = sentence.filter { !Self.fillers.contains($0) }.prefix(12)
        guard !typed.isEmpty else { return [] }
        let joined = sentence.joined()
        let scored: [(service: Service, score: Double, place: Int)] = services.enumerated().compactMap {
            place,
            service in
            let fields = Self.fields(of: service)
            var total = 0.0
            var matched = 0
            for word in typed {
                let best =
                    fields.map { field in
                        field.words.map { Self.likeness(word, $0, isForgiving: field.weight > 1) }.max().map {
                            $0 * field.weight
                        } ?? 0
                    }.max() ?? 0
                total += best
                if best > 0 { matched += 1 }
            }
            if fields.contains(where: { field in field.phrases.contains { Self.close(joined, $0) } }) {
                total += 3
                matched = typed.count
            }
            guard matched * 2 > typed.count, total > 0 else { return nil }
            return (service, total, place)
        }
        return scored.sorted { $0.score == $1.score ? $0.place < $1.place : $0.score > $1.score }.map(\.service)
    }

    private struct Field {
        let words: [String]
        /// Whole phrases with their blanks removed, so that "pot hole" finds "pothole".
        let phrases: [String]
        let weight: Double
    }

    private static func fields(of service: Service) -> [Field] {
        let names = [service.name.english, service.name.french]
        let keywords = service.keywordsEnglish + service.keywordsFrench
        let rest =
            service.groups.flatMap { [$0.english, $0.french] }
            + [service.description.english, service.description.french]
        return [
            Field(words: names.flatMap(words(of:)), phrases: names.map(squeezed), weight: 3),
            Field(words: keywords.flatMap(words(of:)), phrases: keywords.map(squeezed), weight: 2),
            Field(words: rest.flatMap(words(of:)), phrases: [], weight: 1),
        ]
    }

    /// Words that say nothing about the matter, in both languages.
    private static let fillers: Set<String> = [
        "a", "an", "the", "my", "is", "in", "on", "of", "at", "to", "and", "there", "has", "not", "was", "it", "for",
        "le", "la", "les", "un", "une", "des", "du", "de", "d", "l", "mon", "ma", "mes", "est", "sur", "dans", "et",
        "au", "aux", "pas", "il", "y", "en", "ne", "n",
    ]

    /// Lower-case words without accents, cut at everything that is no letter or digit.
    static func words(of text: String) -> [String] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }
            .map(String.init)
    }

    private static func squeezed(_ text: String) -> String { words(of: text).joined() }

    private static func close(_ typed: String, _ phrase: String) -> Bool {
        typed.count >= 4 && phrase.count >= 4 && EditDistance.within(1, typed, phrase)
    }

    /// Whether two words have the first letter in common, or the first two the other way round.
    private static func beginAlike(_ first: String, _ second: String) -> Bool {
        first.first == second.first || (first.prefix(2).elementsEqual(second.prefix(2).reversed()))
    }

    /// 1 for the same word, less for a beginning or a near miss, 0 otherwise.
    private static func likeness(_ typed: String, _ word: String, isForgiving: Bool) -> Double {
        if typed == word { return 1 }
        if typed.count >= 3, word.hasPrefix(typed) { return 0.75 }
        guard isForgiving, typed.count >= 4, word.count >= 4, beginAlike(typed, word) else { return 0 }
        return EditDistance.within(typed.count >= 8 ? 2 : 1, typed, word) ? 0.5 : 0
    }
}
