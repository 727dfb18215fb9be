import Domain
import Foundation
import Storage

/// Offers and their answers, at whoever receives them.
extension Delivery {
    /// An offer arrives: a copy of the request waits for an answer, with this tenant's own type and clocks.
    func receive(_ offer: OfferMessage, _ transaction: TenantTransaction) async throws {
        let reference = offer.request.reference
        let requests = ServiceRequests(transaction)
        let offers = HandOvers(transaction)
        let known = try await requests.readForUpdate(reference)
        guard try await offers.read(offer.id, .into) == nil else { return }
        if var known {
            known.life = RequestLife.received.following(known.life.flow)
            known.standing = .waiting
            known.updatedAt = max(now, known.updatedAt)
            try await requests.saveLocked(known)
        } else {
            var request = copy(of: offer.request, standing: .waiting)
            if offer.clockContinues == true {
                request.reviewDue = offer.request.reviewDue
                request.completeDue = offer.request.completeDue
                request.slaVersion = offer.request.slaVersion
                request.calendarVersion = offer.request.calendarVersion
            }
            try await requests.insert(request)
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
        if let part = offer.part {
            try await RequestChildren(transaction).insert(
                RequestChild(
                    reference: reference,
                    parent: part.parent,
                    name: part.name,
                    splitAt: now,
                    splitBy: "tenant:\(offer.origin)"
                )
            )
        }
        try await link(reference, to: offer.origin, .origin, transaction)
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
        try await append(.handOverOffered, actor: "tenant:\(offer.origin)", to: reference, in: transaction)
    }

    /// The answer to an offer arrives at the tenant that made it.
    ///
    /// An acceptance that comes after the offer ran out changes nothing: its end is on the way to that body already.
    func receive(_ answer: OfferAnswerMessage, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(answer.reference) != nil,
            var offer = try await HandOvers(transaction).read(answer.id, .out)
        else { return }
        if let refusal = answer.refusal {
            let hasEnded = try await EndOffer(surroundings: surroundings, tenant: receiver)(
                offer,
                .refused(refusal),
                at: answer.at,
                by: answer.by,
                in: transaction
            )
            // After the second bounce the arbiter has been asked, and nobody is tried before the answer.
            if hasEnded, let suggestion = answer.suggestion, offer.handOver.earlierBounces + 1 < HandOver.mostBounces {
                try await follow(suggestion, on: answer.reference, transaction)
            }
            return
        }
        guard offer.handOver.state == .offered else { return }
        let body = offer.handOver.peer
        _ = try offer.handOver.accept(at: answer.at)
        guard try await HandOvers(transaction).save(offer, answeredBy: answer.by) else { return }
        var details = ["to": body.id]
        details["department_en"] = answer.department?.english
        details["department_fr"] = answer.department?.french
        details["review_due"] = answer.reviewDue?.formatted(.iso8601)
        details["complete_due"] = answer.completeDue?.formatted(.iso8601)
        let note = ChangeRequest.Note(actor: answer.by, at: answer.at, details: details)
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            answer.reference,
            note: note,
            in: transaction
        ) { request in
            let effect = try request.life.accepted()
            request.standing = .mirrored
            request.counterpart = body
            return effect
        }
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

    /// The holder gave it back and said whose it is: it is offered on at once, and stays here where that leads nowhere.
    private func follow(
        _ decision: Decision,
        on reference: RequestReference,
        _ transaction: TenantTransaction
    ) async throws {
        guard !receiver.isHub, let body = ReceivingBody(decision.lead), body != .tenant(receiver.id),
            surroundings.isReachable(body),
            try await ServiceRequests(transaction).read(reference)?.life.legalHappenings.contains(.offer) == true
        else { return }
        try await MakeOffer(surroundings: surroundings, tenant: receiver, answerMinutes: answerMinutes)(
            reference,
            to: body,
            text: decision.residentText,
            at: now,
            by: "hub",
            in: transaction
        ) { $0.decision = decision }
    }

    /// An offer no longer stands: the copy that waited ends.
    ///
    /// One accepted at the last moment, when the origin had given up waiting, is the origin's again all the same.
    func receive(_ message: OfferWithdrawn, _ transaction: TenantTransaction) async throws {
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(message.reference),
            var offer = try await HandOvers(transaction).read(message.id, .into)
        else { return }
        switch offer.handOver.state {
        case .offered: _ = try offer.handOver.withdraw(at: message.at)
        case .accepted:
            let words = "The offer had run out before the answer arrived / L’offre avait expiré avant la réponse"
            _ = try offer.handOver.refuse(try HandOver.Refusal(.other, text: words), at: message.at)
        case .refused, .timedOut, .withdrawn: return
        }
        guard try await HandOvers(transaction).save(offer, answeredBy: message.by) else { return }
        if request.life.isOpen { _ = try? request.life.complete(.withdrawn, at: message.at) }
        request.standing = .mirrored
        request.updatedAt = max(request.updatedAt, message.at)
        try await requests.saveLocked(request)
        try await append(.handOverWithdrawn, actor: message.by, to: message.reference, in: transaction)
    }
}
