/// The words of one message in both languages, with blanks (``MessageBlank``).
public struct MessageTemplate: Sendable, Hashable, Codable {
    /// Subject of a mail, on one line.
    public let subject: LocalizedText
    /// Text of a mail; paragraphs apart by an empty line.
    public let text: LocalizedText
    /// Text message, on one line.
    public let sms: LocalizedText

    /// All three.
    public init(subject: LocalizedText, text: LocalizedText, sms: LocalizedText) {
        self.subject = subject
        self.text = text
        self.sms = sms
    }
}

/// What a tenant says in its own words instead of the built-in ones.
public struct MessageOverride: Sendable, Hashable, Codable {
    /// The moment it is about.
    public let event: TellingEvent
    /// Subject; nil: the built-in one.
    public let subject: LocalizedText?
    /// Text; nil: the built-in one.
    public let text: LocalizedText?
    /// Text message; nil: the built-in one.
    public let sms: LocalizedText?

    /// What differs.
    public init(event: TellingEvent, subject: LocalizedText?, text: LocalizedText?, sms: LocalizedText?) {
        self.event = event
        self.subject = subject
        self.text = text
        self.sms = sms
    }
}

/// How a tenant writes to people: what its `messages.yml` says.
public struct TenantMessages: Sendable, Hashable, Codable {
    /// Name shown as the sender; nil: the tenant's name.
    public let senderName: LocalizedText?
    /// Where answers to its mails go; nil: the tenant's address for residents.
    public let replyTo: String?
    /// Last lines of every mail; nil: name, telephone and hours.
    public let signature: LocalizedText?
    /// Whether two questions are asked after the end.
    public let survey: Bool
    /// Own words, by moment.
    public let overrides: [MessageOverride]

    /// All parts; the defaults are what a tenant without the file gets.
    public init(
        senderName: LocalizedText? = nil,
        replyTo: String? = nil,
        signature: LocalizedText? = nil,
        survey: Bool = true,
        overrides: [MessageOverride] = []
    ) {
        self.senderName = senderName
        self.replyTo = replyTo
        self.signature = signature
        self.survey = survey
        self.overrides = overrides
    }

    /// The words for a moment.
    public func template(_ event: TellingEvent) -> MessageTemplate {
        let standard = BuiltInMessages.of(event)
        guard let own = overrides.first(where: { $0.event == event }) else { return standard }
        return MessageTemplate(
            subject: own.subject ?? standard.subject,
            text: own.text ?? standard.text,
            sms: own.sms ?? standard.sms
        )
    }

    private enum CodingKeys: String, CodingKey {
        case senderName = "sender_name"
        case replyTo = "reply_to"
        case signature, survey, overrides
    }
}
