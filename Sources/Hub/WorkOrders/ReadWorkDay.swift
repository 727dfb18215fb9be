public import Domain
public import Foundation
public import Storage

/// One job as a crew sees it: the order, the place, what to check, the photos so far.
public struct FieldJob: Sendable {
    /// The order.
    public let order: WorkOrder
    /// The request, without its decision.
    public let request: ServiceRequest
    /// The type it was taken under; nil when the catalogue no longer has it.
    public let service: Service?
    /// Photos of the work.
    public let photos: [WorkPhoto]
}

/// What an account's crews have before them on one day, in the order that is best done.
public struct WorkDay: Sendable {
    /// The day, in the tenant's zone.
    public let day: CalendarDay
    /// The crews.
    public let crews: [Crew]
    /// Open jobs in order: what was begun first, then by ``WorkSchedule``.
    public let jobs: [FieldJob]
    /// Jobs done this day, the latest first.
    public let done: [FieldJob]
}

/// Reads the day of an account's crews.
public struct ReadWorkDay: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The day.
    ///
    /// - Parameter day: nil for today in the tenant's zone.
    public func callAsFunction(
        at tenant: HostedTenant,
        scope: StaffScope,
        day: CalendarDay? = nil
    ) async throws -> WorkDay {
        let now = surroundings.now()
        let today = tenant.day(of: now)
        let day = day ?? today
        let midnight = LocalTime(day, seconds: 0).instant(in: tenant.calendar.timeZone)
        let read = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let crews = try await Crews(transaction).of(account: scope.account)
            let orders = try await WorkOrders(transaction).work(
                of: crews.map(\.code),
                on: day,
                endedSince: midnight
            )
            let requests = try await RequestsByReference(transaction, now: now).read(orders.map(\.reference))
            let photos = try await WorkPhotos(transaction).of(orders.map(\.id))
            return (crews: crews, orders: orders, requests: requests, photos: photos)
        }
        let photos = Dictionary(grouping: read.photos, by: \.order)
        let jobs = read.orders.compactMap { order -> FieldJob? in
            guard let request = read.requests[order.reference] else { return nil }
            return FieldJob(
                order: order,
                request: request,
                service: tenant.service(request.serviceCode, at: request.requestedAt),
                photos: photos[order.id] ?? []
            )
        }
        let done = jobs.filter { !$0.order.isOpen }.sorted {
            ($0.order.endedAt ?? .distantPast) > ($1.order.endedAt ?? .distantPast)
        }
        return WorkDay(
            day: day,
            crews: read.crews,
            jobs: inOrder(jobs.filter(\.order.isOpen), tenant, today),
            done: done
        )
    }

    private func inOrder(_ jobs: [FieldJob], _ tenant: HostedTenant, _ today: CalendarDay) -> [FieldJob] {
        let begun = jobs.filter { $0.order.state == .started }
        let waiting = jobs.filter { $0.order.state != .started }
        let byID = Dictionary(waiting.map { ($0.order.id, $0) }) { first, _ in first }
        let stops = waiting.map { job in
            WorkSchedule.Stop(
                id: job.order.id,
                priority: job.order.priority,
                dueDay: job.order.due.map { tenant.day(of: $0) },
                place: job.request.coordinate
            )
        }
        let start = begun.last?.request.coordinate
        return begun + WorkSchedule.ordered(stops, today: today, from: start).compactMap { byID[$0.id] }
    }
}

/// Reads some requests at once, whoever may read them in public.
struct RequestsByReference {
    private let transaction: TenantTransaction
    private let now: Date

    init(_ transaction: TenantTransaction, now: Date) {
        self.transaction = transaction
        self.now = now
    }

    /// Requests by reference; unknown ones are left out, decisions too.
    func read(_ references: [RequestReference]) async throws -> [RequestReference: ServiceRequest] {
        guard !references.isEmpty else { return [:] }
        let found = try await ServiceRequests(transaction).list(
            RequestFilter(
                references: Array(Set(references)),
                visibilities: Set(ServiceVisibility.allCases),
                readableAt: .distantFuture
            )
        )
        return Dictionary(found.map { ($0.reference, $0) }) { first, _ in first }
    }
}
