/// What a mail server says of a mail it could not deliver, or delivered late (RFC 3464).
///
/// A report is a mail like any other and anybody can send one. It is trusted only as far as it names a `Message-ID` of ours that
/// cannot be guessed.
public struct DeliveryReport: Sendable, Hashable {
    /// What became of the mail for one recipient.
    public struct Recipient: Sendable, Hashable {
        /// The address it failed for.
        public let address: String
        /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`.
        public let action: String
        /// Enhanced status code (RFC 3463): `5.1.1`.
        public let status: String
        /// What the other server said; empty when it said nothing.
        public let diagnostic: String

        /// Whether mail to this address will never arrive: it does not exist or takes nothing any more.
        ///
        /// A full mailbox (5.2.2), trouble of the system (5.3), of the way (5.4) and policy (5.7) say nothing of the address.
        public var addressIsGone: Bool {
            guard action == "failed", status.hasPrefix("5.") else { return false }
            return ["5.1.", "5.2.1", "5.0."].contains { status.hasPrefix($0) }
        }
    }

    /// `Message-ID` of the mail the report is about, with its angle brackets; nil when the report does not name it.
    public let originalMessageID: String?
    /// What became of it for each recipient.
    public let recipients: [Recipient]

    /// Reads a report; nil for a mail that is none.
    public init?(_ mail: ReceivedMail) {
        guard mail.mediaType == "multipart/report", mail.parameter("report-type")?.lowercased() == "delivery-status"
        else { return nil }
        let parts = mail.allParts
        guard let status = parts.first(where: { $0.mediaType == "message/delivery-status" }) else { return nil }
        recipients = Self.recipients(status.text)
        let original = parts.first {
            ["message/rfc822", "text/rfc822-headers", "message/global"].contains($0.mediaType)
        }
        originalMessageID = original.flatMap { ReceivedMail($0.body)["message-id"] }
    }

    /// Groups of fields, separated by blank lines; the first group speaks of the message, each further one of a recipient.
    private static func recipients(_ text: String) -> [Recipient] {
        var groups: [[String: String]] = [[:]]
        var last: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(2_000) {
            if line.allSatisfy(\.isWhitespace) {
                if groups.last?.isEmpty == false { groups.append([:]) }
                last = nil
            } else if line.first == " " || line.first == "\t", let last {
                groups[groups.count - 1][last, default: ""] += " " + trimmed(line)
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                groups[groups.count - 1][name] = trimmed(line[line.index(after: colon)...])
                last = name
            }
        }
        return groups.compactMap { fields in
            guard let action = fields["action"]?.lowercased(),
                let address = fields["final-recipient"] ?? fields["original-recipient"]
            else { return nil }
            return Recipient(
                address: afterType(address).lowercased(),
                action: action,
                status: String((fields["status"] ?? "").prefix { $0 != " " }),
                diagnostic: String(afterType(fields["diagnostic-code"] ?? "").prefix(300))
            )
        }
    }

    /// `rfc822; name@example.org` without its type.
    private static func afterType(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";") else { return value }
        let text = trimmed(value[value.index(after: semicolon)...])
        return text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
    }

    private static func trimmed(_ text: Substring) -> String {
        var part = text
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
