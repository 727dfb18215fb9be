import Foundation

/// The rules by which a text waits for a person before the public sees it: rude words and whatever tells of a person.
///
/// Errs on the side of holding: what is held is read by a person, what slips through is public.
public struct HoldRules: Sendable {
    /// Why a text is held.
    public enum Reason: String, Sendable, Hashable, CaseIterable, Comparable {
        /// A rude or hateful word.
        case profanity
        /// An e-mail address or a telephone number.
        case contact
        /// A number that can be of a bank card.
        case card
        /// A number that can be a social insurance number.
        case socialInsurance = "social_insurance"
        /// A licence plate.
        case plate
        /// Nothing is published without a person.
        case everything
        /// A photo; a program can't tell whose face it shows.
        case photo
        /// A person of staff asked for another look.
        case staff

        /// By their words.
        public static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
    }

    private let words: Set<String>
    private let phrases: [String]

    /// The region's words and a tenant's own.
    public init(_ settings: ModerationSettings? = nil, standard: HoldWords = .standard) {
        let settings = settings ?? ModerationSettings()
        let own = settings.holdWordsEnglish + settings.holdWordsFrench
        let allowed = Set(settings.allowedWords.map(Self.folded))
        let all = Set((standard.english + standard.french + own).map(Self.folded)).subtracting(allowed)
        words = all.filter { !$0.contains(" ") }
        phrases = all.filter { $0.contains(" ") }.sorted()
    }

    /// Everything that holds a text; empty when it may be shown.
    public func reasons(to hold: String) -> Set<Reason> {
        guard !hold.isEmpty else { return [] }
        var found: Set<Reason> = []
        let plain = Self.folded(hold)
        let pieces = plain.split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init)
        if pieces.contains(where: isRude)
            || phrases.contains(where: { " \(pieces.joined(separator: " ")) ".contains(" \($0) ") })
        {
            found.insert(.profanity)
        }
        if ContactData.isIn(hold) { found.insert(.contact) }
        let numbers = PersonalNumbers(hold)
        if numbers.hasCard { found.insert(.card) }
        if numbers.hasSocialInsurance { found.insert(.socialInsurance) }
        if LicencePlate.isIn(hold) { found.insert(.plate) }
        return found
    }

    /// A word of the list, also with an article, with doubled letters, or with digits and signs for letters.
    private func isRude(_ piece: String) -> Bool {
        let bare = piece.split(separator: "'").last.map(String.init) ?? piece
        if words.contains(bare) || words.contains(piece) { return true }
        let read = String(bare.map { Self.letters[$0] ?? $0 })
        if words.contains(read) { return true }
        let single = Self.withoutRuns(read)
        return single != read && words.contains(single)
    }

    /// What people write for letters.
    private static let letters: [Character: Character] = ["0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"]

    /// `shiiit` as `shit`; two of a letter stay, for most words that have two need them.
    private static func withoutRuns(_ text: String) -> String {
        var kept = ""
        var run = 0
        for character in text {
            run = kept.last == character ? run + 1 : 1
            if run == 1 { kept.append(character) }
        }
        return kept
    }

    /// Small letters without accents, the typographic apostrophe as the plain one, `@` and `$` as the letters they stand for.
    static func folded(_ text: String) -> String {
        text.replacing("’", with: "'").replacing("$", with: "s")
            .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en"))
    }
}
