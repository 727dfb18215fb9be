/// Name of a service as LoST clients ask for it: `urn:service:…`, labels joined by dots, each below the one before it.
///
/// Nothing is registered for 311, so the operator chooses the tree; none is built in. Kept in lower case, because
/// labels of a service URN are compared without regard to case (RFC 5031, section 3).
public struct ServiceURN: CheckedText {
    /// The name in lower case.
    public let rawValue: String

    /// A name that was checked before.
    public init(trusted: String) { rawValue = trusted.lowercased() }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a URN such as urn:service:municipal.road: letters, digits, hyphens, colons and dots",
        french: "un URN comme urn:service:municipal.road : lettres, chiffres, traits d’union, deux-points et points"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        let lower = text.lowercased()
        guard text.utf8.count <= 200, lower.hasPrefix("urn:") else { return false }
        let parts = lower.dropFirst(4).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return false }
        return parts.allSatisfy { part in
            part.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy(isLabelByte)
            }
        }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// The name one label shorter; nil for a top-level one.
    public var parent: ServiceURN? {
        guard let dot = rawValue.utf8.lastIndex(of: UInt8(ascii: ".")),
            let colon = rawValue.utf8.lastIndex(of: UInt8(ascii: ":")), dot > colon
        else { return nil }
        return ServiceURN(trusted: String(rawValue[..<dot]))
    }

    /// Whether a name is this one or lies below it.
    public func covers(_ other: ServiceURN) -> Bool {
        other == self || other.rawValue.hasPrefix(rawValue + ".")
    }
}
