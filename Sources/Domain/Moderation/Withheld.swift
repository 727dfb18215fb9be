/// What of a request or a message the public may not see now; stored and sent as words: `description`, `address`, `photo:0`.
public struct Withheld: Sendable, Hashable, Codable {
    /// A piece that can be withheld by itself.
    public enum Piece: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The person's own words.
        case description
        /// The address in the person's words.
        case address
        /// The photo at a position of the list of photos, from 0.
        case photo(Int)

        /// The stored word.
        public var description: String {
            switch self {
            case .description: "description"
            case .address: "address"
            case .photo(let position): "photo:\(position)"
            }
        }

        /// Reads the stored word; nil when it is none.
        public init?(_ word: String) {
            switch word {
            case "description": self = .description
            case "address": self = .address
            default:
                guard word.hasPrefix("photo:"), let position = Int(word.dropFirst(6)), position >= 0 else { return nil }
                self = .photo(position)
            }
        }
    }

    /// The pieces.
    public var pieces: Set<Piece>

    /// Nothing, or some pieces.
    public init(_ pieces: Set<Piece> = []) {
        self.pieces = pieces
    }

    /// Reads stored words; a word of a later program withholds nothing this one could show.
    public init(words: [String]) {
        pieces = Set(words.compactMap(Piece.init))
    }

    /// The stored words, in order.
    public var words: [String] { pieces.sorted().map(\.description) }

    /// Whether everything may be seen.
    public var isEmpty: Bool { pieces.isEmpty }

    /// Whether a piece may not be seen.
    public func contains(_ piece: Piece) -> Bool { pieces.contains(piece) }

    /// A list with the withheld photos left out.
    public func shown(_ photos: [String]) -> [String] {
        photos.enumerated().filter { !pieces.contains(.photo($0.offset)) }.map(\.element)
    }

    /// Reads the words.
    public init(from decoder: any Decoder) throws {
        self.init(words: try decoder.singleValueContainer().decode([String].self))
    }

    /// Writes the words.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(words)
    }
}

/// What stands in the place of words that wait for a person, or were kept from the public.
public enum NeutralSentence {
    /// For the description of a request.
    public static let description = LocalizedText(
        english: "The description is being checked before it is shown.",
        french: "La description est vérifiée avant d’être affichée."
    )

    /// For a message on a request.
    public static let message = LocalizedText(
        english: "A message was added. It is being checked before it is shown.",
        french: "Un message a été ajouté. Il est vérifié avant d’être affiché."
    )
}

extension ServiceRequest {
    /// The words as anybody may read them: the person's own, or a neutral sentence where they are withheld.
    public func publicDescription(_ language: Language) -> String {
        withheld.contains(.description) ? NeutralSentence.description[language] : description
    }

    /// The request as anybody may read it: whatever is withheld is left out or replaced.
    ///
    /// Everything that is shown outside staff goes through this; it says nothing about whether the type is public at all.
    public func shown(in language: Language) -> ServiceRequest {
        guard !withheld.isEmpty else { return self }
        var shown = self
        shown.description = publicDescription(language)
        if withheld.contains(.address) { shown.address = nil }
        shown.mediaURLs = withheld.shown(mediaURLs)
        return shown
    }
}
