import Domain
import Foundation
import Storage

/// Writes down at the sender what became of a forwarding to a system outside: the link, the history, the hand-over.
struct NoteForwarding: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// The system has it.
    ///
    /// A hand-over counts as accepted when the body gave an id or a token for it; it is never an end.
    func taken(_ message: Open311Message, target: ForwardingTarget, remoteID: String?, token: String?) async throws {
        let now = surroundings.second
        let reference = message.request.reference
        let isPolled = remoteID != nil || token != nil
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard try await ServiceRequests(transaction).readForUpdate(reference) != nil else { return }
            // Written down before: the sender died between this and its outbox, and asked the system again.
            let known = try await RequestLinks(transaction).of(reference).first { $0.peer == message.target }
            if let known, known.remoteID ?? known.remoteToken != nil, known.kind != .told { return }
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
            try await accept(message, at: now, transaction)
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
    ///
    /// A body that will never take what it was offered has refused it.
    func failed(_ message: Open311Message, fault: String) async throws {
        try await note(.forwardingFailed, message, fault)
        guard message.isHandOver, let id = message.handOverID else { return }
        _ = try await surroundings.directory.hub()
        let now = surroundings.second
        let refusal = try HandOver.Refusal(.other, text: String("The system answered: \(fault)".prefix(1000)))
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard try await ServiceRequests(transaction).readForUpdate(message.request.reference) != nil,
                let offer = try await HandOvers(transaction).read(id, .out)
            else { return }
            try await EndOffer(surroundings: surroundings, tenant: tenant)(
                offer,
                .refused(refusal),
                at: now,
                by: "partner:\(offer.handOver.peer.id)",
                in: transaction
            )
        }
    }

    /// A body outside has accepted what it gave an id or a token for.
    private func accept(_ message: Open311Message, at now: Date, _ transaction: TenantTransaction) async throws {
        guard message.isHandOver, let id = message.handOverID,
            var offer = try await HandOvers(transaction).read(id, .out), offer.handOver.state == .offered
        else { return }
        let body = offer.handOver.peer
        _ = try offer.handOver.accept(at: now)
        guard try await HandOvers(transaction).save(offer, answeredBy: "partner:\(body.id)") else { return }
        try await AuthorityFacts(transaction).note(
            [AuthorityFact(body: body.id, kind: .delivered, at: now, notedAt: now, source: "hub")],
            of: message.request.reference
        )
        let note = ChangeRequest.Note(actor: "partner:\(body.id)", at: now, details: ["to": body.id])
        try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
            message.request.reference,
            note: note,
            in: transaction
        ) { request in
            request.counterpart = body
            return try request.life.accepted()
        }
    }

    private func note(_ kind: RequestEvent.Kind, _ message: Open311Message, _ fault: String) async throws {
        let now = surroundings.second
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard try await ServiceRequests(transaction).readForUpdate(message.request.reference) != nil else { return }
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
