/// One text in every language of the hub; neither is ever missing, so no page falls back silently.
///
/// JSON and YAML form: `{"en": …, "fr": …}`.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// The English text.
    public let english: String

    /// The French text.
    public let french: String

    /// Both texts, in this order.
    public init(english: String, french: String) {
        self.english = english
        self.french = french
    }

    /// The same words in both languages: names, numbers, codes.
    public init(same text: String) {
        self.init(english: text, french: text)
    }

    /// The text in one language.
    public subscript(_ language: Language) -> String {
        switch language {
        case .english: english
        case .french: french
        }
    }

    /// Both texts changed by one function: to fill a blank, to cut, to join.
    public func map(_ change: (String, Language) throws -> String) rethrows -> LocalizedText {
        LocalizedText(english: try change(english, .english), french: try change(french, .french))
    }

    private enum CodingKeys: String, CodingKey {
        case english = "en"
        case french = "fr"
    }
}
