public import Domain
public import Foundation
public import Storage

/// Crews, their members, and the views of the queue that a person has saved.
public struct ManageCrews: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Every crew of a tenant, also those that go out no more.
    public func all(of tenant: HostedTenant) async throws -> [Crew] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { try await Crews($0).all() }
    }

    /// Makes a crew, or changes the one of that code.
    ///
    /// - Throws: ``WorkOrderFault/noDepartment`` for a department the tenant does not have.
    public func put(_ crew: Crew, of tenant: HostedTenant) async throws {
        guard tenant.tenant.department(crew.department) != nil else { throw WorkOrderFault.noDepartment }
        try await surroundings.databases.withTenant(tenant.code) { try await Crews($0).put(crew) }
    }

    /// Keeps a view of the queue under a name.
    public func save(_ view: StoredStaffView, of account: String, at tenant: HostedTenant) async throws {
        let now = surroundings.second
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await StaffViews(transaction).put(view, of: account, now: now)
        }
    }

    /// Forgets a saved view; false when this account has none of that id.
    public func forget(_ view: UUID, of account: String, at tenant: HostedTenant) async throws -> Bool {
        try await surroundings.databases.withTenant(tenant.code) { try await StaffViews($0).remove(view, of: account) }
    }

    /// Open orders of departments by day, for planning; nil departments: of the whole tenant.
    public func openOrders(
        of departments: Set<String>?,
        day: CalendarDay? = nil,
        page: Int = 1,
        at tenant: HostedTenant
    ) async throws -> [FieldJob] {
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let orders = try await WorkOrders(transaction).open(
                departments: departments?.sorted(),
                day: day,
                page: page
            )
            let requests = try await RequestsByReference(transaction, now: now).read(orders.map(\.reference))
            return orders.compactMap { order in
                requests[order.reference].map { request in
                    FieldJob(
                        order: order,
                        request: request,
                        service: tenant.service(request.serviceCode, at: request.requestedAt),
                        photos: []
                    )
                }
            }
        }
    }
}
