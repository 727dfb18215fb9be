/// Two to four capital letters that name a tenant for ever: they begin every reference (`BB-7K3QF-2M9X`) and name its schema.
///
/// Unique over the hub and never reused, not even after a tenant has left.
public struct TenantCode: CheckedText {
    /// The code as text.
    public let rawValue: String

    /// Takes a code that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "two to four capital letters A-Z",
        french: "de deux à quatre lettres majuscules A-Z"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        (2...4).contains(text.utf8.count) && text.utf8.allSatisfy { (65...90).contains($0) }
    }

    /// Name of the tenant's schema in the database: `t_` and the code in lower case, so no name of a tenant can be one of PostgreSQL's.
    public var schemaName: String { "t_" + rawValue.lowercased() }
}
