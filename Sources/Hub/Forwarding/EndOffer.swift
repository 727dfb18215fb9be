import Domain
import Foundation
import Storage

/// Ends an offer that came to nothing: the request is the origin's again and open, whoever was asked.
///
/// At the hub, which has no department to keep a request, it goes back into triage at once. Elsewhere the tenant's own people
/// choose the next body, and after the second bounce the arbiter does.
struct EndOffer: Sendable {
    /// How it came to nothing.
    enum End: Sendable {
        /// The body declined, before or after having taken it.
        case refused(HandOver.Refusal)
        /// Nobody answered.
        case timedOut
    }

    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Ends the offer inside a transaction of the origin; false when it had ended before.
    @discardableResult
    func callAsFunction(
        _ stored: StoredHandOver,
        _ end: End,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws -> Bool {
        // The request is locked first, as everywhere, so that an answer and a sweep cannot wait for each other.
        guard try await ServiceRequests(transaction).readForUpdate(stored.handOver.reference) != nil else {
            return false
        }
        var offer = stored
        guard let next = try? Self.end(&offer.handOver, end, at: at),
            try await HandOvers(transaction).save(offer, answeredBy: actor)
        else { return false }
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        if case .timedOut = end { try await change.withdraw(offer, at: at, by: actor, in: transaction) }
        let note = ChangeRequest.Note(actor: actor, at: at, text: Self.words(end), details: Self.details(offer, end))
        let changed = try await change(stored.handOver.reference, note: note, in: transaction) { request in
            guard request.life.isOpen || request.life.holder != nil else { return request.life.noted() }
            let effect: RequestLife.Effect =
                if case .timedOut = end { try request.life.timedOut() } else { try request.life.refused() }
            request.standing = tenant.isHub && tenant.id == offer.handOver.origin ? .waiting : .lead
            request.counterpart = nil
            return effect
        }
        try await forgetHolder(offer, in: transaction, at: at)
        guard let request = changed?.request, request.life.isOpen else { return true }
        if tenant.isHub || next == .askArbiter {
            let reason: StoredTriageEntry.Reason =
                if case .timedOut = end { .timedOut } else { next == .askArbiter ? .refusedTwice : .noLead }
            try await AskArbiter(surroundings: surroundings)(request, of: tenant, reason: reason, in: transaction)
        }
        return true
    }

    private static func end(_ offer: inout HandOver, _ end: End, at: Date) throws -> HandOver.Next? {
        switch end {
        case .refused(let refusal): try offer.refuse(refusal, at: at)
        case .timedOut: try offer.timeOut(at: at)
        }
    }

    private static func words(_ end: End) -> LocalizedText? {
        if case .refused(let refusal) = end { LocalizedText(same: refusal.text) } else { nil }
    }

    private static func details(_ offer: StoredHandOver, _ end: End) -> [String: String] {
        var details = ["to": offer.handOver.peer.id, "bounces": "\(offer.handOver.bounces)"]
        if case .refused(let refusal) = end { details["reason"] = refusal.code.rawValue }
        return details
    }

    /// A body that gave it back is asked for news no more.
    private func forgetHolder(_ offer: StoredHandOver, in transaction: TenantTransaction, at: Date) async throws {
        let links = RequestLinks(transaction)
        for link in try await links.of(offer.handOver.reference) where link.kind == .lead {
            try await links.put(
                RequestLink(
                    reference: link.reference,
                    peer: link.peer,
                    kind: .told,
                    remoteID: link.remoteID,
                    remoteToken: link.remoteToken,
                    remoteStatus: link.remoteStatus,
                    pollDueAt: nil,
                    createdAt: link.createdAt,
                    updatedAt: at
                )
            )
        }
    }
}
