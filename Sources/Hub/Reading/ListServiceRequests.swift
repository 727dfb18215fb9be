public import Domain
import Foundation
public import Storage

/// Lists public requests of one jurisdiction, newest first, without holding the database while the reader is slow.
public struct ListServiceRequests: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Calls `each` for every request of the page, with its history when `withHistory` is true.
    ///
    /// Rows are read in lots of a hundred, each in a transaction of its own, by the key of the last row: a request that
    /// comes in meanwhile is newer than all and shifts nothing.
    public func callAsFunction(
        _ filter: RequestFilter,
        page: Int,
        pageSize: Int,
        withHistory: Bool = false,
        in tenant: HostedTenant,
        each: (ReadableRequest) async throws -> Void
    ) async throws {
        var cursor = ServiceRequests.Cursor(page: page, pageSize: pageSize)
        while !cursor.isAtEnd {
            let position = cursor
            let lot = try await surroundings.databases.withTenant(tenant.code) { transaction in
                let (requests, next) = try await ServiceRequests(transaction).lot(filter, from: position)
                guard withHistory, !requests.isEmpty else { return (requests, next, [:], [:]) }
                let references = requests.map(\.reference)
                return (
                    requests, next, try await RequestEvents(transaction).all(of: references),
                    try await Updates(transaction).of(references)
                )
            }
            cursor = lot.1
            for request in lot.0 {
                try await each(
                    surroundings.readable(
                        request,
                        tenant,
                        events: (lot.2[request.reference] ?? []).filter(\.isPublic),
                        updates: (lot.3[request.reference] ?? []).filter(\.isPublic)
                    )
                )
            }
        }
    }
}
