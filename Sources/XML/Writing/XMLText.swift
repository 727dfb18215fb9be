/// Text that XML 1.0 can carry; having one is the proof.
///
/// Source: XML 1.0 fifth edition, production 2 (`Char`): no U+0000 to U+0008, U+000B, U+000C, U+000E to U+001F, U+FFFE,
/// U+FFFF. Surrogates cannot be in a Swift string.
public struct XMLText: Sendable, Hashable {
    /// The text itself, not escaped.
    public let string: String

    /// - Throws: ``XMLWriteFault/illegalCharacter(_:)`` naming the first character that XML cannot carry.
    public init(_ string: String) throws(XMLWriteFault) {
        if let scalar = Self.firstIllegal(in: string) { throw .illegalCharacter(scalar) }
        self.string = string
    }

    /// Puts U+FFFD in place of each character XML cannot carry.
    public init(replacingIllegal string: String) {
        guard Self.firstIllegal(in: string) != nil else {
            self.string = string
            return
        }
        var clean = String.UnicodeScalarView()
        for scalar in string.unicodeScalars {
            clean.append(Self.isLegal(scalar) ? scalar : "\u{FFFD}")
        }
        self.string = String(clean)
    }

    /// First character XML 1.0 cannot carry, nil when there is none.
    public static func firstIllegal(in string: String) -> Unicode.Scalar? {
        var copy = string
        let suspicious = copy.withUTF8 { bytes in
            // one pass over bytes settles nearly every text: controls, or the lead byte of U+F000 to U+FFFF
            bytes.contains { ($0 < 0x20 && $0 != 0x0A && $0 != 0x09 && $0 != 0x0D) || $0 == 0xEF }
        }
        return suspicious ? string.unicodeScalars.first { !isLegal($0) } : nil
    }

    /// Whether XML 1.0 can carry a character.
    public static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}

/// Why something could not be written as XML.
public enum XMLWriteFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// A character XML 1.0 has no way to carry, not even as a reference.
    case illegalCharacter(Unicode.Scalar)

    /// An element or attribute name of somebody else's that the writer does not write (ASCII names only).
    case illegalName(String)

    /// Names the character by its number.
    public var description: String {
        switch self {
        case .illegalCharacter(let scalar):
            "the character U+\(Self.hexadecimal(scalar)) cannot be carried by XML"
        case .illegalName(let name):
            "\"\(name.prefix(40))\" is no name that is written here"
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
