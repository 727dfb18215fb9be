public import Domain
public import Foundation
public import Storage

/// A request as the staff of the department that has it see it: everything, with what is for staff alone marked so.
public struct StaffRequest: Sendable {
    /// The request with its decision.
    public let request: ServiceRequest
    /// Its type; nil when the catalogue no longer has it.
    public let service: Service?
    /// Everything that happened, oldest first, internal entries included.
    public let history: [RequestEvent]
    /// Its work orders, by number.
    public let orders: [WorkOrder]
    /// Photos of the work.
    public let photos: [WorkPhoto]
    /// Offers of it, ours and to us, oldest first.
    public let offers: [StoredHandOver]
    /// Who asked; nil when nobody is known.
    public let requester: Requester?

    /// The offer to this tenant that waits for its answer.
    public var incoming: StoredHandOver? {
        offers.last { $0.direction == .into && $0.handOver.state == .offered }
    }

    /// The offer to another body that waits for its answer.
    public var outgoing: StoredHandOver? {
        offers.last { $0.direction == .out && $0.handOver.state == .offered }
    }
}

/// Reads a request for the staff of a tenant.
public struct ReadForStaff: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The request; nil when this tenant has none of that reference, or none in this scope: all alike.
    public func callAsFunction(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws -> StaffRequest? {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let queue = StaffQueue(transaction)
            guard let request = try await queue.read(reference, departments: scope.departments) else { return nil }
            let orders = try await WorkOrders(transaction).of(reference)
            return StaffRequest(
                request: request,
                service: tenant.service(request.serviceCode, at: request.requestedAt),
                history: try await RequestEvents(transaction).all(of: reference),
                orders: orders,
                photos: try await WorkPhotos(transaction).of(orders.map(\.id)),
                offers: try await HandOvers(transaction).of(reference),
                requester: try await Requesters(transaction).of(reference).first?.requester
            )
        }
    }

    /// One work order with its request; nil when unknown, foreign or out of scope: all alike.
    public func order(_ id: UUID, at tenant: HostedTenant, scope: StaffScope) async throws -> FieldJob? {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let crews = Set(try await Crews(transaction).of(account: scope.account).map(\.code))
            guard let order = try await WorkOrders(transaction).read(id), scope.covers(order, crews: crews),
                let request = try await ServiceRequests(transaction).read(order.reference)
            else { return nil }
            return FieldJob(
                order: order,
                request: request,
                service: tenant.service(request.serviceCode, at: request.requestedAt),
                photos: try await WorkPhotos(transaction).of([id])
            )
        }
    }
}
