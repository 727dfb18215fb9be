import Domain
import Foundation
import Routing
import Storage

/// An offer of one request to another body: the row of the hand-over and the outbox item that delivers it.
struct OutgoingOffer: Sendable {
    let row: StoredHandOver
    let item: OutboxItem

    /// An offer made now.
    ///
    /// The answer is due within what the receiving tenant allows itself, at most what the hub allows.
    init(
        request: ServiceRequest,
        to body: ReceivingBody,
        from origin: HostedTenant,
        answerMinutes: Int,
        surroundings: Surroundings,
        bounces: Int,
        message: String? = nil,
        contact: Requester? = nil,
        clockContinues: Bool? = nil,
        part: OfferedPart? = nil
    ) throws {
        let now = request.updatedAt
        let due = now.addingTimeInterval(TimeInterval(min(answerMinutes, surroundings.settings.handOverMinutes) * 60))
        let id = UUID()
        row = StoredHandOver(
            id: id,
            direction: .out,
            handOver: HandOver(
                reference: request.reference,
                origin: origin.id,
                peer: body,
                offeredAt: now,
                answerDue: due,
                earlierBounces: bounces
            ),
            message: message,
            decision: request.decision
        )
        switch body {
        case .tenant(let tenant):
            item = OutboxItem(
                kind: OutboxKind.offer.rawValue,
                target: OutboxTarget.tenant(tenant),
                deliveryKey: id,
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(
                    OfferMessage(
                        id: id,
                        origin: origin.id,
                        request: request,
                        answerDue: due,
                        earlierBounces: bounces,
                        message: message,
                        contact: contact,
                        clockContinues: clockContinues,
                        part: part
                    )
                ),
                createdAt: now
            )
        case .partner(let partner):
            let target = surroundings.agreement.routing.partner(partner, at: now)?.forwarding ?? partner.rawValue
            item = OutboxItem(
                kind: OutboxKind.open311Request.rawValue,
                target: OutboxTarget.open311(target),
                deliveryKey: id,
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(
                    Open311Message(
                        request: request,
                        target: target,
                        serviceCode: request.publicType.rawValue,
                        isHandOver: true,
                        handOverID: id
                    )
                ),
                createdAt: now
            )
        }
    }
}
