internal import Domain
public import Foundation
public import Hub
public import Mail

/// Mails of the hub through a mail server.
public struct MailWay: Sendable {
    private let sender: SMTPSender

    /// A way through this sender, which keeps its connections between mails.
    public init(_ sender: SMTPSender) {
        self.sender = sender
    }

    /// What the hub calls.
    public func send(_ mail: OutgoingMail) async -> MessageOutcome {
        let message: MailMessage
        do throws(MailAddress.Invalid) { message = try Self.message(mail) } catch {
            return .refused("the recipient's address is \(error)", addressIsGone: true)
        }
        switch await sender.send(message) {
        case .sent(let words): return .sent(words)
        case .temporary(let reason): return .notNow(reason)
        case .permanent(let reason, let recipient):
            return .refused(reason, addressIsGone: recipient && Self.saysGone(reason))
        case .uncertain(let reason): return .uncertain(reason)
        }
    }

    /// Sends a mail of plain text to a department, with headers of its own; the outcome as for any mail.
    ///
    /// - Parameters:
    ///   - from: The hub's address and the tenant's name.
    ///   - id: Stays the same on every attempt; becomes the `Message-ID`.
    public func send(
        letter text: String,
        subject: String,
        to: String,
        replyTo: String?,
        from: (address: String, name: String),
        headers: [String: String],
        id: String,
        at date: Date
    ) async -> MessageOutcome {
        do throws(MailAddress.Invalid) {
            let message = MailMessage(
                from: try MailAddress(from.address),
                fromName: from.name,
                to: try MailAddress(to),
                replyTo: replyTo.flatMap { try? MailAddress($0) },
                subject: subject,
                text: text,
                language: "en-CA, fr-CA",
                id: id,
                date: date,
                headers: headers
            )
            switch await sender.send(message) {
            case .sent(let words): return .sent(words)
            case .temporary(let reason): return .notNow(reason)
            case .permanent(let reason, _): return .refused(reason, addressIsGone: false)
            case .uncertain(let reason): return .uncertain(reason)
            }
        } catch {
            return .refused("an address of the letter is \(error)", addressIsGone: false)
        }
    }

    /// The mail as MIME knows it; the tenant's code stands in the `Message-ID`, so that a report finds its way back.
    static func message(_ mail: OutgoingMail) throws(MailAddress.Invalid) -> MailMessage {
        MailMessage(
            from: try MailAddress(mail.from),
            fromName: mail.fromName,
            envelopeFrom: mail.bouncesTo.flatMap { try? MailAddress($0) },
            to: try MailAddress(mail.to),
            replyTo: mail.replyTo.flatMap { try? MailAddress($0) },
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            language: "\(mail.language.rawValue)-CA",
            id: "\(mail.deliveryKey.uuidString.lowercased()).\(mail.tenant.rawValue.lowercased())",
            date: mail.date,
            inReplyTo: mail.inReplyTo,
            unsubscribe: mail.unsubscribe
        )
    }

    /// Whether an answer speaks of the address itself; 5.7 is policy, 5.2.2 a full mailbox (RFC 3463).
    static func saysGone(_ words: String) -> Bool {
        guard let code = words.firstMatch(of: /\b5\.(\d{1,3})\.(\d{1,3})\b/) else {
            // Servers without enhanced codes: 550 and 553 are about the mailbox (RFC 5321 section 4.2.3).
            return words.hasPrefix("550") || words.hasPrefix("553")
        }
        return code.1 == "1" || (code.1 == "2" && code.2 == "1") || code.1 == "0"
    }
}
