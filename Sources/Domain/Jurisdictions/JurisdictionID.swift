/// Identifier of a body that answers for a place: `jurisdiction_id` on the wire, the tenant's folder name in `tenants/`.
///
/// Two to forty characters: a lower-case letter, then lower-case letters, digits and hyphens. Words that mean something to PostgreSQL or to
/// the addresses of the hub are reserved.
public struct JurisdictionID: CheckedText {
    /// The id as text.
    public let rawValue: String

    /// Takes an id that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "2 to 40 of a-z, 0-9 and hyphen, a letter first; not public, hub, information-schema or pg-…",
        french: "de 2 à 40 caractères parmi a-z, 0-9 et trait d’union, une lettre d’abord; ni public, ni hub, ni pg-…"
    )

    /// Names nobody may have, whatever their form.
    public static let reserved: Set<String> = [
        "public", "hub", "information-schema", "template", "templates", "agreement",
    ]

    /// Whether the text has the form and is not reserved.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (2...40).contains(bytes.count), let first = bytes.first, (97...122).contains(first) else { return false }
        let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        return isPlain && bytes.last != 45 && !text.hasPrefix("pg-") && !reserved.contains(text)
    }
}
