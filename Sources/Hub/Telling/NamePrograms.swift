public import Domain
public import Foundation
import Storage

/// Names the programs that hear all public news of a tenant.
public struct NamePrograms: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Adds a program; its id, and the secret that its messages are signed with.
    public func add(_ url: String, at tenant: HostedTenant) async throws -> (id: UUID, secret: String) {
        let tokens = surroundings.settings.telling.tokens
        let now = surroundings.second
        let program = Subscription(
            subject: .tenant,
            channel: .webhook,
            address: url,
            addressKey: tokens.addressKey(.webhook, url),
            language: .english,
            state: .active,
            origin: .operator,
            askedAt: now,
            confirmedAt: now
        )
        try await surroundings.databases.withTenant(tenant.code) { try await Subscriptions($0).insert(program) }
        return (program.id, tokens.webhookSecret(program.id))
    }

    /// Ends a program's messages; false when this tenant has none of that id.
    public func stop(_ id: UUID, at tenant: HostedTenant) async throws -> Bool {
        let now = surroundings.second
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            let subscriptions = Subscriptions(transaction)
            guard var program = try await subscriptions.read(id, forUpdate: true), program.subject == .tenant else {
                return false
            }
            if program.stop(at: now) == .ends { try await subscriptions.save(program) }
            return true
        }
    }

    /// The programs of a tenant, the oldest first.
    public func list(at tenant: HostedTenant) async throws -> [Subscription] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { try await Subscriptions($0).programs() }
    }
}
