/// Code of a department: lower-case words joined by hyphens, such as `public-works`.
///
/// The same code means the same kind of desk in every tenant, so a template and the agreement can name it.
public struct DepartmentCode: CheckedText, ExpressibleByStringLiteral {
    /// The code as text.
    public let rawValue: String

    /// Takes a code that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// Takes a code written in the program itself; a malformed one is a programmer's slip and stops the program.
    public init(stringLiteral value: String) {
        precondition(Self.isWellFormed(value), "department code \(value) is not well-formed")
        self.init(trusted: value)
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "2 to 40 of a-z, 0-9 and hyphen, a letter first, such as public-works",
        french: "de 2 à 40 caractères parmi a-z, 0-9 et trait d’union, une lettre d’abord, comme public-works"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (2...40).contains(bytes.count), let first = bytes.first, (97...122).contains(first) else { return false }
        let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        return isPlain && bytes.last != 45
    }
}
