extension RequestReference {
    /// One character and the word that stands for it on the telephone.
    public struct SpokenCharacter: Sendable, Hashable {
        /// The character.
        public let character: Character
        /// The word: `Bravo`, `seven`.
        public let word: String
    }

    /// The groups with a word for every character, letters by the international spelling alphabet.
    public func spelling(_ language: Language) -> [[SpokenCharacter]] {
        groups.map { group in
            group.map { SpokenCharacter(character: $0, word: Self.word(for: $0, language)) }
        }
    }

    /// The whole reference as a sentence to read aloud: `B Bravo, B Bravo; 7 seven, …`.
    public func spokenText(_ language: Language) -> String {
        spelling(language)
            .map { group in group.map { "\($0.character) \($0.word)" }.joined(separator: ", ") }
            .joined(separator: "; ")
    }

    private static func word(for character: Character, _ language: Language) -> String {
        if let digit = character.wholeNumberValue {
            return language == .french ? frenchDigits[digit] : englishDigits[digit]
        }
        return letters.first { $0.first == character }.map(String.init) ?? String(character)
    }

    private static let letters =
        """
        Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra \
        Tango Uniform Victor Whiskey X-ray Yankee Zulu
        """
        .split(separator: " ")

    private static let englishDigits = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ]

    private static let frenchDigits = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf",
    ]
}
