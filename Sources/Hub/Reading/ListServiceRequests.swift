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

    /// A list to be read lot by lot.
    ///
    /// - Parameter withHistory: Whether each request comes with its public history.
    public func callAsFunction(
        _ filter: RequestFilter,
        page: Int,
        pageSize: Int,
        withHistory: Bool = false,
        in tenant: HostedTenant
    ) -> RequestLots {
        RequestLots(
            surroundings: surroundings,
            tenant: tenant,
            filter: filter,
            withHistory: withHistory,
            cursor: ServiceRequests.Cursor(page: page, pageSize: pageSize)
        )
    }
}

/// A page of requests, read a hundred at a time, each lot in a transaction of its own.
public struct RequestLots: Sendable {
    fileprivate let surroundings: Surroundings
    fileprivate let tenant: HostedTenant
    fileprivate let filter: RequestFilter
    fileprivate let withHistory: Bool
    fileprivate var cursor: ServiceRequests.Cursor

    /// The next requests; nil at the end of the page.
    ///
    /// A lot may be empty and another follow.
    public mutating func next() async throws -> [ReadableRequest]? {
        guard !cursor.isAtEnd else { return nil }
        let (filter, position, withHistory) = (filter, cursor, withHistory)
        let lot = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let (requests, next) = try await ServiceRequests(transaction).lot(filter, from: position)
            guard withHistory, !requests.isEmpty else { return Lot(requests: requests, next: next) }
            let references = requests.map(\.reference)
            return Lot(
                requests: requests,
                next: next,
                events: try await RequestEvents(transaction).all(of: references),
                updates: try await Updates(transaction).of(references)
            )
        }
        cursor = lot.next
        return lot.requests.map { request in
            surroundings.readable(
                request,
                tenant,
                events: (lot.events[request.reference] ?? []).filter(\.isPublic),
                updates: (lot.updates[request.reference] ?? []).filter(\.isPublic)
            )
        }
    }

    private struct Lot: Sendable {
        let requests: [ServiceRequest]
        let next: ServiceRequests.Cursor
        var events: [RequestReference: [RequestEvent]] = [:]
        var updates: [RequestReference: [StoredUpdate]] = [:]
    }
}
