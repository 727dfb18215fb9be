import Foundation

extension MailMessage {
    /// The mail as it travels: headers and a body of MIME, lines ended by CRLF.
    ///
    /// Source: RFC 5322, 2045 to 2047, 3834 (automatic mail), 2369, 2919 and 8058 (lists and ending them by one click).
    ///
    /// - Throws: ``UnsafeHeader`` when a text of a header holds a control character: it would begin a header of its own.
    public func written() throws(UnsafeHeader) -> [UInt8] {
        var lines = [
            "Date: \(MailDate.text(date))",
            Self.mailbox("From", try safe("From", fromName), from),
            "To: \(to)",
        ]
        if let replyTo { lines.append("Reply-To: \(replyTo)") }
        lines.append(EncodedWords.field("Subject", try safe("Subject", subject)))
        lines.append("Message-ID: \(try safe("Message-ID", messageID))")
        if let inReplyTo {
            let earlier = try safe("In-Reply-To", inReplyTo)
            lines += ["In-Reply-To: \(earlier)", "References: \(earlier)"]
        }
        if isAutomatic {
            lines += ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"]
        }
        if let listID { lines.append("List-Id: <\(try safe("List-Id", listID))>") }
        if let unsubscribe {
            lines += [
                "List-Unsubscribe: <\(try safe("List-Unsubscribe", unsubscribe))>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            ]
        }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard Self.isHeaderName(name) else { throw UnsafeHeader(name: "with an unknown name") }
            lines.append(EncodedWords.field(name, try safe(name, value)))
        }
        lines += ["Content-Language: \(try safe("Content-Language", language))", "MIME-Version: 1.0"]
        var bytes: [UInt8] = []
        for line in lines { bytes += Array(line.utf8) + [13, 10] }
        appendBody(to: &bytes)
        return bytes
    }

    /// Letters, digits and hyphens; none that this writer sets itself.
    private static func isHeaderName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        }
        let own = ["from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "mime-version"]
        return (1...70).contains(name.utf8.count) && isPlain && !own.contains(name.lowercased())
            && !name.lowercased().hasPrefix("content-")
    }

    private func appendBody(to bytes: inout [UInt8]) {
        guard let html else {
            Self.append(part: "text/plain", text, to: &bytes)
            return
        }
        // Never inside a body: quoted-printable has no "=" before an underscore.
        let boundary = "=_\(id)_="
        bytes += Array("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n".utf8)
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            bytes += Array("--\(boundary)\r\n".utf8)
            Self.append(part: type, content, to: &bytes)
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
    }

    private static func append(part type: String, _ content: String, to bytes: inout [UInt8]) {
        let head =
            "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            + "Content-Disposition: inline\r\n\r\n"
        bytes += Array(head.utf8) + QuotedPrintable.encoded(content)
        if bytes.suffix(2) != [13, 10] { bytes += [13, 10] }
    }

    private static func mailbox(_ name: String, _ shown: String, _ address: MailAddress) -> String {
        guard !shown.isEmpty else { return "\(name): \(address)" }
        let phrase = EncodedWords.phrase(shown, after: name.utf8.count + 2)
        // The address on a line of its own when the name leaves no room for it.
        let isShort = name.utf8.count + phrase.utf8.count + address.description.utf8.count < 70
        return "\(name): \(phrase)\(isShort ? " " : "\r\n ")<\(address)>"
    }

    private func safe(_ name: String, _ text: String) throws(UnsafeHeader) -> String {
        let isSafe = text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 32 && scalar.value != 127 && !(0x80...0x9F).contains(scalar.value)
                && scalar.value != 0x2028 && scalar.value != 0x2029
        }
        guard isSafe else { throw UnsafeHeader(name: name) }
        return text
    }
}
