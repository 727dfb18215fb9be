public import Domain
public import Foundation
import Storage

/// Ends messages: because the person says so, or because the address does not exist.
public struct EndSubscriptions: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The person wants nothing more from this hub by this way: STOP counts for every tenant.
    public func stopEverything(_ channel: TellingChannel, _ addressKey: Data) async throws {
        try await setStopped(true, channel, addressKey)
    }

    /// The person who had said STOP says START.
    public func startAgain(_ channel: TellingChannel, _ addressKey: Data) async throws {
        try await setStopped(false, channel, addressKey)
    }

    private func setStopped(_ isStopped: Bool, _ channel: TellingChannel, _ key: Data) async throws {
        let now = surroundings.now()
        try await surroundings.databases.withHub {
            try await ContactAddresses($0).setStopped(isStopped, channel, key, now: now)
        }
    }

    /// A server said that the address of a subscription does not exist: nothing is sent to it any more, by any tenant.
    func addressIsGone(_ subscription: Subscription, at tenant: HostedTenant, reason: String) async throws {
        let now = surroundings.now()
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let subscriptions = Subscriptions(transaction)
            guard var stored = try await subscriptions.read(subscription.id, forUpdate: true) else { return }
            if stored.addressIsGone(at: now) == .ends { try await subscriptions.save(stored) }
        }
        try await surroundings.databases.withHub { transaction in
            try await ContactAddresses(transaction)
                .markGone(subscription.channel, subscription.addressKey, reason: reason, now: now)
        }
    }
}
