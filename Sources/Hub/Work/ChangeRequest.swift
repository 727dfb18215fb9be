import Domain
import Foundation
import Storage

/// One step in the life of a stored request: read and locked, changed, saved, written to the history, told to its origin,
/// all in one transaction of the tenant that holds the row.
struct ChangeRequest: Sendable {
    /// What a step adds besides the change of state.
    struct Note: Sendable {
        /// Who did it, as `RequestEvent.actor` spells it.
        var actor: String
        /// When it happened.
        var at: Date
        /// Words for everybody who may read the request.
        var text: LocalizedText?
        /// Particulars for software.
        var details: [String: String] = [:]
        /// Whether anybody who knows the reference may read the entry.
        var isPublic = true
        /// The kind of entry where it is another than the step's own: a holder's step keeps its name at the origin.
        var kind: RequestEvent.Kind?
        /// For whom, when that is another than the actor.
        var onBehalfOf: String?
        /// From where: a network, a door.
        var origin: String?
        /// Whether the bodies at the other end are told; false for what they told us.
        var tells = true
        /// The version of the row that whoever acts has seen; nil when they act whatever it is.
        var expectedVersion: Int?
        /// Type or place were put right: the bodies at the other end put it right too.
        var corrects = false
    }

    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Changes a request inside a transaction the caller has opened; nil when this tenant has none of that reference.
    ///
    /// - Parameter change: Mutates the request's life and whatever goes with it, and returns the effect to carry out.
    /// - Throws: ``ChangedMeanwhile`` when the note expects another version of the row, ``OpenParts`` when the request would end or
    ///   leave while parts of it are open, `RequestLife.IllegalTransition`. Nothing is written then.
    @discardableResult
    func callAsFunction(
        _ reference: RequestReference,
        note: Note,
        in transaction: TenantTransaction,
        _ change: (inout ServiceRequest) throws -> RequestLife.Effect
    ) async throws -> (request: ServiceRequest, effect: RequestLife.Effect)? {
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(reference) else { return nil }
        if let expected = note.expectedVersion, expected != request.rowVersion {
            throw ChangedMeanwhile(
                reference: reference,
                expected: expected,
                current: request.rowVersion,
                changes: try await RequestEvents(transaction).since(version: expected, of: reference)
            )
        }
        let effect = try change(&request)
        let family = RequestFamily(surroundings: surroundings, tenant: tenant)
        try await family.check(request, effect, in: transaction)
        let at = Date(timeIntervalSince1970: note.at.timeIntervalSince1970.rounded(.down))
        request.updatedAt = max(request.updatedAt, at)
        restartClocks(of: &request, effect, at: at)
        try await requests.saveLocked(request)
        request.rowVersion += 1
        let event = RequestEvent(
            sequence: try await RequestEvents(transaction).nextSequence(of: reference),
            at: at,
            kind: note.kind ?? effect.event,
            actor: note.actor,
            isPublic: note.isPublic,
            description: note.text,
            details: note.details,
            onBehalfOf: note.onBehalfOf ?? Circumstances.current?.onBehalfOf,
            origin: note.origin ?? Circumstances.current?.origin
        )
        try await RequestEvents(transaction).append(event, to: reference, version: request.rowVersion)
        try await EndWorkOrders(actor: note.actor, now: at).after(effect, of: request, in: transaction)
        try await family.note(request, effect, at: at, by: note.actor, in: transaction)
        if note.tells {
            try await tellOrigin(of: request, event, corrects: note.corrects, in: transaction)
            try await tellHolder(of: request, effect, at: at, by: note.actor, in: transaction)
            try await tellShares(of: request, event, in: transaction)
        }
        return (request, effect)
    }

    /// Clocks that start anew count from now, by the version of the files in force now.
    private func restartClocks(of request: inout ServiceRequest, _ effect: RequestLife.Effect, at: Date) {
        guard effect.clocks.contains(.startBoth), let service = tenant.service(request.serviceCode, at: at) else {
            return
        }
        let clocks = RequestClocks(
            service: service,
            answers: request.answers,
            road: request.decision?.road,
            tenant: tenant,
            received: at
        )
        request.reviewDue = clocks.reviewDue
        request.completeDue = clocks.completeDue
        request.slaVersion = clocks.slaVersion
        request.calendarVersion = tenant.calendar.version
    }

