/// Where a call is sent: `sip:desk@contact.example:5060`, `sips:…` or `tel:+17055550100`.
public struct CallAddress: CheckedText {
    /// The address.
    public let rawValue: String

    /// An address that was checked when it was stored.
    public init(trusted: String) { rawValue = trusted }

    /// The address of a number of the telephone network, for whoever has a gateway.
    public init(number: NationalNumber) { rawValue = "tel:\(number.e164)" }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a SIP address such as sip:desk@contact.example:5060, or tel:+17055550100",
        french: "une adresse SIP comme sip:bureau@contact.example:5060, ou tel:+17055550100"
    )

    /// Whether the text is an address that may be sent in one line and put into a request line: printable ASCII, no blanks, quotes
    /// or angle brackets, user and host of the characters RFC 3261 gives them.
    public static func isWellFormed(_ text: String) -> Bool {
        guard (5...200).contains(text.utf8.count) else { return false }
        if text.hasPrefix("tel:+") {
            let digits = text.dropFirst(5)
            return (7...15).contains(digits.count) && digits.allSatisfy { "0"..."9" ~= $0 }
        }
        guard let scheme = ["sip:", "sips:"].first(where: text.hasPrefix) else { return false }
        let rest = text.dropFirst(scheme.count)
        guard let at = rest.lastIndex(of: "@") else { return isHost(rest) }
        let user = rest[..<at]
        return !user.isEmpty && user.utf8.allSatisfy(userBytes.contains) && isHost(rest[rest.index(after: at)...])
    }

    private static let userBytes = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/%".utf8
    )

    /// Host, port and parameters.
    private static func isHost(_ text: Substring) -> Bool {
        let hostAndPort = text.prefix { $0 != ";" }
        let parameters = text.dropFirst(hostAndPort.count)
        guard parameters.utf8.allSatisfy(userBytes.contains) else { return false }
        var host = hostAndPort
        if hostAndPort.hasPrefix("[") {
            guard let close = hostAndPort.firstIndex(of: "]") else { return false }
            let inside = hostAndPort[hostAndPort.index(after: hostAndPort.startIndex)..<close]
            guard inside.contains(":"), inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                return false
            }
            return isPort(hostAndPort[hostAndPort.index(after: close)...])
        }
        if let colon = hostAndPort.firstIndex(of: ":") {
            guard isPort(hostAndPort[colon...]) else { return false }
            host = hostAndPort[..<colon]
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy {
                    ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x30...0x39).contains($0) || $0 == 0x2D
                }
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        guard text.first == ":", let port = Int(text.dropFirst()), text.dropFirst().allSatisfy(\.isNumber) else {
            return false
        }
        return (1...65_535).contains(port)
    }
}
