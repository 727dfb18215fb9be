public import Domain
import Foundation
import Storage

/// Reads one request of one jurisdiction.
///
/// Unknown, foreign and confidential ones look exactly alike: nothing.
///
/// Through the hub's jurisdiction a request can be read that was posted through it, in whichever schema it lies: a client that
/// knows only a place follows what it sent without knowing who is responsible.
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
        guard tenant.isHub else {
            return try await read(
                reference,
                in: tenant,
                rows: surroundings.shownRows(of: tenant),
                withHistory: withHistory
            )
        }
        guard let holder = try await surroundings.directory.tenant(code: reference.code) else { return nil }
        let rows: ShownRows =
            holder.id == tenant.id
            ? .all : .postedThrough(tenant.id, born: surroundings.directory.codes(of: holder.id))
        let found = try await read(reference, in: holder, rows: rows, throughHub: tenant, withHistory: withHistory)
        surroundings.noteRead(.follow, of: holder, through: tenant, rows: found == nil ? 0 : 1)
        return found
    }

    private func read(
        _ reference: RequestReference,
        in tenant: HostedTenant,
        rows: ShownRows,
        throughHub hub: HostedTenant? = nil,
        withHistory: Bool
    ) async throws -> ReadableRequest? {
        let now = surroundings.now()
        let surroundings = surroundings
        return try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let filter = RequestFilter(references: [reference], rows: rows, readableAt: now)
            guard let request = try await ServiceRequests(transaction).list(filter).first else { return nil }
            guard withHistory else { return surroundings.readable(request, tenant, throughHub: hub) }
            return surroundings.readable(
                request,
                tenant,
                throughHub: hub,
                events: try await RequestEvents(transaction).all(of: reference).filter(\.isPublic),
                updates: try await Updates(transaction).of(reference).filter(\.isPublic)
            )
        }
    }
}
