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
        var found = try await read(window, in: tenant.code, rows: surroundings.shownRows(of: tenant))
        guard tenant.isHub else { return found }
        for entry in surroundings.directory.entries where entry.id != tenant.id {
            let codes = surroundings.directory.codes(of: entry.id)
            found += try await read(window, in: entry.code, rows: .postedThrough(tenant.id, born: codes))
            // What could not be shown is not kept, so a thousand towns take no more memory than two.
            found.sort { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
            found.removeLast(max(found.count - Updates.largestWindow, 0))
        }
        return found
    }

    private func read(
        _ window: ClosedRange<Date>,
        in code: TenantCode,
        rows: ShownRows
    ) async throws -> [StoredUpdate] {
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(code, .readOnly) { transaction in
            var found: [StoredUpdate] = []
            try await Updates(transaction).stream(window, rows: rows, readableAt: now) { found.append($0) }
            return found
        }
    }
}
