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
    ///
    /// The hub's own feed has also what was written on requests that were posted through it, in whichever schema they lie, so
    /// that a client which knows only the hub hears what became of them.
    public func callAsFunction(_ window: ClosedRange<Date>, in tenant: HostedTenant) async throws -> [StoredUpdate] {
        var found = try await read(window, in: tenant.code, postedThrough: nil)
        guard tenant.isHub else { return found }
        for entry in surroundings.directory.entries where entry.id != tenant.id {
            found += try await read(window, in: entry.code, postedThrough: tenant.id)
        }
        found.sort { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
        return Array(found.prefix(Updates.largestWindow))
    }

    private func read(
        _ window: ClosedRange<Date>,
        in code: TenantCode,
        postedThrough hub: JurisdictionID?
    ) async throws -> [StoredUpdate] {
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(code, .readOnly) { transaction in
            var found: [StoredUpdate] = []
            try await Updates(transaction).stream(window, readableAt: now) { found.append($0) }
            guard let hub else { return found }
            var isOurs: [RequestReference: Bool] = [:]
            for reference in Set(found.map(\.reference)) {
                isOurs[reference] = try await RequestLinks(transaction).of(reference).contains {
                    $0.peer == hub.rawValue
                }
            }
            return found.filter { isOurs[$0.reference] == true }
        }
    }
}
