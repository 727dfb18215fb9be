public import Domain
public import Foundation

/// A mail as it is handed to the way out.
public struct OutgoingMail: Sendable, Hashable {
    /// Stays the same on every attempt; becomes the `Message-ID` together with ``tenant``.
    public var deliveryKey: UUID
    /// Whose mail it is.
    public var tenant: TenantCode
    /// Sender's address.
    public var from: String
    /// Sender's name.
    public var fromName: String
    /// Where failures are reported to; nil: to the sender.
    public var bouncesTo: String?
    /// Recipient.
    public var to: String
    /// Where answers go; nil: to the sender.
    public var replyTo: String?
    /// Subject, on one line.
    public var subject: String
    /// Plain text.
    public var text: String
    /// The same as HTML; nil for plain text alone.
    public var html: String?
    /// Language of both.
    public var language: Language
    /// When the news happened.
    public var date: Date
    /// Address that ends these mails by one POST; nil where nothing can be ended.
    public var unsubscribe: String?
    /// `Message-ID` of the mail this one answers.
    public var inReplyTo: String?
}

/// A text message as it is handed to the way out.
public struct OutgoingText: Sendable, Hashable {
    /// Stays the same on every attempt.
    public var deliveryKey: UUID
    /// Number in international form: `+17055550123`.
    public var to: String
    /// The text.
    public var text: String
    /// Language of the text.
    public var language: Language
    /// Whether an earlier attempt may have arrived.
    public var isDoubtful: Bool
}

/// A message to a program as it is handed to the way out.
public struct OutgoingNotice: Sendable, Hashable {
    /// Stays the same on every attempt; the program recognises a repetition by it.
    public var deliveryKey: UUID
    /// Where to.
    public var url: String
    /// JSON.
    public var body: [UInt8]
    /// What it is signed with.
    public var secret: String
}

/// What became of one attempt to tell somebody something.
public enum MessageOutcome: Sendable, Hashable {
    /// The next server answers for it; what it said or called it.
    case sent(String)
    /// It surely did not leave, or was not taken this time.
    case notNow(String, retryAfter: TimeInterval? = nil)
    /// It will never be taken. `addressIsGone`: the address does not exist.
    case refused(String, addressIsGone: Bool)
    /// The person told the gateway to send nothing more.
    case stopped(String)
    /// It left, and nobody knows whether it arrived.
    case uncertain(String)
}

/// The ways by which this hub tells people something, filled in by the executable; nil: not configured, and what goes there waits.
public struct MessageWays: Sendable {
    /// Sends a mail.
    public var mail: (@Sendable (OutgoingMail) async -> MessageOutcome)?
    /// Sends a text message.
    public var sms: (@Sendable (OutgoingText) async -> MessageOutcome)?
    /// Tells a program.
    public var webhook: (@Sendable (OutgoingNotice) async -> MessageOutcome)?

    /// Ways; none by default.
    public init(
        mail: (@Sendable (OutgoingMail) async -> MessageOutcome)? = nil,
        sms: (@Sendable (OutgoingText) async -> MessageOutcome)? = nil,
        webhook: (@Sendable (OutgoingNotice) async -> MessageOutcome)? = nil
    ) {
        self.mail = mail
        self.sms = sms
        self.webhook = webhook
    }

    /// Nothing is configured.
    public static let none = MessageWays()

    /// Targets of the outbox whose rows wait, because their way is not configured.
    var waitingTargets: [String] {
        (mail == nil ? OutboxTarget.allMail + ["mail"] : []) + (sms == nil ? OutboxTarget.allSMS + ["sms"] : [])
    }
}

extension OutboxTarget {
    /// Mails go by several lanes to the same server, so that one slow answer does not hold up the rest.
    private static let lanes = 8

    static let allMail = (0..<lanes).map { "mail:\($0)" }
    static let allSMS = (0..<lanes).map { "sms:\($0)" }

    /// The lane of an address: always the same, so that one person's messages keep their order.
    static func mail(_ address: String) -> String { allMail[lane(address.lowercased())] }
    static func sms(_ number: String) -> String { allSMS[lane(number)] }
    static func program(_ id: UUID) -> String { "webhook:\(id.uuidString.lowercased())" }

    /// FNV-1a, the same in every process.
    private static func lane(_ text: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(hash % UInt64(lanes))
    }
}
