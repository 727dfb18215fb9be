/// Name of a LoST server, `lost.example.org`: author of a mapping, step of a path, target of a redirect.
///
/// Source: RFC 5222, pattern `appUniqueString` of its grammar: labels joined by dots, at least one dot, so `localhost` is none.
public struct ServerName: CheckedText {
    /// The name as it was written; names are compared without regard to case.
    public let rawValue: String

    /// A name that was checked before.
    public init(trusted: String) { rawValue = trusted }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a dotted name such as lost.example.org: letters, digits and hyphens, at least one dot",
        french: "un nom à points comme lost.example.org : lettres, chiffres et traits d’union, au moins un point"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 255, labels.count > 1, let last = labels.last else { return false }
        return labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(isNameByte) } && !last.contains(UInt8(ascii: "-"))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Whether two names mean the same server.
    public func isSame(as other: ServerName) -> Bool { rawValue.lowercased() == other.rawValue.lowercased() }
}
