internal import Domain
internal import Open311

/// Our reference in the description of a request sent elsewhere, so that it can be found again when its sending went wrong.
///
/// Plain GeoReport has no key against doubles: the only way to learn whether something arrived is to look for it.
enum HubReferenceMark {
    private static let opening = "[311 reference "

    /// The mark of one request.
    static func mark(of reference: RequestReference) -> String { "\(opening)\(reference)]" }

    /// The words with the mark before them, at most 4000 code points; only words that are too long lose their end.
    ///
    /// The mark comes first, because servers that shorten a description shorten its end. Words of a resident that look like a mark are
    /// made harmless, or one request could pass for another.
    static func marked(_ words: String, reference: RequestReference) -> String {
        let text = "\(mark(of: reference))\n\(words.replacing(opening, with: "(311 reference "))"
        let scalars = text.unicodeScalars
        guard scalars.count > RequestSubmission.longestDescription else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(RequestSubmission.longestDescription - 1))) + "…"
    }

    /// The reference a description is marked with; nil without a mark at its beginning.
    static func reference(in description: String?) -> RequestReference? {
        guard let description, description.hasPrefix(opening) else { return nil }
        return RequestReference(rawValue: String(description.dropFirst(opening.count).prefix { $0 != "]" }))
    }

    /// Whether a description carries the mark.
    static func isIn(_ description: String?, reference: RequestReference) -> Bool {
        description?.contains(mark(of: reference)) ?? false
    }
}
