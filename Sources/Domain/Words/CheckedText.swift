/// A short text with a form, such as a code or an id, that cannot be built wrong.
///
/// Encodes as a plain string (also as the key of a JSON object) and is checked again when decoded.
public protocol CheckedText: RawRepresentable<String>, Codable, CodingKeyRepresentable, Sendable, Hashable, Comparable,
    CustomStringConvertible
{
    /// What a well-formed text is, for an error message: `a lower-case letter, then …`.
    static var form: LocalizedText { get }

    /// Whether the text has the form.
    static func isWellFormed(_ text: String) -> Bool

    /// Takes a text that was checked before, such as a column of our own table.
    init(trusted: String)
}

extension CheckedText {
    /// Thrown for a text without the form.
    public typealias Invalid = InvalidText

    /// Checks and takes a text.
    ///
    /// - Throws: ``InvalidText`` when the text does not have the form.
    public init(_ text: String) throws(InvalidText) {
        guard Self.isWellFormed(text) else {
            throw InvalidText(text: text, expected: Self.form)
        }
        self.init(trusted: text)
    }

    /// Checks and takes a text; nil when it does not have the form.
    public init?(rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.init(trusted: rawValue)
    }

    /// The text itself.
    public var description: String { rawValue }

    /// By code units, the same in every locale.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// A text that lacks the form its type demands.
public struct InvalidText: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text as it came; may be long and hostile, so it is cut when shown.
    public let text: String

    /// What would be right.
    public let expected: LocalizedText

    /// The text at fault and what would be right.
    public init(text: String, expected: LocalizedText) {
        self.text = text
        self.expected = expected
    }

    /// One line in English.
    public var description: String {
        "\"\(FieldFault.excerpt(text))\" is not well-formed; expected \(expected.english)"
    }
}
