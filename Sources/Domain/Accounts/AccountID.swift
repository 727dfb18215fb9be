/// Identifier of an account: twelve of a–z and 2–7, made at random; in histories as `staff:<id>`.
public struct AccountID: CheckedText {
    /// The id as text.
    public let rawValue: String

    /// Takes an id that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(english: "12 of a-z and 2-7", french: "12 caractères parmi a-z et 2-7")

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (97...122).contains($0) || (50...55).contains($0) }
    }

    /// Who did something, as histories spell it.
    public var actor: String { "staff:\(rawValue)" }
}

/// The name a person signs in with: an e-mail address in lower case.
public struct SignInName: CheckedText {
    /// The address as text.
    public let rawValue: String

    /// Takes a name that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// Takes a name as a person types it: blanks around it and capitals do not count; nil when it is no address.
    public init?(typed: String) {
        self.init(rawValue: typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased())
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "an e-mail address such as name@example.org",
        french: "une adresse courriel telle que nom@example.org"
    )

    /// Whether the text has the form: one at sign with something before it and a dotted name after it, no blank, at most 254 bytes.
    public static func isWellFormed(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64 else {
            return false
        }
        let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 63 }) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 32 && scalar.value != 127 && !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
        } && text == text.lowercased()
    }
}
