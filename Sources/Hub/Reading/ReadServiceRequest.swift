public import Domain
import Foundation
import Storage

/// Reads one request of one jurisdiction. Unknown, foreign and confidential ones look exactly alike: nothing.
public struct ReadServiceRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The request, with its history when `withHistory` is true.
    public func callAsFunction(
        _ id: String,
        in tenant: HostedTenant,
        withHistory: Bool = false
    ) async throws -> ReadableRequest? {
        guard let reference = try? RequestReference(parsing: id) else { return nil }
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            let requests = ServiceRequests(transaction)
            let filter = RequestFilter(references: [reference], readableAt: now)
            guard let request = try await requests.list(filter).first else { return nil }
            guard withHistory else { return surroundings.readable(request, tenant) }
            return surroundings.readable(
                request,
                tenant,
                events: try await RequestEvents(transaction).all(of: reference).filter(\.isPublic),
                updates: try await Updates(transaction).of(reference).filter(\.isPublic)
            )
        }
    }
}

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

    /// Looks the token up in one jurisdiction; through the hub's jurisdiction in every tenant it may lie in.
    public func callAsFunction(_ token: String, in tenant: HostedTenant) async throws -> TokenState {
        guard token.utf8.count <= 100 else { return .unknown }
        let now = surroundings.now()
        let codes = tenant.isHub ? surroundings.directory.entries.map(\.code) : [tenant.code]
        for code in codes {
            let found = try await surroundings.databases.withTenant(code) { try await Tokens($0).read(token) }
            if let found { return found.readyAt <= now ? .assigned(found.reference) : .waiting }
        }
        return .unknown
    }
}
