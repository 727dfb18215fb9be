import Domain
import Foundation
import Storage

/// Delivers an outbox row of one tenant into the schema of another tenant of this hub.
///
/// The receiving side writes in a transaction of its own, under an identity the sender chose, so a delivery that comes
/// twice (the sender died between delivery and mark) changes nothing the second time.
struct DeliverToTenant: Sendable {
    let surroundings: Surroundings

    /// Delivers; the result says what the sender writes into its outbox.
    func callAsFunction(_ item: OutboxItem, from sender: HostedTenant) async throws -> DeliveryResult {
        guard let id = OutboxTarget.tenant(of: item.target), let kind = OutboxKind(rawValue: item.kind) else {
            return .dead(fault: "no way to send \(item.kind) to \(item.target)")
        }
        guard let receiver = try await surroundings.directory.tenant(id) else {
            return .failed(fault: "the receiving tenant is unknown or suspended", retryAfter: 300)
        }
        // Known before the transaction: nobody takes a second connection while holding one.
        _ = try await surroundings.directory.hub()
        let message = item.payload
        try await surroundings.databases.withTenant(receiver.code) { transaction in
            switch kind {
            case .offer: try await receive(try message.decoded(as: OfferMessage.self), at: receiver, transaction)
            case .offerAnswer:
                try await receive(try message.decoded(as: OfferAnswerMessage.self), at: receiver, transaction)
            case .holderNews:
                try await receive(try message.decoded(as: HolderNews.self), item.id, at: receiver, transaction)
            case .offerWithdrawn:
                try await withdraw(try message.decoded(as: OfferAnswerMessage.self), at: receiver, transaction)
            case .told: try await receive(try message.decoded(as: ToldMessage.self), at: receiver, transaction)
            case .arbitration:
                try await receive(try message.decoded(as: ArbitrationMessage.self), at: receiver, transaction)
            case .open311Request, .photo: break
            }
        }
        surroundings.work.signal(receiver.code)
        return .sent(answer: .emptyObject)
    }

    /// An offer arrives: a copy of the request waits for an answer, with this tenant's own type and clocks.
    private func receive(
        _ offer: OfferMessage,
        at receiver: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        let offers = HandOvers(transaction)
        guard try await offers.read(offer.id, .into) == nil else { return }
        let now = surroundings.second
        let reference = offer.request.reference
        let known = try await ServiceRequests(transaction).readForUpdate(reference)
        if var known {
            known.life = .received
            known.standing = .waiting
            known.updatedAt = max(now, known.updatedAt)
            try await ServiceRequests(transaction).saveLocked(known)
        } else {
            try await ServiceRequests(transaction).insert(
                copy(of: offer.request, for: receiver, standing: .waiting, now: now)
            )
            if let contact = offer.contact, !contact.isEmpty {
                try await Requesters(transaction).insert(
                    StoredRequester(
                        reference: reference,
                        requester: contact,
                        language: offer.request.language,
                        notedAt: now
                    )
                )
            }
        }
        try await RequestLinks(transaction).put(
            RequestLink(
                reference: reference,
                peer: offer.origin.rawValue,
                kind: .origin,
                createdAt: now,
                updatedAt: now
            )
        )
        try await offers.insert(
            StoredHandOver(
                id: offer.id,
                direction: .into,
                handOver: HandOver(
                    reference: reference,
                    origin: offer.origin,
                    peer: .tenant(receiver.id),
                    offeredAt: now,
                    answerDue: offer.answerDue,
                    earlierBounces: offer.earlierBounces
                ),
                message: offer.message,
                decision: offer.request.decision
            )
        )
        try await append(.handOverOffered, actor: "tenant:\(offer.origin)", at: now, to: reference, transaction)
    }

