/// The name of a public body in the four forms that sentences need.
///
/// French joins prepositions and articles (`la Ville`, `de la Ville`, `à la Ville`; `le Canton`, `du Canton`, `au Canton`), so a sentence
/// never glues a preposition to a name itself. English keeps its article in the same four places.
public struct BodyName: Sendable, Hashable, Codable {
    /// Name on a letterhead or in a list: `Town of Lakeside`.
    public let plain: LocalizedText

    /// Subject of a sentence: `the Town of Lakeside`, `la Ville de Lakeside`.
    public let withArticle: LocalizedText

    /// After "of": `of the Town of Lakeside`, `de la Ville de Lakeside`.
    public let afterDe: LocalizedText

    /// After "to": `to the Town of Lakeside`, `à la Ville de Lakeside`.
    public let afterA: LocalizedText

    /// All four forms.
    public init(plain: LocalizedText, withArticle: LocalizedText, afterDe: LocalizedText, afterA: LocalizedText) {
        self.plain = plain
        self.withArticle = withArticle
        self.afterDe = afterDe
        self.afterA = afterA
    }

    private enum CodingKeys: String, CodingKey {
        case plain
        case withArticle = "with_article"
        case afterDe = "after_de"
        case afterA = "after_a"
    }
}
