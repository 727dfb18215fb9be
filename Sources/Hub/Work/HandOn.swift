import Domain
import Foundation
import Storage

/// Hands on a request for which another body has turned out to answer, the way its history allows.
///
/// What was born at this tenant is offered to that body. What this tenant holds for another one goes back to where it was born, with
/// the word whose it is: the reference leads there, so the offer is made from there and the resident sees one history.
struct HandOn: Sendable {
    /// What was found out before the transaction.
    struct Way: Sendable {
        let decision: Decision
        let body: ReceivingBody
        let answerMinutes: Int
    }

    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Looks up the body's own promise, before the transaction.
    ///
    /// - Throws: ``PlaceRequest/Fault/noWay(_:)`` when nothing can be handed to it.
    func prepare(_ decision: Decision, to body: ReceivingBody) async throws -> Way {
        _ = try await surroundings.directory.hub()
        return Way(decision: decision, body: body, answerMinutes: try await surroundings.answerMinutes(of: body))
    }

    /// Hands it on inside a transaction that is open; true when it was given back.
    ///
    /// - Throws: `RequestLife.IllegalTransition`, ``OpenParts``.
    func callAsFunction(
        _ reference: RequestReference,
        _ way: Way,
        at now: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws -> Bool {
        let isHeld = try await HandOvers(transaction).of(reference).contains { offer in
            guard offer.direction == .into, case .accepted = offer.handOver.state else { return false }
            return true
        }
        guard isHeld else {
            let make = MakeOffer(
                surroundings: surroundings,
                tenant: tenant,
                answerMinutes: way.answerMinutes,
                clockContinues: true
            )
            try await make(
                reference,
                to: way.body,
                text: way.decision.residentText,
                at: now,
                by: actor,
                in: transaction
            ) { $0.decision = way.decision }
            return false
        }
        _ = try await AnswerOffer(surroundings).answer(
            reference,
            at: tenant,
            refusal: try HandOver.Refusal(.notOurService, text: way.decision.residentText.english),
            by: actor,
            now: now,
            suggestion: way.decision,
            in: transaction
        )
        return true
    }
}
