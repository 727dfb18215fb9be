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
        var details = news.event.details
        details["delivery"] = id.uuidString
        details["review_due"] = news.reviewDue?.formatted(.iso8601)
        details["complete_due"] = news.completeDue?.formatted(.iso8601)
        let note = ChangeRequest.Note(
            actor: "tenant:\(news.holder.id)",
            at: news.event.at,
            text: news.event.description,
            details: details,
            isPublic: news.event.isPublic,
            kind: news.event.kind
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            news.reference,
            note: note,
            in: transaction
        ) { request in
            request.statusNotes = news.statusNotes ?? request.statusNotes
            news.correction?.put(into: &request, of: receiver, at: now)
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
            let legal = request.life.legalHappenings
            if message.isDispute == true, legal.contains(.dispute) { return try request.life.dispute() }
            return legal.contains(.reopen) ? try request.life.reopen() : request.life.noted()
        }
    }

    /// The requester took back what this tenant has: it ends here too, with its parts.
    func receive(_ message: OriginWithdrew, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(message.reference) != nil,
            try await !isKnown(message.reference, transaction)
        else { return }
        let note = ChangeRequest.Note(
            actor: "tenant:\(message.origin)",
            at: message.at,
            details: ["delivery": id.uuidString, "outcome": Outcome.withdrawn.rawValue],
            tells: false
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            message.reference,
            note: note,
            in: transaction
        ) { request in
            guard request.life.legalHappenings.contains(.withdraw) else { return request.life.noted() }
            return try request.life.withdraw(at: message.at)
        }
    }

    /// Pictures that came after the request was offered: the holder sees them too.
    func receive(_ message: PicturesMessage, _ transaction: TenantTransaction) async throws {
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(message.reference) else { return }
        // What the holder added itself stays, behind what came with the request.
        let kept = "\(surroundings.settings.publicBaseURL.absoluteString)/photos/"
        let own = request.mediaURLs.filter { !message.mediaURLs.contains($0) && $0.hasPrefix(kept) }
        let pictures = message.mediaURLs + own
        guard pictures != request.mediaURLs else { return }
        request.mediaURLs = pictures
        try await requests.saveLocked(request)
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
        try await TriageEntries(transaction).enter(
            StoredTriageEntry(
                reference: reference,
                reason: StoredTriageEntry.Reason(rawValue: message.reason) ?? .refusedTwice,
                candidates: message.request.decision?.rejected.compactMap(\.lead.bodyID) ?? [],
                enteredAt: now,
                dueAt: surroundings.triageDue(from: now, hub: receiver) ?? now
            )
        )
        for bounce in message.bounces ?? [] { try await append(bounce, to: reference, in: transaction) }
        var details = ["reason": message.reason]
        details["origin_review_due"] = message.request.reviewDue?.formatted(.iso8601)
        details["origin_complete_due"] = message.request.completeDue?.formatted(.iso8601)
        try await append(
            .arbiterAsked,
            actor: "tenant:\(message.origin)",
            to: reference,
            details: details,
            in: transaction
        )
    }

    /// What a body said that did not take it; for the arbiter alone, the public history is the origin's.
    private func append(
        _ bounce: ArbitrationMessage.Bounce,
        to reference: RequestReference,
        in transaction: TenantTransaction
    ) async throws {
        let events = RequestEvents(transaction)
        var details = ["to": bounce.body]
        details["reason"] = bounce.reason
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: reference),
                at: bounce.at,
                kind: bounce.reason == nil ? .handOverTimedOut : .handOverRefused,
                actor: "tenant:\(bounce.body)",
                isPublic: false,
                description: bounce.text.map { LocalizedText(same: $0) },
                details: details
            ),
            to: reference
        )
    }

    /// The arbiter's word arrives where the request was born: it stays here for good, or is offered to the body named.
    func receive(_ word: ArbiterWord, _ transaction: TenantTransaction) async throws {
        guard let request = try await ServiceRequests(transaction).readForUpdate(word.reference),
            try await !isKnown(word.reference, transaction)
        else { return }
        let isOurs = word.body == .tenant(receiver.id)
        var details = ["to": word.body.id, "delivery": id.uuidString]
        // For the rate of misroutes: the arbiter names the body of the rule, or another one.
        if let before = request.decision, let rule = before.ruleID {
            details[ReceivingBody(before.lead) == word.body ? "confirmed" : "overruled"] = rule
        }
        let note = ChangeRequest.Note(
            actor: word.by,
            at: word.at,
            text: word.text,
            details: details,
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
