/// When what residents write and send becomes public.
public enum PublicationPolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// At once, photos too.
    case immediate
    /// Only when a person has released it.
    case afterRelease = "after_release"
    /// Texts in which the rules find nothing at once, everything else when a person has released it.
    case byRule = "by_rule"
}

/// Where a text or photo stands on its way to the public.
///
/// ```
/// held ──release──► released
///  │ ▲                │  ▲
///  │ └──────hold──────┘  │ release
///  └──reject──► rejected ┘
/// ```
public enum Publication: String, Sendable, Hashable, Codable, CaseIterable {
    /// Waits for a person. Goes to ``released`` and ``rejected``.
    case held
    /// Everybody may see it. Goes to ``held`` and ``rejected``.
    case released
    /// Never shown; staff still read it. Goes to ``released``.
    case rejected

    /// A decision that changes nothing.
    public struct NothingToDecide: Error, Sendable, Hashable, CustomStringConvertible {
        /// Where it stands.
        public let state: Publication

        /// For whoever decides.
        public var description: String { "it is \(state.rawValue) already" }
    }

    /// A person lets the public see it.
    public mutating func release() throws(NothingToDecide) {
        guard self != .released else { throw NothingToDecide(state: self) }
        self = .released
    }

    /// A person keeps it from the public for good.
    public mutating func reject() throws(NothingToDecide) {
        guard self != .rejected else { throw NothingToDecide(state: self) }
        self = .rejected
    }
}

/// What one tenant adds to the region's rules of publication; `moderation.yml`.
public struct ModerationSettings: Sendable, Hashable, Codable {
    /// English words that hold a text.
    public let holdWordsEnglish: [String]
    /// French words that hold a text.
    public let holdWordsFrench: [String]
    /// Words that never hold one, though a list has them: a street or a family name.
    public let allowedWords: [String]
    /// Whether photos wait for a person under ``PublicationPolicy/byRule``.
    public let holdsPhotos: Bool

    /// Settings.
    public init(
        holdWordsEnglish: [String] = [],
        holdWordsFrench: [String] = [],
        allowedWords: [String] = [],
        holdsPhotos: Bool = true
    ) {
        self.holdWordsEnglish = holdWordsEnglish
        self.holdWordsFrench = holdWordsFrench
        self.allowedWords = allowedWords
        self.holdsPhotos = holdsPhotos
    }

    private enum CodingKeys: String, CodingKey {
        case holdWordsEnglish = "hold_words_en"
        case holdWordsFrench = "hold_words_fr"
        case allowedWords = "allowed_words"
        case holdsPhotos = "hold_photos"
    }
}
