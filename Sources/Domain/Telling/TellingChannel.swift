/// A way by which people are told.
public enum TellingChannel: String, Sendable, Hashable, Codable, CaseIterable {
    /// E-mail.
    case mail
    /// Text message.
    case sms
    /// A signed POST to software that asked for it.
    case webhook
}
