public import Domain
import Foundation
import Storage

/// The requester takes a request back, wherever it is; its parts and the body that has it are told.
public struct WithdrawRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Ends the request as withdrawn, asked where the reference leads.
    ///
    /// - Parameters:
    ///   - privateToken: The requester's own key; nil when staff act for them.
    ///   - expectedVersion: See ``TakeRequestStep``.
    /// - Throws: ``UnknownRequest`` (also for a wrong key), ``ChangedMeanwhile``, `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ reference: RequestReference,
        privateToken: String? = nil,
        expectedVersion: Int? = nil,
        by actor: String
    ) async throws -> ServiceRequest {
        guard let tenant = try await surroundings.directory.tenant(code: reference.code) else { throw UnknownRequest() }
        let now = surroundings.second
        var note = ChangeRequest.Note(actor: actor, at: now, details: ["outcome": Outcome.withdrawn.rawValue])
        note.expectedVersion = expectedVersion
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let ended = try await surroundings.databases.withTenant(tenant.code) { transaction -> ServiceRequest? in
            if let privateToken {
                guard
                    try await Requesters(transaction)
                        .tokenOpens(reference, tokenHash: SecretToken.hash(privateToken))
                else { return nil }
            }
            // Parts end with it; they are locked before it, as everywhere.
            for part in try await RequestChildren(transaction).open(of: reference) {
                _ = try await ServiceRequests(transaction).readForUpdate(part)
            }
            let ended = try await change(reference, note: note, in: transaction) { try $0.life.withdraw(at: now) }
            if ended != nil { try await resolveTriage(of: reference, by: actor, now: now, in: transaction) }
            return ended?.request
        }
        guard let ended else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return ended
    }

    /// What was taken back waits in no triage any more.
    private func resolveTriage(
        of reference: RequestReference,
        by actor: String,
        now: Date,
        in transaction: TenantTransaction
    ) async throws {
        _ = try await TriageEntries(transaction)
            .resolve(reference, resolution: StoredJSON(["to": "withdrawn", "by": actor]), now: now)
    }
}
