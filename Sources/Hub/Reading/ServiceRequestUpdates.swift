public import Domain
public import Foundation
public import Storage

/// Lists the messages on the public requests of a jurisdiction, oldest first.
public struct ListUpdates: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Messages whose `updated_datetime` lies in the window, at most `Updates.largestWindow`.
    public func callAsFunction(_ window: ClosedRange<Date>, in tenant: HostedTenant) async throws -> [StoredUpdate] {
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            var found: [StoredUpdate] = []
            try await Updates(transaction).stream(window, readableAt: now) { found.append($0) }
            return found
        }
    }
}
