/// An address for mail as it stands in an envelope: plain ASCII, without a name, without quotes, without anything that ends a line.
///
/// Source: RFC 5321 section 4.1.2, of which the quoted form, address literals and SMTPUTF8 are left out on purpose: nobody has
/// such an address at a 311, and each of them has been used to smuggle a second recipient past a filter.
public struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// Before the `@`, as typed; at most 64 characters.
    public let local: String

    /// After the `@`, lower case; at most 253 characters.
    public let domain: String

    /// A text that is no address we can send to.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What would be right; the text itself is not repeated, it may be anything.
        public var description: String { "no address for mail; write it as name@example.org" }
    }

    /// Reads an address.
    ///
    /// - Throws: ``Invalid`` for everything but `dot-atom@host.name`.
    public init(_ text: String) throws(Invalid) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, Self.isDotAtom(parts[0]), Self.isHost(parts[1]) else {
            throw Invalid()
        }
        local = String(parts[0])
        domain = parts[1].lowercased()
    }

    /// The address.
    public var description: String { "\(local)@\(domain)" }

    private static func isDotAtom(_ text: Substring) -> Bool {
        guard (1...64).contains(text.utf8.count), text.utf8.first != 46, text.utf8.last != 46 else { return false }
        var wasDot = false
        for byte in text.utf8 {
            if byte == 46 {
                guard !wasDot else { return false }
                wasDot = true
                continue
            }
            wasDot = false
            let isLetterOrDigit = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            guard isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte) else { return false }
        }
        return true
    }

    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return (2...127).contains(labels.count) && text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.first != 45 && label.utf8.last != 45
                    && label.utf8.allSatisfy {
                        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
                    }
            }
    }
}
