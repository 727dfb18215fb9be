import Domain
import Foundation
import Storage

/// News of requests that are with another body, and shares told.
extension Delivery {
    /// What the holder did arrives at the origin: same reference, one history.
    func receive(_ news: HolderNews, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(news.reference) != nil,
            try await !isKnown(news.reference, transaction)
        else { return }
        let note = ChangeRequest.Note(
            actor: "tenant:\(news.holder.id)",
            at: news.event.at,
            text: news.event.description,
            details: news.event.details.merging(["delivery": id.uuidString]) { $1 },
            isPublic: news.event.isPublic,
            kind: news.event.kind
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            news.reference,
            note: note,
            in: transaction
        ) { request in
            request.statusNotes = news.statusNotes ?? request.statusNotes
            guard request.life.holder == news.holder else { return request.life.noted() }
            return try request.life.holderReached(news.step, outcome: news.outcome, at: news.event.at)
        }
    }

    /// What this tenant had ended was opened again where it was born: it is open here too, with new clocks.
    func receive(_ message: OriginReopened, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(message.reference) != nil,
            try await !isKnown(message.reference, transaction)
        else { return }
        let note = ChangeRequest.Note(
            actor: "tenant:\(message.origin)",
            at: message.at,
            details: ["delivery": id.uuidString],
            kind: .reopened,
            tells: false
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            message.reference,
            note: note,
            in: transaction
        ) { request in
            request.life.legalHappenings.contains(.reopen) ? try request.life.reopen() : request.life.noted()
        }
    }

    /// A share is told: a mirrored copy under the same reference, so that the body knows; the lead keeps the request.
    func receive(_ told: ToldMessage, _ transaction: TenantTransaction) async throws {
        let reference = told.request.reference
        guard try await ServiceRequests(transaction).read(reference) == nil else { return }
        var request = copy(of: told.request, standing: .mirrored)
        if let type = told.share.publicType, let service = receiver.service(forPublicType: type, at: now) {
            request.serviceCode = service.code
            request.publicType = type
            request.part = told.share.part
            request.department = service.department.rawValue
            request.visibility = told.request.visibility.stricter(than: service.visibility)
        }
        request.counterpart = .tenant(told.origin)
        try await ServiceRequests(transaction).insert(request)
        try await link(reference, to: told.origin, .told, transaction)
        try await append(
            .noted,
            actor: "tenant:\(told.origin)",
            to: reference,
            isPublic: false,
            text: told.share.reason,
            in: transaction
        )
    }

    /// What the lead did arrives at a body that was told a share: its staff see where the matter stands; its own share is its own.
    func hear(_ news: HolderNews, _ transaction: TenantTransaction) async throws {
        guard let request = try await ServiceRequests(transaction).readForUpdate(news.reference),
            request.standing == .mirrored, try await !isKnown(news.reference, transaction)
        else { return }
        let links = RequestLinks(transaction)
        let stored = try await links.of(news.reference).first { $0.peer == sender.id.rawValue }
        try await links.put(
            RequestLink(
                reference: news.reference,
                peer: sender.id.rawValue,
                kind: stored?.kind ?? .told,
                remoteID: news.reference.rawValue,
                remoteStatus: news.outcome?.rawValue ?? news.step.rawValue,
                createdAt: stored?.createdAt ?? now,
                updatedAt: now
            )
        )
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: news.reference),
                at: news.event.at,
                kind: .holderReported,
                actor: "tenant:\(sender.id)",
                isPublic: news.event.isPublic,
                description: news.event.description,
                details: [
                    "delivery": id.uuidString, "kind": news.event.kind.rawValue, "step": news.step.rawValue,
                    "outcome": news.outcome?.rawValue ?? "",
                ]
                .filter { !$0.value.isEmpty }
            ),
            to: news.reference
        )
    }

    /// A request nobody takes arrives before the arbiter: it waits in the hub's triage with a clock.
    func receive(_ message: ArbitrationMessage, _ transaction: TenantTransaction) async throws {
        let reference = message.request.reference
        if try await ServiceRequests(transaction).readForUpdate(reference) == nil {
            try await ServiceRequests(transaction).insert(copy(of: message.request, standing: .waiting))
        } else if try await isKnown(reference, transaction) {
            return
        }
        try await link(reference, to: message.origin, .origin, transaction)
        let due = surroundings.triageDue(from: now, hub: receiver) ?? now
        try await TriageEntries(transaction).enter(
            StoredTriageEntry(
                reference: reference,
                reason: StoredTriageEntry.Reason(rawValue: message.reason) ?? .refusedTwice,
                candidates: message.request.decision?.rejected.compactMap(\.lead.bodyID) ?? [],
                enteredAt: now,
                dueAt: due
            )
        )
        try await KeepClocks(surroundings: surroundings, tenant: receiver).beginPlacing(
            reference,
            priority: message.request.priority,
            due: due,
            at: now,
            isBack: true,
            in: transaction
        )
        try await append(.arbiterAsked, actor: "tenant:\(message.origin)", to: reference, in: transaction)
    }

    /// The arbiter's word arrives where the request was born: it stays here for good, or is offered to the body named.
    func receive(_ word: ArbiterWord, _ transaction: TenantTransaction) async throws {
        guard let request = try await ServiceRequests(transaction).readForUpdate(word.reference),
            try await !isKnown(word.reference, transaction)
        else { return }
        let isOurs = word.body == .tenant(receiver.id)
        let note = ChangeRequest.Note(
            actor: word.by,
            at: word.at,
            text: word.text,
            details: ["to": word.body.id, "delivery": id.uuidString],
            kind: .decided
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            word.reference,
            note: note,
            in: transaction
        ) {
            $0.decision = word.decision
            return $0.life.noted()
        }
        guard !isOurs, request.life.legalHappenings.contains(.offer) else { return }
        try await MakeOffer(surroundings: surroundings, tenant: receiver, answerMinutes: answerMinutes)(
            word.reference,
            to: word.body,
            at: now,
            by: word.by,
            in: transaction
        )
    }
}
