public import Domain
public import Foundation
public import Storage

/// A mail written whole when it is put in the outbox: to staff, to a department, to whoever an operator named.
///
/// News to people who asked for them are not written here: they are put into words when they leave, and only while the person still
/// wants them (``TellPeople``).
public struct QueuedMail: Sendable, Hashable, Codable {
    /// Recipient.
    public var to: String
    /// Subject, on one line, without personal data.
    public var subject: String
    /// Plain text.
    public var text: String
    /// The same as an HTML document; nil for plain text alone.
    public var html: String?
    /// Language of both.
    public var language: Language
    /// Where answers go; nil: to the tenant.
    public var replyTo: String?
    /// `Message-ID` of the mail this one answers.
    public var inReplyTo: String?

    /// A mail.
    public init(
        to: String,
        subject: String,
        text: String,
        html: String? = nil,
        language: Language,
        replyTo: String? = nil,
        inReplyTo: String? = nil
    ) {
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.language = language
        self.replyTo = replyTo
        self.inReplyTo = inReplyTo
    }

    private enum CodingKeys: String, CodingKey {
        case to, subject, text, html, language
        case replyTo = "reply_to"
        case inReplyTo = "in_reply_to"
    }
}

/// A text message written whole when it is put in the outbox: to whoever is on duty.
public struct QueuedText: Sendable, Hashable, Codable {
    /// Number in international form: `+17055550123`.
    public var to: String
    /// The text.
    public var text: String
    /// Its language.
    public var language: Language

    /// A text message.
    public init(to: String, text: String, language: Language) {
        self.to = to
        self.text = text
        self.language = language
    }
}

extension OutboxItem {
    /// A row that sends a mail as it is written.
    ///
    /// - Parameters:
    ///   - deliveryKey: Becomes its `Message-ID`; a new one unless the caller has one of its own.
    ///   - orderKey: Mails of one key to one address arrive in order.
    public static func mail(
        _ mail: QueuedMail,
        deliveryKey: UUID = UUID(),
        orderKey: String,
        at now: Date,
        dueAt: Date? = nil
    ) throws -> OutboxItem {
        OutboxItem(
            kind: OutboxKind.mail.rawValue,
            target: OutboxTarget.mail(mail.to),
            deliveryKey: deliveryKey,
            orderKey: orderKey,
            payload: try StoredJSON(mail),
            createdAt: now,
            dueAt: dueAt
        )
    }

    /// A row that sends a text message as it is written.
    public static func sms(
        _ text: QueuedText,
        deliveryKey: UUID = UUID(),
        orderKey: String,
        at now: Date,
        dueAt: Date? = nil
    ) throws -> OutboxItem {
        OutboxItem(
            kind: OutboxKind.sms.rawValue,
            target: OutboxTarget.sms(text.to),
            deliveryKey: deliveryKey,
            orderKey: orderKey,
            payload: try StoredJSON(text),
            createdAt: now,
            dueAt: dueAt
        )
    }
}
