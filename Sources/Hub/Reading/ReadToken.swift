public import Domain
import Foundation
import Storage

/// What a batch token gives.
public enum TokenState: Sendable, Hashable {
    /// No such token here.
    case unknown
    /// The id is not assigned yet.
    case waiting
    /// The id.
    case assigned(RequestReference)
}

/// Exchanges a batch token for the id of its request.
public struct ReadToken: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks the token up in one jurisdiction; a token got through the hub begins with the code of the schema it lies in.
    public func callAsFunction(_ token: String, in tenant: HostedTenant) async throws -> TokenState {
        guard token.utf8.count <= 100 else { return .unknown }
        let now = surroundings.now()
        var holder = tenant
        if tenant.isHub, let code = TenantCode(rawValue: token.prefix { $0 != "-" }.uppercased()), code != tenant.code {
            guard let found = try await surroundings.directory.tenant(code: code) else { return .unknown }
            holder = found
        }
        let isThroughHub = holder.id != tenant.id
        let found = try await surroundings.databases.withTenant(holder.code, .readOnly) { transaction in
            guard let found = try await Tokens(transaction).read(token) else { return nil as StoredToken? }
            // A token of the town's own door is as unknown here as one that was never given.
            guard isThroughHub else { return found }
            let links = try await RequestLinks(transaction).of(found.reference)
            return links.contains { $0.peer == tenant.id.rawValue } ? found : nil
        }
        guard let found else { return .unknown }
        return found.readyAt <= now ? .assigned(found.reference) : .waiting
    }
}
