import Domain
import Foundation
import Storage

/// What a step with a work order means for its request: the line in the history, the public step, the end when the rule says so.
///
/// Works inside a transaction that has locked the request.
struct CarryOutWork: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant
    let actor: String
    let now: Date

    /// Writes what happened and moves the request as far as the work has come.
    ///
    /// - Parameters:
    ///   - order: The order after the step; it is saved already.
    ///   - toldAt: When a phone says it happened; kept as told, never moves a clock.
    func callAsFunction(
        _ effect: WorkOrder.Effect,
        of order: WorkOrder,
        request: ServiceRequest,
        toldAt: Date? = nil,
        in transaction: TenantTransaction
    ) async throws {
        try await note(effect.happening, effect.details, of: order, toldAt: toldAt, in: transaction)
        let ending = try await ending(effect, of: order, request, in: transaction)
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        switch ending {
        case .makeSafe:
            try await change(order.reference, note: .init(actor: actor, at: now), in: transaction) { request in
                let promise = service(of: request)?.sla.promise ?? .done
                return try request.life.makeSafe(at: now, promise: promise)
            }
        case .complete(let outcome):
            try await change(order.reference, note: .init(actor: actor, at: now), in: transaction) { request in
                try request.life.complete(outcome, at: now)
            }
        case .goesOn where effect.assignsWork && request.step < .workAssigned:
            guard request.life.legalHappenings.contains(.assignWork) else { return }
            try await change(order.reference, note: .init(actor: actor, at: now), in: transaction) { request in
                try request.life.assignWork(at: now)
            }
        case .goesOn: return
        }
    }

    /// A line in the history of the request that staff alone read.
    func note(
        _ happening: WorkOrder.Happening,
        _ details: [String: String],
        of order: WorkOrder,
        toldAt: Date? = nil,
        in transaction: TenantTransaction
    ) async throws {
        var details = details
        details["happening"] = happening.rawValue
        details["work_order"] = String(order.number)
        if let toldAt { details["told_at"] = toldAt.formatted(.iso8601) }
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            details: details,
            isPublic: false,
            kind: .workOrder,
            tells: false
        )
        try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
            order.reference,
            note: note,
            in: transaction
        ) { $0.life.noted() }
    }

    /// The type under whose terms the request was taken.
    func service(of request: ServiceRequest) -> Service? {
        tenant.service(request.serviceCode, at: request.requestedAt) ?? tenant.service(request.serviceCode, at: now)
    }

    private enum Ending {
        case goesOn
        case makeSafe
        case complete(Outcome)
    }

    private func ending(
        _ effect: WorkOrder.Effect,
        of order: WorkOrder,
        _ request: ServiceRequest,
        in transaction: TenantTransaction
    ) async throws -> Ending {
        guard let ended = effect.ended else { return .goesOn }
        let legal = request.life.legalHappenings
        if ended == .madeSafe { return legal.contains(.makeSafe) ? .makeSafe : .goesOn }
        let rule = service(of: request)?.fieldWork?.completion ?? .byPerson
        guard rule == .withLastOrder, legal.contains(.complete),
            // What others do of it is open: their end is not this crew's to wait for, and the whole ends by a person.
            try await RequestChildren(transaction).open(of: order.reference).isEmpty
        else { return .goesOn }
        let together = WorkTogether(try await WorkOrders(transaction).of(order.reference))
        guard let outcome = together.outcome, outcome != .madeSafe else { return .goesOn }
        return .complete(outcome.outcome)
    }
}
