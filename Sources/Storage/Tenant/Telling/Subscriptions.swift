public import Domain
public import Foundation
import Postgres

/// Who is told of what at this tenant.
public struct Subscriptions {
    let transaction: TenantTransaction

    /// The subscriptions of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a new subscription.
    public func insert(_ subscription: Subscription) async throws {
        let kind = subscription.subject.columns
        try await transaction.queue(
            """
            INSERT INTO subscription
                (subscription_id, kind, service_request_id, topic, channel, address, address_key, language, events,
                digest_minutes, state, origin, asked_at, confirmed_at, ended_at)
            VALUES
                (\(subscription.id), \(kind.kind), \(kind.reference), \(kind.topic), \(subscription.channel.rawValue),
                \(subscription.address), \(subscription.addressKey), \(subscription.language.rawValue),
                \(subscription.events.map(\.rawValue).sorted()), \(subscription.digestMinutes),
                \(subscription.state.rawValue), \(subscription.origin.rawValue), \(subscription.askedAt),
                \(subscription.confirmedAt), \(subscription.endedAt))
            """
        )
    }

    /// Queues what may change of a subscription: state, language, events, bundling.
    public func save(_ subscription: Subscription) async throws {
        try await transaction.queue(
            """
            UPDATE subscription
            SET language = \(subscription.language.rawValue), events = \(subscription.events.map(\.rawValue).sorted()),
                digest_minutes = \(subscription.digestMinutes), state = \(subscription.state.rawValue),
                confirmed_at = \(subscription.confirmedAt), ended_at = \(subscription.endedAt)
            WHERE subscription_id = \(subscription.id)
            """
        )
    }

    /// A subscription; nil when this tenant has none of that id.
    public func read(_ id: UUID, forUpdate: Bool = false) async throws -> Subscription? {
        let row =
            forUpdate
            ? try await transaction.first(
                """
                SELECT \(Self.columns)
                FROM subscription
                WHERE subscription_id = \(id)
                FOR UPDATE
                """
            )
            : try await transaction.first(
                """
                SELECT \(Self.columns)
                FROM subscription
                WHERE subscription_id = \(id)
                """
            )
        return try row.map(Subscription.init)
    }

    /// Whoever is to be told of news of a request: those who follow it, and the programs that hear everything.
    public func active(for reference: RequestReference) async throws -> [Subscription] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM subscription
            WHERE (service_request_id = \(reference.rawValue) OR kind = 'tenant')
                AND state = 'active'
            ORDER BY asked_at, subscription_id
            """
        )
        return try rows.map(Subscription.init)
    }

    /// The programs that hear everything.
    public func programs() async throws -> [Subscription] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM subscription
            WHERE kind = 'tenant'
            ORDER BY asked_at, subscription_id
            """
        )
        return try rows.map(Subscription.init)
    }

    /// Queues news for every program that hears everything, without reading who they are: a new request waits for no answer.
    ///
    /// - Parameters:
    ///   - kind: Kind of the outbox row; its payload names the subscription and holds the facts.
    ///   - giveUpAt: After this instant it is no news any more.
    public func enqueueForPrograms(_ facts: NewsFacts, kind: String, giveUpAt: Date) async throws {
        let reference = facts.reference.rawValue
        try await transaction.queue(
            """
            INSERT INTO outbox
                (outbox_id, kind, target, delivery_key, order_key, payload, state, created_at, due_at, give_up_at)
            SELECT md5('row ' || subscription_id::text || \(reference))::uuid, \(kind),
                'webhook:' || subscription_id::text, md5('key ' || subscription_id::text || \(reference))::uuid,
                \(reference) || '/' || subscription_id::text,
                jsonb_build_object('subscription', subscription_id, 'facts', \(try StoredJSON(facts).value)),
                'new', \(facts.at), \(facts.at), \(giveUpAt)
            FROM subscription
            WHERE kind = 'tenant'
                AND state = 'active'
            """
        )
    }

    /// Active subscriptions to planned work in any of some areas and streets.
    public func active(areas: [String], streets: [String]) async throws -> [Subscription] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM subscription
            WHERE state = 'active'
                AND ((kind = 'area' AND topic = ANY (\(areas))) OR (kind = 'street' AND topic = ANY (\(streets))))
            ORDER BY asked_at, subscription_id
            """
        )
        return try rows.map(Subscription.init)
    }

    /// What one address has asked for; the newest first.
    public func of(_ channel: TellingChannel, addressKey: Data) async throws -> [Subscription] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM subscription
            WHERE channel = \(channel.rawValue)
                AND address_key = \(addressKey)
            ORDER BY asked_at DESC, subscription_id
            """
        )
        return try rows.map(Subscription.init)
    }

    /// Erases the addresses of everybody who was told of a request; the rows stay, ended.
    public func erase(_ reference: RequestReference, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE subscription
            SET address = NULL, state = CASE state WHEN 'undeliverable' THEN state ELSE 'stopped' END,
                ended_at = coalesce(ended_at, \(now))
            WHERE service_request_id = \(reference.rawValue)
            """
        )
    }

    private static let columns: SQL = """
        subscription_id, kind, service_request_id, topic, channel, address, address_key, language, events,
        digest_minutes, state, origin, asked_at, confirmed_at, ended_at
        """
}

extension Subscription.Subject {
    /// The columns that hold a subject.
    fileprivate var columns: (kind: String, reference: String?, topic: String?) {
        switch self {
        case .request(let reference): ("request", reference.rawValue, nil)
        case .area(let area): ("area", nil, area)
        case .street(let street): ("street", nil, street)
        case .tenant: ("tenant", nil, nil)
        }
    }

    fileprivate init(_ row: Row) throws {
        let kind: String = try row.decode("kind")
        self =
            switch kind {
            case "request": .request(RequestReference(trusted: try row.decode("service_request_id")))
            case "area": .area(try row.decode("topic"))
            case "street": .street(try row.decode("topic"))
            case "tenant": .tenant
            default: throw StorageError.unreadable(what: "kind: \(kind) is no subject of a subscription")
            }
    }
}

extension Subscription {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.decode("subscription_id"),
            subject: try Subject(row),
            channel: try row.word("channel"),
            address: try row.decode("address"),
            addressKey: try row.decode("address_key"),
            language: try row.word("language"),
            events: Set(try row.decode("events", as: [String].self).compactMap(TellingEvent.init(rawValue:))),
            digestMinutes: try row.decode("digest_minutes"),
            state: try row.word("state"),
            origin: try row.word("origin"),
            askedAt: try row.decode("asked_at"),
            confirmedAt: try row.decode("confirmed_at"),
            endedAt: try row.decode("ended_at")
        )
    }
}
