import Domain
import Foundation
import Metrics
import Storage

/// Sends one message that waited in the outbox, if the person still wants it.
///
/// Looks at the subscription, asks leave for the address, puts the news into words, sends, and notes what came of it. No connection to
/// the database is held meanwhile.
struct SendMessage: Sendable {
    let surroundings: Surroundings
    let ways: MessageWays
    let tenant: HostedTenant

    /// Least seconds before a message is sent again of which nobody knows whether it arrived.
    private static let doubtSeconds: TimeInterval = 60

    /// Seconds until news to a stranger who was sent enough are looked at again.
    private static let turnSeconds: TimeInterval = 900

    private var compose: ComposeMessage { ComposeMessage(settings: surroundings.settings, tenant: tenant) }

    func callAsFunction(_ leased: LeasedItem) async throws -> DeliveryResult {
        let item = leased.item
        guard surroundings.now() <= item.giveUpAt else {
            return .dead(fault: "it waited until \(item.giveUpAt.formatted(.iso8601)) and is no news any more")
        }
        switch OutboxKind(rawValue: item.kind) {
        case .mail:
            return try await send(compose.whole(try item.payload.decoded(as: QueuedMail.self), item), leased)
        case .sms:
            let text = try item.payload.decoded(as: QueuedText.self)
            return try await send(text.text, to: TellPeople.dialable(text.to) ?? text.to, text.language, leased)
        case .newsMail:
            let news = try item.payload.decoded(as: NewsMessage.self)
            return try await toPerson(news.subscription, leased, canWait: news.facts.event != .received) {
                try await send(
                    compose.news(news.facts, to: $0, id: item.deliveryKey, at: item.createdAt),
                    leased,
                    of: $0
                )
            }
        case .newsSMS:
            let news = try item.payload.decoded(as: NewsMessage.self)
            return try await toPerson(news.subscription, leased, canWait: news.facts.event != .received) { person in
                let text = compose.written(news.facts, for: person.id, person.language).sms
                return try await send(text, to: person.address ?? "", person.language, leased, of: person)
            }
        case .workNotice:
            let message = try item.payload.decoded(as: NoticeMessage.self)
            return try await notice(message, leased)
        case .confirmation:
            let message = try item.payload.decoded(as: ConfirmationMessage.self)
            return try await toPerson(message.subscription, leased, in: .asked) {
                try await send(compose.confirmation(of: $0, item), leased, of: $0)
            }
        case .digest: return try await digest(try item.payload.decoded(as: DigestMessage.self), leased)
        case .subscriberWebhook: return try await program(try item.payload.decoded(as: NewsMessage.self), leased)
        default: return .dead(fault: "\(item.kind) is no message")
        }
    }

