/// What the 911 guard says before anything else: an instruction, never a transfer.
public struct EmergencyAdvice: Sendable, Hashable, Codable {
    /// The instructions in the order they are shown or read, each once.
    public let texts: [LocalizedText]

    /// What set the guard off, as it stands in its word list or as `service:<code>`; for the log, never the person's own text.
    public let matched: [String]

    /// Advice.
    public init(texts: [LocalizedText], matched: [String]) {
        self.texts = texts
        self.matched = matched
    }

    /// All instructions in one language, for a `service_notice` or a reply.
    public func notice(_ language: Language) -> String {
        texts.map { $0[language] }.joined(separator: " ")
    }
}
