public import Domain
public import Foundation
import Storage

/// Stops the clocks of a request for a reason the tenant knows, and sets them going again.
///
/// The reason, its words and its longest time are the tenant's data; the pause is an event that everybody reads. A pause after the
/// due time changes no date: what is late stays late.
public struct PauseClocks: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Stops the clocks.
    ///
    /// - Parameter text: Words for the resident; nil: the tenant's own for the reason.
    /// - Throws: ``UnknownRequest``, `PauseRefused`, `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ reference: RequestReference,
        _ reason: RequestLife.PauseReason,
        at tenant: HostedTenant,
        by actor: String,
        text: LocalizedText? = nil
    ) async throws {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = note(reason, of: tenant, by: actor, at: now, text: text)
        let changed = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await change(reference, note: note, in: transaction) { try $0.life.pause(reason) } != nil
        }
        guard changed else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
    }

    /// Sets the clocks going; false when they ran already.
    ///
    /// - Throws: ``UnknownRequest``, `RequestLife.IllegalTransition`.
    @discardableResult
    public func resume(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        by actor: String,
        text: LocalizedText? = nil,
        now: Date? = nil
    ) async throws -> Bool {
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = ChangeRequest.Note(actor: actor, at: now ?? surroundings.second, text: text)
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard let request = try await ServiceRequests(transaction).readForUpdate(reference) else {
                throw UnknownRequest()
            }
            guard request.life.pause != nil else { return false }
            try await change(reference, note: note, in: transaction) { try $0.life.resume() }
            return true
        }
    }

    private func note(
        _ reason: RequestLife.PauseReason,
        of tenant: HostedTenant,
        by actor: String,
        at now: Date,
        text: LocalizedText?
    ) -> ChangeRequest.Note {
        ChangeRequest.Note(
            actor: actor,
            at: now,
            text: text ?? tenant.configuration.deadlinePolicy.pauseRule(reason)?.text,
            details: ["reason": reason.rawValue]
        )
    }
}
