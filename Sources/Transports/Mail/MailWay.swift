internal import Domain
internal import Foundation
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
