/// How the hub reaches its gateway for text messages.
public struct SMSSettings: Sendable, Hashable {
    /// The language a gateway speaks.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// JSON with a bearer token and an idempotency key; for a small adapter in front of any provider.
        case generic
        /// The form post of Twilio, which others speak too.
        case twilio
    }

    /// Its language.
    public var kind: Kind
    /// Where messages are posted to; for `twilio` the root, such as `https://api.twilio.com`.
    public var url: String
    /// Account; only for `twilio`.
    public var account: String
    /// Token or password.
    public var secret: String
    /// Number messages are from, in international form.
    public var from: String

    /// Settings.
    public init(kind: Kind, url: String, account: String = "", secret: String, from: String) {
        self.kind = kind
        self.url = url
        self.account = account
        self.secret = secret
        self.from = from
    }
}