    /// Goes on only while the person wants it and the address may be written to.
    private func toPerson(
        _ id: UUID,
        _ leased: LeasedItem,
        in state: Subscription.State = .active,
        canWait: Bool = false,
        _ send: (Subscription) async throws -> DeliveryResult
    ) async throws -> DeliveryResult {
        let subscription = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await Subscriptions($0).read(id)
        }
        guard let subscription, subscription.state == state, subscription.address != nil else {
            return Self.withheld("the person does not want it any more")
        }
        let now = surroundings.now()
        let limit = surroundings.settings.telling.strangerMessagesPerHour
        let grant = try await surroundings.databases.withHub { transaction in
            try await ContactAddresses(transaction).grant(
                subscription.channel,
                subscription.addressKey,
                delivery: leased.item.deliveryKey,
                strangerLimit: limit,
                now: now
            )
        }
        switch grant {
        case .granted: return try await send(subscription)
        case .stopped: return Self.withheld("the person wants nothing from this hub")
        case .gone: return Self.withheld("the address does not exist")
        case .enough:
            Counter(label: "hub.messages.withheld", dimensions: [("reason", "stranger")]).increment()
            let reason = "a stranger is sent \(limit) messages an hour at most"
            // Anybody can have a stranger sent acknowledgements; what staff did is news, and waits for its turn.
            return canWait ? .failed(fault: reason, retryAfter: Self.turnSeconds) : Self.withheld(reason)
        }
    }

    /// What is not sent on purpose is done with: no fault, and the row says why.
    private static func withheld(_ reason: String) -> DeliveryResult {
        (try? StoredJSON(["withheld": reason])).map { .sent(answer: $0) } ?? .sent(answer: .emptyObject)
    }

    private func digest(_ message: DigestMessage, _ leased: LeasedItem) async throws -> DeliveryResult {
        let entries = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await DigestEntries($0).active(of: message.digest)
        }
        guard let first = entries.first else { return Self.withheld("the person does not want it any more") }
        let result = try await toPerson(first.subscription, leased) { person in
            let mail = compose.digest(entries, to: person.address ?? "", message.language, leased.item)
            return try await send(mail, leased, of: person)
        }
        if case .sent = result {
            try await surroundings.databases.withTenant(tenant.code) {
                try await DigestEntries($0).remove(message.digest)
            }
        }
        return result
    }

    private func notice(_ message: NoticeMessage, _ leased: LeasedItem) async throws -> DeliveryResult {
        let found = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await WorkNotices($0).read(message.notice)
        }
        guard let found else { return .dead(fault: "the notice is gone") }
        return try await toPerson(message.subscription, leased) { person in
            guard person.channel == .sms else {
                return try await send(compose.notice(found, to: person, leased.item), leased, of: person)
            }
            let text = compose.noticeText(found, person.language)
            return try await send(text, to: person.address ?? "", person.language, leased, of: person)
        }
    }

    private func program(_ news: NewsMessage, _ leased: LeasedItem) async throws -> DeliveryResult {
        let subscription = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await Subscriptions($0).read(news.subscription)
        }
        guard let subscription, subscription.state == .active, let url = subscription.address else {
            return Self.withheld("the program does not want it any more")
        }
        guard let way = ways.webhook else { return .failed(fault: "webhooks are not configured", retryAfter: 300) }
        let body = ProgramNews(
            news.facts,
            tenant: tenant,
            page: compose.link("requests/\(news.facts.reference)", .english)
        )
        let outcome = await way(
            OutgoingNotice(
                deliveryKey: leased.item.deliveryKey,
                url: url,
                body: Array(try StoredJSON(body).text.utf8),
                secret: surroundings.settings.telling.tokens.webhookSecret(subscription.id)
            )
        )
        // The program recognises a repetition by the delivery key, so it may simply be sent again.
        return try await result(outcome, leased, of: nil, repeats: true)
    }

    private func send(_ mail: OutgoingMail, _ leased: LeasedItem, of person: Subscription? = nil) async throws
        -> DeliveryResult
    {
        guard let way = ways.mail else { return .failed(fault: "mail is not configured", retryAfter: 300) }
        let repeats = surroundings.settings.telling.resendsInDoubt
        if leased.isDoubtful {
            guard repeats else { return .dead(fault: "it may have been sent before; an operator decides") }
            Counter(label: "hub.messages.repeated", dimensions: [("channel", "mail")]).increment()
        }
        return try await result(await way(mail), leased, of: person, repeats: repeats)
    }

    private func send(
        _ text: String,
        to number: String,
        _ language: Language,
        _ leased: LeasedItem,
        of person: Subscription? = nil
    ) async throws -> DeliveryResult {
        guard let way = ways.sms else { return .failed(fault: "text messages are not configured", retryAfter: 300) }
        let message = OutgoingText(
            deliveryKey: leased.item.deliveryKey,
            to: number,
            text: text,
            language: language,
            isDoubtful: leased.isDoubtful
        )
        return try await result(await way(message), leased, of: person, repeats: true)
    }

    private func result(
        _ outcome: MessageOutcome,
        _ leased: LeasedItem,
        of person: Subscription?,
        repeats: Bool
    ) async throws -> DeliveryResult {
        let ladder = RetryLadder.delay(after: leased.attempt)
        switch outcome {
        case .sent(let words): return .sent(answer: try StoredJSON(["said": String(words.prefix(200))]))
        case .notNow(let reason, let seconds): return .failed(fault: reason, retryAfter: seconds ?? ladder)
        case .uncertain(let reason) where repeats:
            return .uncertain(fault: reason, retryAfter: max(ladder, Self.doubtSeconds))
        case .uncertain(let reason): return .dead(fault: "\(reason); it may have arrived, an operator decides")
        case .stopped(let reason):
            if let person { try await EndSubscriptions(surroundings).stopEverything(person.channel, person.addressKey) }
            return Self.withheld(reason)
        case .refused(let reason, let addressIsGone):
            if addressIsGone, let person {
                try await EndSubscriptions(surroundings).addressIsGone(person, at: tenant, reason: reason)
            }
            return .dead(fault: reason)
        }
    }
}

/// News of a request as a program reads them: nothing that its public page does not show.
struct ProgramNews: Encodable {
    let event: TellingEvent
    let reference: String
    let jurisdiction: String
    let datetime: String
    let service: LocalizedText?
    let agency: LocalizedText
    let outcome: String?
    let text: LocalizedText?
    let page: String

    init(_ facts: NewsFacts, tenant: HostedTenant, page: String) {
        event = facts.event
        reference = facts.reference.rawValue
        jurisdiction = tenant.id.rawValue
        datetime = facts.at.formatted(.iso8601)
        service = facts.type
        agency = facts.body.plain
        outcome = facts.outcome
        text = facts.note
        self.page = page
    }

    private enum CodingKeys: String, CodingKey {
        case event, datetime, outcome, text, page
        case reference = "service_request_id"
        case jurisdiction = "jurisdiction_id"
        case service = "service_name"
        case agency = "agency_responsible"
    }
}
