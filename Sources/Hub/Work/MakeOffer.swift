import Domain
import Foundation
import Storage

/// Offers a request of this tenant to another body: the state, the row of the offer and its outbox item, inside a transaction the
/// caller has opened.
struct MakeOffer: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant
    /// What the receiving tenant allows itself for the answer.
    let answerMinutes: Int
    /// Whether the clocks go on at the receiver.
    var clockContinues: Bool?
    /// What the request is a part of; nil for a whole one.
    var part: OfferedPart?
    /// The version of the row that whoever acts has seen; nil when they act whatever it is.
    var expectedVersion: Int?

    /// Offers; nil when this tenant has no request of that reference.
    ///
    /// - Parameter change: What else changes with the offer: place, decision.
    /// - Throws: `RequestLife.IllegalTransition` when it cannot be offered now.
    @discardableResult
    func callAsFunction(
        _ reference: RequestReference,
        to body: ReceivingBody,
        message: String? = nil,
        text: LocalizedText? = nil,
        at now: Date,
        by actor: String,
        in transaction: TenantTransaction,
        _ change: (inout ServiceRequest) -> Void = { _ in }
    ) async throws -> ServiceRequest? {
        var note = ChangeRequest.Note(actor: actor, at: now, text: text, details: ["to": body.id])
        note.expectedVersion = expectedVersion
        let changed = try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
            reference,
            note: note,
            in: transaction
        ) { request in
            change(&request)
            request.counterpart = body
            return try request.life.offer(to: body)
        }
        guard let request = changed?.request else { return nil }
        let earlier = try await HandOvers(transaction).of(reference).filter { $0.direction == .out }
        let offer = try OutgoingOffer(
            request: request,
            to: body,
            from: tenant,
            answerMinutes: answerMinutes,
            surroundings: surroundings,
            bounces: earlier.map(\.handOver.bounces).max() ?? 0,
            message: message,
            // The person stands beside the whole; whoever does a part may have to reach them too.
            contact: try await Requesters(transaction).of(part?.parent ?? reference).first?.requester,
            clockContinues: clockContinues,
            part: part
        )
        try await HandOvers(transaction).insert(offer.row)
        try await Outbox(transaction).enqueue(offer.item)
        return request
    }
}
