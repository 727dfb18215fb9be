public import Domain
import Foundation
public import Storage

/// Lists public requests of one jurisdiction, newest first, without holding the database while the reader is slow.
///
/// A tenant's list shows what it leads or is offered, and what was born with it. The hub's list shows what came in through the hub, in whichever
/// schema it lies, each once.
public struct ListServiceRequests: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// A list to be read lot by lot.
    ///
    /// - Parameters:
    ///   - filter: What to show; its kinds are the jurisdiction's own codes, which for the hub are the public types.
    ///   - withHistory: Whether each request comes with its public history.
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
            withHistory: withHistory,
            places: MergedPlaces(
                sources: surroundings.listSources(of: tenant, filter),
                page: page,
                pageSize: pageSize
            )
        )
    }
}

/// A page of requests, read a hundred at a time, each lot in transactions of its own.
public struct RequestLots: Sendable {
    fileprivate let surroundings: Surroundings
    fileprivate let tenant: HostedTenant
    fileprivate let withHistory: Bool
    fileprivate var places: MergedPlaces

    /// The next requests; nil at the end of the page.
    ///
    /// A lot may be empty and another follow.
    public mutating func next() async throws -> [ReadableRequest]? {
        guard let lot = try await places.next(in: surroundings.databases) else { return nil }
        var found: [RequestReference: ReadableRequest] = [:]
        for (code, references) in lot.bySchema {
            guard let holder = try await surroundings.directory.tenant(code: code) else { continue }
            let requests = try await read(references, of: holder)
            for request in requests { found[request.request.reference] = request }
            surroundings.noteRead(.publicList, of: holder, through: tenant, rows: requests.count)
        }
        return lot.order.compactMap { found[$0] }
    }

    private func read(_ references: [RequestReference], of holder: HostedTenant) async throws -> [ReadableRequest] {
        let (surroundings, withHistory) = (surroundings, withHistory)
        let hub = tenant.isHub ? tenant : nil
        return try await surroundings.databases.withTenant(holder.code, .readOnly) { transaction in
            let filter = RequestFilter(references: references, readableAt: surroundings.now())
            let requests = try await ServiceRequests(transaction).list(filter)
            let events = withHistory ? try await RequestEvents(transaction).all(of: references) : [:]
            let updates = withHistory ? try await Updates(transaction).of(references) : [:]
            return requests.map { request in
                surroundings.readable(
                    request,
                    holder,
                    throughHub: hub,
                    events: (events[request.reference] ?? []).filter(\.isPublic),
                    updates: (updates[request.reference] ?? []).filter(\.isPublic)
                )
            }
        }
    }
}

extension Surroundings {
    /// Counts what anybody read of one body at the door of another.
    func noteRead(
        _ purpose: CrossTenantReads.Purpose,
        of holder: HostedTenant,
        through door: HostedTenant?,
        rows: Int
    ) {
        guard rows > 0, holder.id != door?.id else { return }
        reads.note(purpose, of: holder.code, by: "public", rows: rows, at: now())
    }

    /// The schemas that a jurisdiction's public list is read from, each with what it shows.
    func listSources(of tenant: HostedTenant, _ filter: RequestFilter) -> [MergedPlaces.Source] {
        var own = filter
        own.rows = shownRows(of: tenant)
        guard tenant.isHub else { return [MergedPlaces.Source(code: tenant.code, filter: own)] }
        own.publicTypes = filter.serviceCodes
        own.serviceCodes = nil
        return directory.entries.map { entry in
            var theirs = own
            if entry.id != tenant.id {
                theirs.rows = .postedThrough(tenant.id, born: directory.codes(of: entry.id))
            }
            return MergedPlaces.Source(code: entry.code, filter: theirs)
        }
    }

    /// What a jurisdiction's public list shows of its own schema.
    func shownRows(of tenant: HostedTenant) -> ShownRows {
        let codes = directory.codes(of: tenant.id)
        return tenant.isHub ? .born(under: codes) : .ownOrBorn(under: codes)
    }
}
