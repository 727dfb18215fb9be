public import Domain
import Foundation
import Storage

/// What a department's people do with a request on its page, within their scope: a step, an answer to an offer, a note.
public struct StaffSteps: Sendable {
    private let surroundings: Surroundings

    /// Operations over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes a step; completing is refused while work orders are open, but for requests that are withdrawn or duplicates.
    ///
    /// - Parameter expected: Version of the request that was shown; nil to take it as it is.
    /// - Throws: ``UnknownRequest``, ``StaleView``, ``WorkOrderFault/ordersOpen(_:)``, `RequestLife.IllegalTransition`.
    public func take(
        _ step: RequestStep,
        _ reference: RequestReference,
        at tenant: HostedTenant,
        scope: StaffScope,
        text: LocalizedText? = nil,
        expecting expected: Int? = nil
    ) async throws -> ServiceRequest {
        let open = try await openOrders(reference, at: tenant, scope: scope, expecting: expected)
        if case .complete(let outcome) = step, open > 0, outcome != .withdrawn, outcome != .duplicate {
            throw WorkOrderFault.ordersOpen(open)
        }
        return try await TakeRequestStep(surroundings)(
            step,
            reference,
            at: tenant,
            by: scope.actor,
            text: text,
            expectedVersion: expected
        )
    }

    /// Accepts (`refusal` nil) or refuses the open offer of a request.
    ///
    /// - Throws: ``UnknownRequest``, ``AnswerOffer/NothingOffered``.
    public func answer(
        _ reference: RequestReference,
        refusal: HandOver.Refusal?,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws -> ServiceRequest {
        _ = try await openOrders(reference, at: tenant, scope: scope, expecting: nil)
        return try await AnswerOffer(surroundings)(reference, at: tenant, refusal: refusal, by: scope.actor)
    }

    /// Adds a note that staff alone read.
    ///
    /// - Parameter words: 1 to 2,000 characters; longer ones are cut.
    /// - Throws: ``UnknownRequest``.
    public func note(
        _ words: String,
        on reference: RequestReference,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws {
        let note = ChangeRequest.Note(
            actor: scope.actor,
            at: surroundings.second,
            text: LocalizedText(same: String(words.prefix(2_000))),
            isPublic: false,
            tells: false
        )
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let changed = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await change(reference, note: note, in: transaction) { request in
                guard scope.covers(department: request.department) else { throw UnknownRequest() }
                return request.life.noted()
            }
        }
        guard changed != nil else { throw UnknownRequest() }
    }

    /// How many orders of a request in scope are open.
    private func openOrders(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        scope: StaffScope,
        expecting expected: Int?
    ) async throws -> Int {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            guard
                let request = try await StaffQueue(transaction).read(reference, departments: scope.departments)
            else { throw UnknownRequest() }
            if let expected, request.rowVersion != expected { throw StaleView() }
            return try await WorkOrders(transaction).of(reference).filter(\.isOpen).count
        }
    }
}
