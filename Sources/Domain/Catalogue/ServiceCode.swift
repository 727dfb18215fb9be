/// Code of a kind of service request: `service_code` on the wire.
///
/// A type adopted from a template has the same code in every tenant (`RD-POTH`), so the region can compare; a tenant's own type carries the
/// tenant's code in front (`BB:XX-DOCK`).
public struct ServiceCode: CheckedText {
    /// The code as text.
    public let rawValue: String

    /// Takes a code that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "2 to 32 of A-Z, 0-9 and hyphen, such as RD-POTH; a tenant's own begins with its code, BB:XX-DOCK",
        french:
            "de 2 à 32 caractères parmi A-Z, 0-9 et trait d’union, comme RD-POTH; avec le code du locataire: BB:XX-DOCK"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        var body = Substring(text)
        if let colon = text.firstIndex(of: ":") {
            guard TenantCode.isWellFormed(String(text[..<colon])) else { return false }
            body = text[text.index(after: colon)...]
        }
        let bytes = body.utf8
        guard (2...32).contains(bytes.count), bytes.first != 45, bytes.last != 45 else { return false }
        return bytes.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    /// The tenant whose own type this is; nil for a type from a template.
    public var tenantCode: TenantCode? {
        guard let colon = rawValue.firstIndex(of: ":") else { return nil }
        return TenantCode(trusted: String(rawValue[..<colon]))
    }
}
