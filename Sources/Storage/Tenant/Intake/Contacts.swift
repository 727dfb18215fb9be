public import Domain
public import Foundation
import Postgres

/// One conversation with the hub that made no request of its own: a referral, advice, a question.
///
/// Holds nothing personal.
public struct StoredContact: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID

    /// When it was.
    public let happenedAt: Date

    /// What became of it.
    public let kind: Kind

    /// The way it came.
    public let channel: Channel

    /// Language of the conversation.
    public let language: Language

    /// The kind of matter; nil when unknown.
    public let serviceCode: ServiceCode?

    /// Id of the body it was referred to.
    public let referredTo: String?

    /// The request it was about.
    public let reference: RequestReference?

    /// Who is responsible and why.
    public let decision: Decision?

    /// What became of a contact.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Told who is responsible, outside the hub.
        case referral
        /// Told to call 911.
        case emergencyAdvice = "emergency_advice"
        /// Asked how a request stands.
        case statusQuery = "status_query"
        /// Asked something else.
        case information
    }

    /// A contact.
    public init(
        id: UUID = UUID(),
        happenedAt: Date,
        kind: Kind,
        channel: Channel,
        language: Language,
        serviceCode: ServiceCode? = nil,
        referredTo: String? = nil,
        reference: RequestReference? = nil,
        decision: Decision? = nil
    ) {
        self.id = id
        self.happenedAt = happenedAt
        self.kind = kind
        self.channel = channel
        self.language = language
        self.serviceCode = serviceCode
        self.referredTo = referredTo
        self.reference = reference
        self.decision = decision
    }
}

/// How many contacts of one kind ended with one body.
public struct ContactCount: Sendable, Hashable {
    /// What became of them.
    public let kind: StoredContact.Kind

    /// The body they were referred to; nil for none.
    public let referredTo: String?

    /// How many.
    public let count: Int
}

/// Contacts counted by this tenant.
public struct Contacts {
    let transaction: TenantTransaction

    /// The contacts of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a contact.
    public func record(_ contact: StoredContact) async throws {
        let decision = try contact.decision.map(JSONValue.init)
        try await transaction.queue(
            """
            INSERT INTO contact
                (contact_id, happened_at, kind, channel, language, service_code, referred_to, service_request_id,
                decision)
            VALUES
                (\(contact.id), \(contact.happenedAt), \(contact.kind.rawValue), \(contact.channel.rawValue),
                \(contact.language.rawValue), \(contact.serviceCode?.rawValue), \(contact.referredTo),
                \(contact.reference?.rawValue), \(decision))
            """
        )
    }

    /// Contacts of a time, its end not included, by kind and body.
    public func counts(_ time: Range<Date>) async throws -> [ContactCount] {
        let rows = try await transaction.all(
            """
            SELECT kind, referred_to, count(*) AS contacts
            FROM contact
            WHERE happened_at >= \(time.lowerBound)
                AND happened_at < \(time.upperBound)
            GROUP BY kind, referred_to
            ORDER BY kind, referred_to
            """
        )
        return try rows.map { row in
            ContactCount(
                kind: try row.word("kind"),
                referredTo: try row.decode("referred_to"),
                count: try row.decode("contacts")
            )
        }
    }
}
