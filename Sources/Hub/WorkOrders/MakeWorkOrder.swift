public import Domain
import Foundation
import Storage

/// Gives a piece of work on a request of this tenant a number, and a day and a crew where they are known.
public struct MakeWorkOrder: Sendable {
    /// What is known of the work.
    public struct Draft: Sendable, Hashable {
        /// What is to be done.
        public var task: String
        /// Who does it; nil: the department of the crew, else of the request.
        public var department: DepartmentCode?
        /// How urgent; nil: as the request.
        public var priority: Priority?
        /// When.
        public var day: CalendarDay?
        /// Which crew.
        public var crew: CrewCode?

        /// A draft.
        public init(
            task: String,
            department: DepartmentCode? = nil,
            priority: Priority? = nil,
            day: CalendarDay? = nil,
            crew: CrewCode? = nil
        ) {
            self.task = task
            self.department = department
            self.priority = priority
            self.day = day
            self.crew = crew
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Makes the order.
    ///
    /// - Throws: ``UnknownRequest``, ``WorkOrderFault``, `WorkOrder.InvalidTask`.
    public func callAsFunction(
        _ reference: RequestReference,
        _ draft: Draft,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws -> WorkOrder {
        let now = surroundings.second
        let made = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await make(reference, draft, at: tenant, scope: scope, now: now, in: transaction)
        }
        surroundings.work.signal(tenant.code)
        return made
    }

    private func make(
        _ reference: RequestReference,
        _ draft: Draft,
        at tenant: HostedTenant,
        scope: StaffScope,
        now: Date,
        in transaction: TenantTransaction
    ) async throws -> WorkOrder {
        guard let request = try await ServiceRequests(transaction).readForUpdate(reference),
            scope.covers(department: request.department)
        else { throw UnknownRequest() }
        guard request.standing == .lead, request.life.isOpen, request.life.holder == nil else {
            throw WorkOrderFault.notOurs
        }
        let crew: Crew? = if let code = draft.crew { try await CrewOnDuty(transaction).find(code) } else { nil }
        let department =
            try draft.department ?? crew?.department ?? request.department.map { try DepartmentCode($0) }
        guard let department, tenant.tenant.department(department) != nil else { throw WorkOrderFault.noDepartment }
        let earlier = try await WorkOrders(transaction).of(reference)
        var order = try WorkOrder(
            reference: reference,
            number: (earlier.map(\.number).max() ?? 0) + 1,
            department: department,
            task: draft.task,
            priority: draft.priority ?? request.priority,
            due: request.completeDue,
            madeAt: now
        )
        var effects: [WorkOrder.Effect] = []
        if let day = draft.day { effects.append(try order.schedule(for: day)) }
        if let crew { effects.append(try order.assign(to: crew.code)) }
        try await WorkOrders(transaction).insert(order, by: scope.actor)
        let carryOut = CarryOutWork(surroundings: surroundings, tenant: tenant, actor: scope.actor, now: now)
        try await carryOut.note(.made, ["department": department.rawValue], of: order, in: transaction)
        for effect in effects {
            try await carryOut(effect, of: order, request: request, in: transaction)
        }
        return order
    }
}

/// Why a work order could not be made or planned so.
public enum WorkOrderFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request has ended, or another body has it.
    case notOurs
    /// No crew of this code goes out.
    case unknownCrew(CrewCode)
    /// No department of this tenant does it.
    case noDepartment
    /// Orders of the request are open; it cannot be completed before they end.
    case ordersOpen(Int)

    /// For whoever asked.
    public var description: String {
        switch self {
        case .notOurs: "the request has ended or another body has it; work is ordered for open requests of this tenant"
        case .unknownCrew(let code): "no crew \(code) goes out; see the list of crews"
        case .noDepartment: "name the department that does the work; it must be one of this tenant"
        case .ordersOpen(let count):
            "\(count) work order(s) of this request are still open; finish or cancel them first"
        }
    }
}

/// Finds crews that go out.
struct CrewOnDuty {
    private let transaction: TenantTransaction

    init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// The crew of a code.
    ///
    /// - Throws: ``WorkOrderFault/unknownCrew(_:)``.
    func find(_ code: CrewCode) async throws -> Crew {
        guard let crew = try await Crews(transaction).all().first(where: { $0.code == code && $0.isActive }) else {
            throw WorkOrderFault.unknownCrew(code)
        }
        return crew
    }
}
