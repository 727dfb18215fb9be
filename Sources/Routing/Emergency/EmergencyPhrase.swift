import Domain

/// Words that mean danger, or that take the danger out of a word that would.
struct EmergencyPhrase {
    /// What is logged: the phrase as listed.
    let name: String

    /// Each place takes one of several words, in stem form.
    let slots: [Set<String>]

    /// How many other words may stand between two of them.
    let gap: Int

    let danger: Danger

    /// Reads `smoke .. house|home|kitchen`: places divided by blanks, choices by `|`, `..` lets up to four words stand between.
    init(_ text: String, danger: Danger = .general) {
        let places = text.split(separator: " ").filter { $0 != ".." }
        name = places.map { $0.split(separator: "|").first.map(String.init) ?? "" }.joined(separator: " ")
        gap = text.contains("..") ? 4 : 0
        slots = places.map { place in
            Set(place.split(separator: "|").flatMap { EmergencyWords.tokens(of: String($0)) })
        }
        self.danger = danger
    }

    /// The tokens that the phrase takes when it begins at `start`; nil when it does not stand there.
    func match(in tokens: [String], at start: Int) -> [Int]? {
        var taken: [Int] = []
        var next = start
        for (place, words) in slots.enumerated() {
            let last = place == 0 ? next : next + gap
            guard let found = (next...last).first(where: { $0 < tokens.count && words.contains(tokens[$0]) }) else {
                return nil
            }
            taken.append(found)
            next = found + 1
        }
        return taken
    }
}