    /// What the holder does is told to the tenant where the request was born, in order, through the outbox.
    private func tellOrigin(
        of request: ServiceRequest,
        _ event: RequestEvent,
        corrects: Bool,
        in transaction: TenantTransaction
    ) async throws {
        guard request.standing == .lead, event.kind != .handOverAccepted else { return }
        for link in try await RequestLinks(transaction).of(request.reference) where link.kind == .origin {
            guard let origin = JurisdictionID(rawValue: link.peer) else { continue }
            let news = HolderNews(
                reference: request.reference,
                holder: .tenant(tenant.id),
                event: event,
                step: request.life.publicStep,
                outcome: request.life.outcome,
                statusNotes: request.statusNotes,
                reviewDue: request.reviewDue,
                completeDue: request.completeDue,
                correction: corrects ? CorrectedRequest(request) : nil
            )
            try await queue(.holderNews, to: origin, news, of: request.reference, at: event.at, in: transaction)
        }
    }

    /// Bodies that were told a share hear what the lead does, for as long as it leads.
    private func tellShares(
        of request: ServiceRequest,
        _ event: RequestEvent,
        in transaction: TenantTransaction
    ) async throws {
        guard request.standing == .lead, event.isPublic else { return }
        let told = Set((request.decision?.alsoTold ?? []).compactMap(\.lead.tenantID)).subtracting([tenant.id])
        for peer in told.sorted() {
            let news = HolderNews(
                reference: request.reference,
                holder: .tenant(tenant.id),
                event: event,
                step: request.life.publicStep,
                outcome: request.life.outcome,
                statusNotes: request.statusNotes
            )
            try await queue(.toldNews, to: peer, news, of: request.reference, at: event.at, in: transaction)
        }
    }

    /// The body that was offered the request, or had ended it, hears that the offer is taken back or the request opened again.
    private func tellHolder(
        of request: ServiceRequest,
        _ effect: RequestLife.Effect,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        guard case .tellHolder(let body)? = effect.followUp else { return }
        if effect.event == .reopened {
            guard case .tenant(let holder) = body else { return }
            let message = OriginReopened(
                reference: request.reference,
                origin: tenant.id,
                at: at,
                by: actor,
                isDispute: effect.isDispute
            )
            try await queue(.originReopened, to: holder, message, of: request.reference, at: at, in: transaction)
            return
        }
        let offers = try await HandOvers(transaction).of(request.reference)
        guard var offer = offers.last(where: { $0.direction == .out && $0.handOver.state == .offered }) else {
            guard case .tenant(let holder) = body, effect.event == .completed else { return }
            let message = OriginWithdrew(reference: request.reference, origin: tenant.id, at: at, by: actor)
            try await queue(.originWithdrew, to: holder, message, of: request.reference, at: at, in: transaction)
            return
        }
        _ = try offer.handOver.withdraw(at: at)
        guard try await HandOvers(transaction).save(offer, answeredBy: actor) else { return }
        try await withdraw(offer, at: at, by: actor, in: transaction)
    }

    /// Tells a tenant that an offer made to it no longer stands.
    func withdraw(
        _ offer: StoredHandOver,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        guard case .tenant(let peer) = offer.handOver.peer else { return }
        let message = OfferWithdrawn(id: offer.id, reference: offer.handOver.reference, at: at, by: actor)
        try await queue(.offerWithdrawn, to: peer, message, of: offer.handOver.reference, at: at, in: transaction)
    }

    private func queue(
        _ kind: OutboxKind,
        to peer: JurisdictionID,
        _ message: some Encodable,
        of reference: RequestReference,
        at: Date,
        in transaction: TenantTransaction
    ) async throws {
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: kind.rawValue,
                target: OutboxTarget.tenant(peer),
                orderKey: reference.rawValue,
                payload: try StoredJSON(message),
                createdAt: at
            )
        )
    }
}
