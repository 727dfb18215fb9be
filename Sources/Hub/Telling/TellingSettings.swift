import Crypto
public import Foundation

/// What the deployment says about messages to people.
public struct TellingSettings: Sendable {
    /// Address that mails are from; nil: mail is not configured.
    public var mailFrom: String?
    /// Address that mail servers report failures to; nil: ``mailFrom``.
    public var bouncesTo: String?
    /// Most mails within an hour to an address that nobody has shown to be theirs, over all tenants.
    public var strangerMessagesPerHour: Int
    /// Whether a mail of which nobody knows whether it arrived is sent again with the same `Message-ID`; otherwise an operator decides.
    public var resendsInDoubt: Bool
    /// Whether there is a gateway for text messages.
    public var hasTextMessages = false
    /// What links and keyed digests are made with; at least 32 bytes, the same on every node.
    public var key: Data

    /// Settings; without a key one is made that lasts as long as the process.
    public init(
        mailFrom: String? = nil,
        bouncesTo: String? = nil,
        strangerMessagesPerHour: Int = 3,
        resendsInDoubt: Bool = true,
        key: Data? = nil
    ) {
        self.mailFrom = mailFrom
        self.bouncesTo = bouncesTo
        self.strangerMessagesPerHour = strangerMessagesPerHour
        self.resendsInDoubt = resendsInDoubt
        self.key = key ?? Self.own
    }

    private static let own = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }

    /// Links and digests under these settings.
    public var tokens: TellingTokens { TellingTokens(key: key) }
}
