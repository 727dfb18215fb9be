/// A blank that an explanation in the agreement may leave for the decision to fill: `{body}`, `{road}`.
///
/// The list is closed; the reader of the agreement refuses any other, so no resident ever sees a brace.
public enum SentenceBlank: String, Sendable, Hashable, CaseIterable {
    /// The lead with its article: `the Region`, `la Région`.
    case body
    /// The same at the start of a sentence: `The Region`, `La Région`.
    case capitalBody = "Body"
    /// After "of": `of the Region`, `de la Région`.
    case ofBody = "of_body"
    /// After "to": `to the Region`, `à la Région`.
    case toBody = "to_body"
    /// The lead's full name with its article: `the Town of Lakeside`.
    case fullBody = "full_body"
    /// The municipality of the place, short, with its article: `the Town`.
    case municipality
    /// The same at the start of a sentence.
    case capitalMunicipality = "Municipality"
    /// Name of the road.
    case road
    /// Posted limit of the road in km/h.
    case speed
    /// Kilometre along the road, to a tenth.
    case kilometre = "km"
    /// Who owns the road or the asset, short, with its article: `the Region`.
    case owner
    /// The same at the start of a sentence.
    case capitalOwner = "Owner"
    /// After "to": `to the Region`, `à la Région`.
    case toOwner = "to_owner"
    /// The asset that is meant: `street light 1042`, `lampadaire 1042`.
    case asset
    /// The lead's telephone.
    case phone
    /// When the telephone is answered.
    case hours

    /// The names between braces in a text, in order; an opening brace that is never closed gives the rest of the text.
    public static func names(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { piece in
            String(piece.prefix { $0 != "}" })
        }
    }
}
