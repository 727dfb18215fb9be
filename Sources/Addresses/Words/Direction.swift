/// The direction after a street's name: `King Street East`, `rue King Est`.
enum Direction: UInt8, Sendable, CaseIterable {
    case none, north, south, east, west, northeast, northwest, southeast, southwest

    private static let words: [String: Direction] = [
        "n": .north, "no": .north, "north": .north, "nord": .north, "s": .south, "so": .south, "south": .south,
        "sud": .south, "e": .east, "east": .east, "est": .east, "w": .west, "west": .west, "o": .west, "ouest": .west,
        "ne": .northeast, "northeast": .northeast, "nw": .northwest, "northwest": .northwest, "se": .southeast,
        "southeast": .southeast, "sw": .southwest, "southwest": .southwest,
    ]

    /// The direction a folded word means; nil when it means none.
    init?(word: String) {
        guard let found = Self.words[word], word != "no", word != "so" else { return nil }
        self = found
    }

    /// Whether some word for a direction begins with these letters.
    static func mayBegin(with letters: String) -> Bool { words.keys.contains { $0.hasPrefix(letters) } }

    /// The whole word, for a name that begins with a letter: `N Service Road`.
    var word: String {
        switch self {
        case .none: ""
        case .north: "north"
        case .south: "south"
        case .east: "east"
        case .west: "west"
        case .northeast: "northeast"
        case .northwest: "northwest"
        case .southeast: "southeast"
        case .southwest: "southwest"
        }
    }
}
