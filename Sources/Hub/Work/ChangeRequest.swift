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
    }

    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Changes a request inside a transaction the caller has opened; nil when this tenant has none of that reference.
    ///
    /// - Parameter change: Mutates the request's life and whatever goes with it, and returns the effect to carry out.
    @discardableResult
    func callAsFunction(
        _ reference: RequestReference,
        note: Note,
        in transaction: TenantTransaction,
        _ change: (inout ServiceRequest) throws -> RequestLife.Effect
    ) async throws -> (request: ServiceRequest, effect: RequestLife.Effect)? {
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(reference) else { return nil }
        let effect = try change(&request)
        let at = Date(timeIntervalSince1970: note.at.timeIntervalSince1970.rounded(.down))
        request.updatedAt = max(request.updatedAt, at)
        restartClocks(of: &request, effect, at: at)
        try await requests.saveLocked(request)
        let event = RequestEvent(
            sequence: try await RequestEvents(transaction).nextSequence(of: reference),
            at: at,
            kind: effect.event,
            actor: note.actor,
            isPublic: note.isPublic,
            description: note.text,
            details: note.details
        )
        try await RequestEvents(transaction).append(event, to: reference)
        try await tellOrigin(of: request, event, in: transaction)
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
                statusNotes: request.statusNotes
            )
            try await Outbox(transaction).enqueue(
                OutboxItem(
                    kind: OutboxKind.holderNews.rawValue,
                    target: OutboxTarget.tenant(origin),
                    orderKey: request.reference.rawValue,
                    payload: try StoredJSON(news),
                    createdAt: event.at
                )
            )
        }
    }
}
