public import Domain
public import Foundation
public import Storage

/// One row of a department's queue.
public struct StaffQueueRow: Sendable {
    /// The request, without its decision.
    public let request: ServiceRequest
    /// Its type; nil when the catalogue no longer has it.
    public let service: Service?
    /// Its work orders, by number.
    public let orders: [WorkOrder]
    /// The offer that waits for an answer, ours or another body's; nil when there is none.
    public let offer: StoredHandOver?
}

/// One page of a department's queue, with how much each view holds.
public struct StaffQueuePage: Sendable {
    /// Rows, the next deadline first.
    public let rows: [StaffQueueRow]
    /// How many requests each view shows; ended ones are not counted.
    public let counts: [StaffQueueFilter.View: Int]
    /// Whether there is another page.
    public let hasMore: Bool
    /// The views this person has saved.
    public let saved: [StoredStaffView]
}

/// Reads a department's queue.
public struct ReadStaffQueue: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// One page; the filter's account, departments and instant are set from the scope and the clock.
    public func callAsFunction(
        _ wanted: StaffQueueFilter,
        page: Int = 1,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws -> StaffQueuePage {
        var filter = wanted
        filter.account = scope.account
        filter.departments = scope.departments
        filter.now = surroundings.now()
        let asked = filter
        return try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let queue = StaffQueue(transaction)
            let requests = try await queue.page(asked, page: page)
            let references = requests.map(\.reference)
            let orders = try await WorkOrders(transaction).of(references)
            let offers = try await HandOvers(transaction).open(of: references)
            return StaffQueuePage(
                rows: requests.map { request in
                    StaffQueueRow(
                        request: request,
                        service: tenant.service(request.serviceCode, at: request.requestedAt),
                        orders: orders[request.reference] ?? [],
                        offer: offers[request.reference]
                    )
                },
                counts: try await queue.counts(asked),
                hasMore: requests.count == StaffQueue.pageSize,
                saved: try await StaffViews(transaction).of(account: scope.account)
            )
        }
    }
}
