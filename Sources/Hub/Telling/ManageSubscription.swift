public import Domain
import Foundation
import Storage

/// What a person who holds the link of a message sees and does: confirm, choose, end.
public struct ManageSubscription: Sendable {
    /// What a link opens.
    public struct Held: Sendable {
        /// What the person is told.
        public let subscription: Subscription
        /// By whom.
        public let tenant: HostedTenant
    }

    /// What a person chooses.
    public enum Choice: String, Sendable, Hashable, CaseIterable {
        /// Nothing more of this.
        case stop
        /// Nothing more from this body at all.
        case stopAll = "stop_all"
        /// Every step, each at once.
        case every
        /// Only what the person must act upon or wait longer for.
        case important
        /// All news of a day in one mail.
        case daily
        /// Again, after having ended it.
        case restart
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    private var tokens: TellingTokens { surroundings.settings.telling.tokens }

    /// What a link opens; nil for one that is not ours, or whose subscription is gone.
    public func look(_ token: String, _ purpose: TellingTokens.Purpose) async throws -> Held? {
        guard let named = tokens.read(token, purpose),
            let tenant = try await surroundings.directory.tenant(code: named.tenant)
        else { return nil }
        let subscription = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await Subscriptions($0).read(named.id)
        }
        return subscription.map { Held(subscription: $0, tenant: tenant) }
    }

    /// Confirms what was asked for; nil when the link is not ours, was used or is too old.
    public func confirm(_ token: String) async throws -> Held? {
        guard let held = try await look(token, .confirm) else { return nil }
        let now = surroundings.second
        let confirmed = try await surroundings.databases.withTenant(held.tenant.code) { transaction -> Subscription? in
            let subscriptions = Subscriptions(transaction)
            guard var stored = try await subscriptions.read(held.subscription.id, forUpdate: true),
                stored.confirm(at: now) == .begins
            else { return nil }
            try await subscriptions.save(stored)
            return stored
        }
        guard let confirmed else { return nil }
        try await noteConfirmed(confirmed)
        return Held(subscription: confirmed, tenant: held.tenant)
    }

    /// Changes what a person is told; nil when the link is not ours.
    ///
    /// May come twice: ending what has ended changes nothing.
    public func change(_ token: String, to choice: Choice) async throws -> Held? {
        guard let held = try await look(token, .manage) else { return nil }
        let now = surroundings.second
        let changed = try await surroundings.databases.withTenant(held.tenant.code) { transaction -> Subscription? in
            let subscriptions = Subscriptions(transaction)
            guard var stored = try await subscriptions.read(held.subscription.id, forUpdate: true) else { return nil }
            Self.apply(choice, to: &stored, at: now)
            try await subscriptions.save(stored)
            if choice == .stopAll {
                for other in try await subscriptions.of(stored.channel, addressKey: stored.addressKey)
                where other.id != stored.id {
                    var ended = other
                    if ended.stop(at: now) == .ends { try await subscriptions.save(ended) }
                }
            }
            return stored
        }
        guard let changed else { return nil }
        // Whoever chooses reads this mailbox; a program that only ends the mails proves nothing.
        if choice != .stop, choice != .stopAll { try await noteConfirmed(changed) }
        return Held(subscription: changed, tenant: held.tenant)
    }

    private static func apply(_ choice: Choice, to subscription: inout Subscription, at now: Date) {
        switch choice {
        case .stop, .stopAll: _ = subscription.stop(at: now)
        case .every: (subscription.events, subscription.digestMinutes) = (TellingEvent.every, 0)
        case .important: (subscription.events, subscription.digestMinutes) = (TellingEvent.important, 0)
        case .daily: subscription.digestMinutes = 24 * 60
        case .restart: _ = subscription.restart(at: now)
        }
    }

    private func noteConfirmed(_ subscription: Subscription) async throws {
        let now = surroundings.now()
        try await surroundings.databases.withHub {
            try await ContactAddresses($0).confirm(subscription.channel, subscription.addressKey, now: now)
        }
    }
}
