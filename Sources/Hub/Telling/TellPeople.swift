import Crypto
import Domain
import Foundation
import Routing
import Storage

/// Puts into the outbox what the people who wait for a request are to be told: rows only, in the transaction that caused them.
///
/// Only the tenant where a request was born tells people; whoever has it now reports there first, so a person hears each thing once,
/// whatever number of bodies handle it.
struct TellPeople: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Tells of one line of the history, as far as it is news to those who wait.
    func after(
        _ event: RequestEvent,
        of request: ServiceRequest,
        _ effect: RequestLife.Effect,
        in transaction: TenantTransaction
    ) async throws {
        guard let news = TellingEvent(event), isBornHere(request) else { return }
        guard news == .late ? Self.isLater(event) : effect.tellsRequester else { return }
        let subscriptions = try await Subscriptions(transaction).active(for: request.reference)
        let wanted = subscriptions.filter { wants($0, news, request) }
        guard !wanted.isEmpty else { return }
        var facts = facts(news, request, at: event.at, note: event.description)
        if news == .late {
            // Without a new date none is said: the old one has passed.
            facts.completeDue = event.details["new_date"].flatMap { try? Date($0, strategy: .iso8601) }
            // The clock's own words say what the message says.
            if event.details["reason"] == "late" { facts.note = nil }
        }
        for subscription in wanted { try await enqueue(facts, to: subscription, in: transaction) }
    }

    /// Whether a deadline moved to a later day: an earlier one, and one of the review alone, delays nobody.
    private static func isLater(_ event: RequestEvent) -> Bool {
        func instant(_ key: String) -> Date? { event.details[key].flatMap { try? Date($0, strategy: .iso8601) } }
        guard event.details["reason"] == "rebased" else { return true }
        guard let before = instant("complete_before"), let after = instant("complete_after") else { return false }
        return after > before
    }

    /// Subscribes the person who reported, by the way they asked for, and tells them that it arrived.
    ///
    /// An address left with a report asks for news of that report; a telephone number alone does not, it is there to be called.
    func afterIntake(
        of request: ServiceRequest,
        from contact: Requester?,
        in transaction: TenantTransaction
    ) async throws {
        let facts = facts(.received, request, at: request.requestedAt)
        if let contact, let subscription = subscription(to: request, for: contact) {
            try await Subscriptions(transaction).insert(subscription)
            try await enqueue(facts, to: subscription, in: transaction)
        }
        guard request.visibility == .public else { return }
        try await Subscriptions(transaction).enqueueForPrograms(
            facts,
            kind: OutboxKind.subscriberWebhook.rawValue,
            giveUpAt: facts.at.addingTimeInterval(72 * 3600)
        )
    }

    private func subscription(to request: ServiceRequest, for contact: Requester) -> Subscription? {
        guard contact.wantsNews != false else { return nil }
        let (channel, address): (TellingChannel, String)
        if contact.preferredChannel == .sms, let number = Self.dialable(contact.phone) {
            (channel, address) = (.sms, number)
        } else if let email = contact.email?.trimmingCharacters(in: .whitespaces), !email.isEmpty {
            (channel, address) = (.mail, email)
        } else {
            return nil
        }
        return Subscription(
            subject: .request(request.reference),
            channel: channel,
            address: address,
            addressKey: surroundings.settings.telling.tokens.addressKey(channel, address),
            language: request.language,
            state: .active,
            origin: .requester,
            askedAt: request.requestedAt
        )
    }

    /// A number that text messages can be sent to; nil for any other.
    static func dialable(_ phone: String?) -> String? {
        guard case .national(let number) = TelephoneNumber(phone) else { return nil }
        return number.e164
    }

    private func isBornHere(_ request: ServiceRequest) -> Bool {
        request.reference.code == tenant.code
            || surroundings.directory.codes(of: tenant.id).contains(request.reference.code)
    }

    private func wants(_ subscription: Subscription, _ news: TellingEvent, _ request: ServiceRequest) -> Bool {
        switch (subscription.subject, subscription.origin) {
        case (.tenant, _): request.visibility == .public
        // What became confidential meanwhile is told to the person who reported it alone.
        case (_, .follower) where request.visibility != .public: false
        default: subscription.events.contains(news)
        }
    }

    /// What happened, without what a confidential type must not say.
    private func facts(
        _ news: TellingEvent,
        _ request: ServiceRequest,
        at instant: Date,
        note: LocalizedText? = nil
    ) -> NewsFacts {
        let isDiscreet = request.visibility == .confidential
        let holder = request.life.holder.flatMap { surroundings.agreement.routing.name(of: $0.lead, at: instant) }
        let isEnded = news == .completed
        return NewsFacts(
            reference: request.reference,
            event: news,
            at: instant,
            type: isDiscreet ? nil : tenant.service(request.serviceCode, at: request.requestedAt)?.name,
            place: isDiscreet || request.withheld.contains(.address) ? nil : request.address,
            body: holder ?? tenant.tenant.name,
            because: isDiscreet ? nil : request.decision?.residentText,
            note: note,
            outcome: isEnded ? request.outcome?.rawValue : nil,
            reviewDue: news == .received ? request.reviewDue : nil,
            completeDue: isEnded ? nil : request.completeDue,
            disputeUntil: isEnded
                ? instant.addingTimeInterval(TimeInterval(tenant.tenant.policies.disputeWindowDays) * 86_400) : nil
        )
    }

    private func enqueue(
        _ facts: NewsFacts,
        to subscription: Subscription,
        in transaction: TenantTransaction
    ) async throws {
        guard let address = subscription.address else { return }
        let outbox = Outbox(transaction)
        if subscription.channel == .mail, subscription.digestMinutes > 0 {
            let (digest, end) = bundle(subscription, at: facts.at)
            try await DigestEntries(transaction).insert(digest, subscription: subscription.id, facts)
            try await outbox.enqueueOnce(
                OutboxItem(
                    id: digest,
                    kind: OutboxKind.digest.rawValue,
                    target: OutboxTarget.mail(address),
                    deliveryKey: digest,
                    orderKey: digest.uuidString,
                    payload: try StoredJSON(
                        DigestMessage(digest: digest, subscription: subscription.id, language: subscription.language)
                    ),
                    createdAt: facts.at,
                    dueAt: end,
                    giveUpAt: end.addingTimeInterval(72 * 3600)
                )
            )
            return
        }
        let (kind, target): (OutboxKind, String) =
            switch subscription.channel {
            case .mail: (.newsMail, OutboxTarget.mail(address))
            case .sms: (.newsSMS, OutboxTarget.sms(address))
            case .webhook: (.subscriberWebhook, OutboxTarget.program(subscription.id))
            }
        try await outbox.enqueue(
            OutboxItem(
                kind: kind.rawValue,
                target: target,
                orderKey: "\(facts.reference)/\(subscription.id.uuidString.lowercased())",
                payload: try StoredJSON(NewsMessage(subscription: subscription.id, facts: facts)),
                createdAt: facts.at
            )
        )
    }

    /// The bundle that news of an instant belong to, and when it leaves: one for an address, a language and a stretch of time.
    private func bundle(_ subscription: Subscription, at instant: Date) -> (id: UUID, end: Date) {
        let length = TimeInterval(subscription.digestMinutes * 60)
        let end = ((instant.timeIntervalSince1970 / length).rounded(.down) + 1) * length
        let name = "\(subscription.language.rawValue)\n\(subscription.digestMinutes)\n\(Int(end))"
        let digest = Array(SHA256.hash(data: subscription.addressKey + Data(name.utf8)).prefix(16))
        let id = digest.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
        return (id, Date(timeIntervalSince1970: end))
    }
}
