public import Domain
public import Foundation
import Storage

/// A step with a work order.
public enum WorkStep: Sendable, Hashable {
    /// A day was named.
    case schedule(CalendarDay)
    /// A crew was named.
    case assign(CrewCode)
    /// The crew began.
    case start
    /// Something stands in the way.
    case block(WorkOrder.Obstacle, note: String?)
    /// The crew has finished.
    case finish(WorkReport)
    /// It will not be done.
    case cancel(WorkOrder.Cancellation)
}

/// Takes one step with a work order, and with its request what follows from it.
public struct TakeWorkStep: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes the step.
    ///
    /// - Parameter expected: Version of the order that was shown; nil to take it as it is.
    /// - Throws: ``UnknownWorkOrder``, `IllegalWorkStep`, `WorkReport.Invalid`, ``WorkOrderFault``, ``StaleView``.
    public func callAsFunction(
        _ step: WorkStep,
        _ id: UUID,
        at tenant: HostedTenant,
        scope: StaffScope,
        expecting expected: Int? = nil
    ) async throws -> WorkOrder {
        let now = surroundings.second
        let order = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await take(step, id, at: tenant, scope: scope, expecting: expected, now: now, in: transaction)
        }
        surroundings.work.signal(tenant.code)
        return order
    }

    /// The same inside a transaction that is open.
    func take(
        _ step: WorkStep,
        _ id: UUID,
        at tenant: HostedTenant,
        scope: StaffScope,
        expecting expected: Int? = nil,
        toldAt: Date? = nil,
        now: Date,
        in transaction: TenantTransaction
    ) async throws -> WorkOrder {
        var (order, request) = try await Self.lock(id, scope: scope, in: transaction)
        if let expected, order.rowVersion != expected { throw StaleView() }
        let carryOut = CarryOutWork(surroundings: surroundings, tenant: tenant, actor: scope.actor, now: now)
        let effect: WorkOrder.Effect
        switch step {
        case .schedule(let day): effect = try order.schedule(for: day)
        case .assign(let crew): effect = try order.assign(to: try await CrewOnDuty(transaction).find(crew).code)
        case .start: effect = try order.start(at: now)
        case .block(let obstacle, let note): effect = try order.block(obstacle, note: note)
        case .finish(let report):
            try order.require(.finish)
            let checklist = carryOut.service(of: request)?.fieldWork?.checklist ?? FieldWork.none.checklist
            let faults = checklist.faults(in: report.checklist, workWasDone: report.outcome.workWasDone)
            guard faults.isEmpty else { throw WorkReport.Invalid(faults: faults) }
            effect = try order.finish(report, at: now)
        case .cancel(let reason): effect = try order.cancel(reason, at: now)
        }
        guard try await WorkOrders(transaction).save(order) else { throw StaleView() }
        order.rowVersion += 1
        try await carryOut(effect, of: order, request: request, toldAt: toldAt, in: transaction)
        return order
    }

    /// The order with its request locked, as it stands then.
    ///
    /// - Throws: ``UnknownWorkOrder`` also for one outside the scope.
    static func lock(
        _ id: UUID,
        scope: StaffScope,
        in transaction: TenantTransaction
    ) async throws -> (WorkOrder, ServiceRequest) {
        let orders = WorkOrders(transaction)
        guard let reference = try await orders.read(id)?.reference,
            let request = try await ServiceRequests(transaction).readForUpdate(reference),
            let order = try await orders.read(id)
        else { throw UnknownWorkOrder() }
        let crews = Set(try await Crews(transaction).of(account: scope.account).map(\.code))
        guard scope.covers(order, crews: crews) else { throw UnknownWorkOrder() }
        return (order, request)
    }
}
