/// Identifier of a body that is no tenant here but answers for something here: `provincial-highways`, `greyhaven`.
///
/// The same form as a ``JurisdictionID``, and from the same set of names: a partner that becomes a tenant keeps its id, so old decisions
/// still name it. A boundary area whose `jurisdiction_id` is a partner's id is that partner's place.
public struct PartnerID: CheckedText {
    /// The id as text.
    public let rawValue: String

    /// Takes an id that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = JurisdictionID.form

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        JurisdictionID.isWellFormed(text)
    }
}