    /// The answer to an offer arrives at the tenant that made it.
    private func receive(
        _ answer: OfferAnswerMessage,
        at origin: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        guard var offer = try await HandOvers(transaction).read(answer.id, .out) else { return }
        let isKnown = offer.handOver.state.name == (answer.refusal == nil ? "accepted" : "refused")
        guard !isKnown, offer.handOver.state.name == "offered" || answer.refusal != nil else { return }
        let body = offer.handOver.peer
        let next: HandOver.Next =
            if let refusal = answer.refusal { try offer.handOver.refuse(refusal, at: answer.at) } else {
                try offer.handOver.accept(at: answer.at)
            }
        guard try await HandOvers(transaction).save(offer, answeredBy: answer.by) else { return }
        let change = ChangeRequest(surroundings: surroundings, tenant: origin)
        let note = ChangeRequest.Note(
            actor: answer.by,
            at: answer.at,
            text: answer.refusal.map { LocalizedText(same: $0.text) },
            details: ["to": body.id].merging(answer.refusal.map { ["reason": $0.code.rawValue] } ?? [:]) { $1 }
        )
        let changed = try await change(answer.reference, note: note, in: transaction) { request in
            if answer.refusal != nil {
                let effect = try request.life.refused()
                request.standing = origin.isHub ? .waiting : .lead
                request.counterpart = nil
                return effect
            }
            let effect = try request.life.accepted()
            request.standing = .mirrored
            request.counterpart = body
            return effect
        }
        guard let request = changed?.request else { return }
        if answer.refusal == nil {
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: answer.reference,
                    peer: body.id,
                    kind: .lead,
                    remoteID: answer.reference.rawValue,
                    createdAt: answer.at,
                    updatedAt: answer.at
                )
            )
        }
        if next == .askArbiter {
            try await AskArbiter(surroundings: surroundings)(
                request,
                of: origin,
                reason: "refused_twice",
                in: transaction
            )
        }
    }

    /// What the holder did arrives at the origin: same reference, one history.
    private func receive(
        _ news: HolderNews,
        _ delivery: UUID,
        at origin: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        let events = RequestEvents(transaction)
        let isKnown = try await events.all(of: news.reference).contains {
            $0.details["delivery"] == delivery.uuidString
        }
        guard !isKnown else { return }
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(news.reference) else { return }
        _ = try? request.life.holderReached(news.step, outcome: news.outcome, at: news.event.at)
        request.statusNotes = news.statusNotes ?? request.statusNotes
        request.updatedAt = max(request.updatedAt, news.event.at)
        try await requests.saveLocked(request)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: news.reference),
                at: news.event.at,
                kind: news.event.kind,
                actor: "tenant:\(news.holder.id)",
                isPublic: news.event.isPublic,
                description: news.event.description,
                details: news.event.details.merging(["delivery": delivery.uuidString]) { $1 }
            ),
            to: news.reference
        )
    }

    /// The origin took an offer back: the copy that waited ends.
    private func withdraw(
        _ message: OfferAnswerMessage,
        at receiver: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        guard var offer = try await HandOvers(transaction).read(message.id, .into),
            (try? offer.handOver.withdraw(at: message.at)) != nil,
            try await HandOvers(transaction).save(offer, answeredBy: message.by)
        else { return }
        guard var request = try await ServiceRequests(transaction).readForUpdate(message.reference) else { return }
        _ = try? request.life.complete(.withdrawn, at: message.at)
        request.standing = .mirrored
        request.updatedAt = max(request.updatedAt, message.at)
        try await ServiceRequests(transaction).saveLocked(request)
        try await append(.handOverWithdrawn, actor: message.by, at: message.at, to: message.reference, transaction)
    }

    /// A share is told: a mirrored copy under the same reference, so that the body knows; the lead keeps the request.
    private func receive(
        _ told: ToldMessage,
        at receiver: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        let now = surroundings.second
        let reference = told.request.reference
        guard try await ServiceRequests(transaction).read(reference) == nil else { return }
        var request = copy(of: told.request, for: receiver, standing: .mirrored, now: now)
        if let type = told.share.publicType, let service = receiver.service(forPublicType: type, at: now) {
            request.serviceCode = service.code
            request.publicType = type
            request.part = told.share.part
            request.visibility = service.visibility
        }
        request.counterpart = .tenant(told.origin)
        try await ServiceRequests(transaction).insert(request)
        try await RequestLinks(transaction).put(
            RequestLink(reference: reference, peer: told.origin.rawValue, kind: .told, createdAt: now, updatedAt: now)
        )
        try await append(.noted, actor: "tenant:\(told.origin)", at: now, to: reference, transaction, told.share.reason)
    }

    /// A request nobody takes arrives before the arbiter: it waits in the hub's triage with a clock.
    private func receive(
        _ message: ArbitrationMessage,
        at hub: HostedTenant,
        _ transaction: TenantTransaction
    ) async throws {
        let now = surroundings.second
        let reference = message.request.reference
        if try await ServiceRequests(transaction).read(reference) == nil {
            try await ServiceRequests(transaction).insert(
                copy(of: message.request, for: hub, standing: .waiting, now: now)
            )
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: reference,
                    peer: message.origin.rawValue,
                    kind: .origin,
                    createdAt: now,
                    updatedAt: now
                )
            )
        }
        guard try await TriageEntries(transaction).read(reference) == nil else { return }
        try await TriageEntries(transaction).enter(
            StoredTriageEntry(
                reference: reference,
                reason: message.reason == "timed_out" ? .timedOut : .refusedTwice,
                candidates: message.request.decision?.rejected.compactMap(\.lead.bodyID) ?? [],
                enteredAt: now,
                dueAt: surroundings.triageDue(from: now, hub: hub) ?? now
            )
        )
    }

    /// The request as another tenant keeps it: its own type, department, priority and clocks; the same reference and words.
    private func copy(
        of original: ServiceRequest,
        for receiver: HostedTenant,
        standing: ServiceRequest.Standing,
        now: Date
    ) -> ServiceRequest {
        var request = original
        request.tenant = receiver.id
        request.standing = standing
        request.counterpart = nil
        request.life = .received
        request.rowVersion = 1
        request.updatedAt = max(now, original.requestedAt)
        request.catalogueVersion = receiver.version
        request.calendarVersion = receiver.calendar.version
        guard let service = receiver.service(forPublicType: original.publicType, at: now) else { return request }
        let clocks = RequestClocks(
            service: service,
            answers: original.answers,
            road: original.decision?.road,
            tenant: receiver,
            received: now
        )
        request.serviceCode = service.code
        request.department = original.decision?.department ?? service.department.rawValue
        request.priority = min(clocks.priority, original.priority)
        request.reviewDue = clocks.reviewDue
        request.completeDue = clocks.completeDue
        request.slaVersion = clocks.slaVersion
        if original.visibility == .public { request.visibility = service.visibility }
        return request
    }

    private func append(
        _ kind: RequestEvent.Kind,
        actor: String,
        at: Date,
        to reference: RequestReference,
        _ transaction: TenantTransaction,
        _ text: LocalizedText? = nil
    ) async throws {
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: reference),
                at: at,
                kind: kind,
                actor: actor,
                isPublic: kind != .noted,
                description: text
            ),
            to: reference
        )
    }
}
