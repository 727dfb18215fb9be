public import Domain

/// A municipality or community that addresses name or lie in.
public struct AddressPlace: Sendable, Hashable, Codable {
    /// What people call it.
    public let name: String
    /// Id of its area, when it is a municipality of the boundaries.
    public let areaID: AreaID?
    /// Municipalities that a community lies in, by position, with the share of its addresses, the greatest first; empty for a municipality.
    public internal(set) var parts: [Part]

    /// One municipality of a community.
    public struct Part: Sendable, Hashable, Codable {
        /// Position of the municipality among the book's places.
        public let place: Int
        /// Share of the community that lies in it, 0 to 1.
        public let weight: Double
    }

    private static let bodies: Set<String> = [
        "city", "town", "township", "village", "municipality", "ville", "canton", "municipalite", "corporation",
    ]

    /// Whether two names mean one place: `TOWN OF ST. MARK` and `Saint Mark`.
    public static func isSame(_ left: String, _ right: String) -> Bool {
        folded(FoldedText.words(left)) == folded(FoldedText.words(right))
    }

    /// Its folded words, joined.
    var folded: String { Self.folded(FoldedText.words(name)) }

    /// Words of a name as places are compared.
    ///
    /// What kind of body it is (`Town of`, `Ville de`) is left out.
    static func folded(_ words: [String]) -> String {
        var words = words[...]
        if words.count > 2, bodies.contains(words[0]), words[1] == "of" || words[1] == "de" {
            words = words.dropFirst(2)
        }
        return words.map { ["saint", "sainte", "ste"].contains($0) ? "st" : $0 == "mt" ? "mount" : $0 }.joined()
    }
}
