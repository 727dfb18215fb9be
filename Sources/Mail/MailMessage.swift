public import Foundation

/// One mail to one person, before it is written as MIME.
///
/// Written twice from the same value it gives the same bytes: a sending that is repeated because nobody knows whether the first
/// one arrived carries the same `Message-ID`, by which mail servers and programs recognise a repetition.
public struct MailMessage: Sendable, Hashable {
    /// Whom it is from, and the name shown with it.
    public var from: MailAddress
    /// Name of the sender as people read it; empty for none.
    public var fromName: String
    /// Where a server sends the news that it could not deliver; nil: to ``from``.
    public var envelopeFrom: MailAddress?
    /// Whom it is to.
    public var to: MailAddress
    /// Where answers go; nil: to ``from``.
    public var replyTo: MailAddress?
    /// Subject, without personal data.
    public var subject: String
    /// The whole of it as plain text, lines ended by LF.
    public var text: String
    /// The same as an HTML document; nil for a mail of plain text alone.
    public var html: String?
    /// Language tag: `fr-CA`.
    public var language: String
    /// What stands before the `@` of the `Message-ID`: letters, digits, point, hyphen and underscore.
    public var id: String
    /// When the news happened; the `Date` of the mail.
    public var date: Date
    /// `Message-ID` of the mail that this one answers, with its angle brackets; nil for none.
    public var inReplyTo: String?
    /// Address that ends these mails by one click, by POST (RFC 8058); nil where nothing can be ended.
    public var unsubscribe: String?
    /// Name of the list for `List-Id`, such as `notices.bb.311.example`; nil when it is no list.
    public var listID: String?
    /// Whether a program sends it without a person having pressed a button: no vacation notes come back (RFC 3834).
    public var isAutomatic: Bool
    /// Further headers by name, such as a reference for the program at the other end.
    public var headers: [String: String]

    /// A mail.
    public init(
        from: MailAddress,
        fromName: String = "",
        envelopeFrom: MailAddress? = nil,
        to: MailAddress,
        replyTo: MailAddress? = nil,
        subject: String,
        text: String,
        html: String? = nil,
        language: String,
        id: String,
        date: Date,
        inReplyTo: String? = nil,
        unsubscribe: String? = nil,
        listID: String? = nil,
        isAutomatic: Bool = true,
        headers: [String: String] = [:]
    ) {
        self.from = from
        self.fromName = fromName
        self.envelopeFrom = envelopeFrom
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.language = language
        self.id = id
        self.date = date
        self.inReplyTo = inReplyTo
        self.unsubscribe = unsubscribe
        self.listID = listID
        self.isAutomatic = isAutomatic
        self.headers = headers
    }

    /// The `Message-ID` with its angle brackets.
    public var messageID: String { "<\(id)@\(from.domain)>" }

    /// Something that cannot stand in a header, where it would begin another one.
    public struct UnsafeHeader: Error, Sendable, Hashable, CustomStringConvertible {
        /// The header.
        public let name: String
        /// The fault; the text itself is not repeated.
        public var description: String { "the header \(name) would hold a control character; nothing was sent" }
    }
}
