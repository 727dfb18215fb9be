/// What became of one attempt to hand a mail to the mail server.
public enum SMTPOutcome: Sendable, Hashable {
    /// The server took it and answers for it from here on; what it said.
    case sent(String)
    /// It was not taken this time: no connection, no TLS, no login, or a 4xx answer.
    case temporary(String)
    /// A 5xx answer: this mail will not be taken. `recipient`: it was the address that was refused.
    case permanent(String, recipient: Bool)
    /// Everything was sent and no answer came: the server may have taken it.
    case uncertain(String)

    /// The reason or the server's words.
    public var words: String {
        switch self {
        case .sent(let words), .temporary(let words), .permanent(let words, _), .uncertain(let words): words
        }
    }
}
