public import Domain
public import Foundation

/// Shows a message as it would be sent, with made-up facts: for whoever writes the words.
public struct PreviewMessage: Sendable {
    /// One message.
    public struct Shown: Sendable, Hashable {
        /// Name of the sender.
        public let sender: String
        /// Subject.
        public let subject: String
        /// The whole mail as plain text.
        public let text: String
        /// The whole mail as HTML.
        public let html: String
        /// The text message.
        public let sms: String
    }

    private let configuration: TenantConfiguration

    /// A preview over checked files, applied or not.
    public init(_ configuration: TenantConfiguration) {
        self.configuration = configuration
    }

    /// The message of a moment, as if it happened at an instant.
    public func callAsFunction(_ event: TellingEvent, _ language: Language, at now: Date) -> Shown {
        let tenant = HostedTenant(configuration: configuration, version: 0, digest: "", appliedAt: now)
        let settings = HubSettings(
            publicBaseURL: URL(string: "https://311.example") ?? URL(fileURLWithPath: "/"),
            apiContact: ""
        )
        let compose = ComposeMessage(settings: settings, tenant: tenant)
        let day: TimeInterval = 86_400
        let facts = NewsFacts(
            reference: RequestReference(trusted: "\(tenant.code.rawValue)-7K3QF-2M9V"),
            event: event,
            at: now,
            type: tenant.catalogue.services.first?.name,
            place: "12 Main Street",
            body: tenant.tenant.name,
            because: LocalizedText(
                english: "This is a local street.",
                french: "C’est une rue municipale."
            ),
            note: LocalizedText(english: "A word from staff.", french: "Un mot du personnel."),
            outcome: event == .completed ? Outcome.fixed.rawValue : nil,
            reviewDue: event == .received ? now.addingTimeInterval(day) : nil,
            completeDue: event == .completed ? nil : now.addingTimeInterval(4 * day),
            disputeUntil: event == .completed
                ? now.addingTimeInterval(Double(tenant.tenant.policies.disputeWindowDays) * day) : nil
        )
        let person = Subscription(
            subject: .request(facts.reference),
            channel: .mail,
            address: "name@example.org",
            addressKey: Data(),
            language: language,
            state: .active,
            origin: .requester,
            askedAt: now
        )
        let mail = compose.news(facts, to: person, id: person.id, at: now)
        return Shown(
            sender: mail.fromName,
            subject: mail.subject,
            text: mail.text,
            html: mail.html ?? "",
            sms: compose.written(facts, for: person.id, language).sms
        )
    }
}
