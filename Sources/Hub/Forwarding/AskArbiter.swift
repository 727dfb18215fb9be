import Domain
import Foundation
import Storage

/// Puts a request that nobody takes before the arbiter of the hub; the origin keeps it open until somebody does.
struct AskArbiter: Sendable {
    let surroundings: Surroundings

    /// Queues the question for the hub's triage and notes it in the history, inside a transaction of the origin.
    func callAsFunction(
        _ request: ServiceRequest,
        of origin: HostedTenant,
        reason: StoredTriageEntry.Reason,
        in transaction: TenantTransaction
    ) async throws {
        let hub = try await surroundings.directory.hub()
        let now = surroundings.second
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: request.reference),
                at: now,
                kind: .arbiterAsked,
                actor: "hub",
                details: ["reason": reason.rawValue]
            ),
            to: request.reference
        )
        guard origin.id != hub.id else {
            try await TriageEntries(transaction).enter(
                StoredTriageEntry(
                    reference: request.reference,
                    reason: reason,
                    enteredAt: now,
                    dueAt: surroundings.triageDue(from: now, hub: hub) ?? now
                )
            )
            return
        }
        var message = ArbitrationMessage(origin: origin.id, request: request, reason: reason.rawValue)
        message.bounces = try await HandOvers(transaction).of(request.reference).compactMap(Self.bounce)
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.arbitration.rawValue,
                target: OutboxTarget.tenant(hub.id),
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(message),
                createdAt: now
            )
        )
    }

    /// What a body that was asked said; nil for an offer that did not come to nothing.
    private static func bounce(_ offer: StoredHandOver) -> ArbitrationMessage.Bounce? {
        guard offer.direction == .out else { return nil }
        let body = offer.handOver.peer.id
        return switch offer.handOver.state {
        case .refused(let refusal, let instant):
            .init(body: body, reason: refusal.code.rawValue, text: refusal.text, at: instant)
        case .timedOut(let instant): .init(body: body, reason: nil, text: nil, at: instant)
        case .offered, .accepted, .withdrawn: nil
        }
    }
}
