import Domain
import Foundation
import Storage

/// Calls off the open orders of a request that has ended or gone to another body: nobody drives to a hole that is somebody else's.
///
/// Called by ``ChangeRequest`` after the request is saved, in its transaction. A crew on the road whose order was called off meanwhile is
/// told so when its phone sends, and its note is kept.
struct EndWorkOrders: Sendable {
    let actor: String
    let now: Date

    /// Cancels what is open, with a line for each in the history.
    func after(
        _ effect: RequestLife.Effect,
        of request: ServiceRequest,
        in transaction: TenantTransaction
    ) async throws {
        guard effect.event == .completed || effect.event == .handOverAccepted else { return }
        let orders = WorkOrders(transaction)
        let events = RequestEvents(transaction)
        for var order in try await orders.of(request.reference) where order.isOpen {
            let ended = try order.cancel(.requestEnded, at: now)
            _ = try await orders.save(order)
            var details = ended.details
            details["happening"] = ended.happening.rawValue
            details["work_order"] = String(order.number)
            let event = RequestEvent(
                sequence: try await events.nextSequence(of: request.reference),
                at: now,
                kind: .workOrder,
                actor: actor,
                isPublic: false,
                details: details
            )
            try await events.append(event, to: request.reference)
        }
    }
}
