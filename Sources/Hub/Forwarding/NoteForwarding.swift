import Domain
import Foundation
import Storage

/// Writes down at the sender what became of a forwarding to a system outside: the link, the history, the hand-over.
struct NoteForwarding: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// The system has it. A hand-over counts as accepted when the body gave an id or a token for it; it is never an end.
    func taken(_ message: Open311Message, target: ForwardingTarget, remoteID: String?, token: String?) async throws {
        let now = surroundings.second
        let reference = message.request.reference
        let isPolled = remoteID != nil || token != nil
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: reference,
                    peer: message.target,
                    kind: message.isHandOver ? .lead : .copy,
                    remoteID: remoteID,
                    remoteToken: token,
                    pollDueAt: isPolled
                        ? now.addingTimeInterval(token == nil ? TimeInterval(target.pollMinutes * 60) : 5) : nil,
                    createdAt: now,
                    updatedAt: now
                )
            )
            if message.isHandOver, let id = message.handOverID,
                var offer = try await HandOvers(transaction).read(id, .out), offer.handOver.state.name == "offered"
            {
                _ = try offer.handOver.accept(at: now)
                _ = try await HandOvers(transaction).save(offer, answeredBy: "partner:\(offer.handOver.peer.id)")
                try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
                    reference,
                    note: ChangeRequest.Note(
                        actor: "partner:\(offer.handOver.peer.id)",
                        at: now,
                        details: ["to": offer.handOver.peer.id]
                    ),
                    in: transaction
                ) { request in
                    request.counterpart = offer.handOver.peer
                    return try request.life.accepted()
                }
            }
            try await append(
                .forwarded,
                reference,
                ["to": message.target, "id": remoteID ?? "", "token": token ?? ""],
                now,
                transaction
            )
        }
    }

    /// It is not known whether it arrived; staff see it, the next attempt asks first.
    func uncertain(_ message: Open311Message, fault: String) async throws {
        try await note(.forwardingUncertain, message, fault)
    }

    /// It was given up; the request stays open here and staff see why.
    func failed(_ message: Open311Message, fault: String) async throws {
        try await note(.forwardingFailed, message, fault)
    }

    private func note(_ kind: RequestEvent.Kind, _ message: Open311Message, _ fault: String) async throws {
        let now = surroundings.second
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await append(
                kind,
                message.request.reference,
                ["to": message.target, "fault": String(fault.prefix(500))],
                now,
                transaction
            )
        }
    }

    private func append(
        _ kind: RequestEvent.Kind,
        _ reference: RequestReference,
        _ details: [String: String],
        _ now: Date,
        _ transaction: TenantTransaction
    ) async throws {
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: reference),
                at: now,
                kind: kind,
                actor: "hub",
                isPublic: false,
                details: details.filter { !$0.value.isEmpty }
            ),
            to: reference
        )
    }
}
