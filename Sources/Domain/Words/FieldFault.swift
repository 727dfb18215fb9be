/// One thing wrong with one field of what somebody sent: the same shape in every channel, from a form to an Open311 POST.
///
/// Reads as a sentence: field, fault, expectation — `attribute[SIGN] has the unknown value "brick": one of stop, yield`.
public struct FieldFault: Error, Sendable, Hashable, Codable {
    /// Name of the field as its sender spelled it: `lat`, `attribute[SURFACE]`, `email`.
    public let field: String

    /// The kind of fault, for software.
    public let code: Code

    /// What is wrong, as the predicate of a sentence whose subject is the field.
    public let fault: LocalizedText

    /// What would be right; empty when the fault says it all.
    public let expected: LocalizedText

    /// Kinds of fault; a closed list that software may branch on.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// A required field is absent or empty.
        case missing
        /// The text does not have the form of its kind.
        case malformed
        /// Well-formed, but outside the range.
        case outOfRange = "out_of_range"
        /// Longer or larger than allowed.
        case tooLong = "too_long"
        /// Names something that does not exist.
        case unknown
        /// Given more than once where once is right.
        case repeated
        /// Fine by itself, but not together with the rest or not here.
        case notAllowed = "not_allowed"
    }

    /// A fault with texts in both languages.
    public init(
        field: String,
        code: Code,
        fault: LocalizedText,
        expected: LocalizedText = LocalizedText(same: "")
    ) {
        self.field = field
        self.code = code
        self.fault = fault
        self.expected = expected
    }

    /// A fault of a technical parameter, worded in English only: for interfaces that software uses, never for a page.
    public init(field: String, fault: String, expected: String, code: Code = .malformed) {
        self.init(
            field: field,
            code: code,
            fault: LocalizedText(same: fault),
            expected: LocalizedText(same: expected)
        )
    }

    /// The required field is absent or empty.
    public static func missing(_ field: String) -> FieldFault {
        FieldFault(
            field: field,
            code: .missing,
            fault: LocalizedText(english: "is required", french: "est obligatoire")
        )
    }

    /// The whole sentence in one language.
    public func message(_ language: Language) -> String {
        let expectation = expected[language]
        let sentence = "\(field) \(fault[language])"
        guard !expectation.isEmpty else { return sentence }
        // French sets a no-break space before a colon.
        return language == .french ? "\(sentence)\u{A0}: \(expectation)" : "\(sentence): \(expectation)"
    }

    /// The start of a text, short enough to be quoted in a message and free of control characters.
    public static func excerpt(_ text: String, limit: Int = 40) -> String {
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit {
                return String(shown) + "…"
            }
            let category = scalar.properties.generalCategory
            let isHidden = category == .control || category == .format || category == .surrogate
            shown.append(isHidden ? "\u{FFFD}" : scalar)
            count += 1
        }
        return String(shown)
    }
}
