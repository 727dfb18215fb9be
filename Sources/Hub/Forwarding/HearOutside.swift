import Domain
import Foundation
import Storage

/// Carries out what a system outside says of a request: a step of its own department, a holder's report, or a refusal.
struct HearOutside: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Carries it out inside a transaction that has the request locked.
    ///
    /// - Parameter isHolder: Whether it comes from the body the request was handed to; its "not ours" is a refusal, after which the
    ///   request is this tenant's again.
    func callAsFunction(
        _ status: ExtendedStatus,
        on reference: RequestReference,
        isHolder: Bool,
        note: ChangeRequest.Note,
        in transaction: TenantTransaction
    ) async throws {
        if isHolder, status == .notCouncilsResponsibility,
            let offer = try await HandOvers(transaction).of(reference).last(where: Self.stands)
        {
            let words = note.text?.english ?? ""
            let refusal = try HandOver.Refusal(
                .notOurService,
                text: words.allSatisfy(\.isWhitespace) ? "Not our responsibility" : String(words.prefix(1000))
            )
            let end = EndOffer(surroundings: surroundings, tenant: tenant)
            try await end(offer, .refused(refusal), at: note.at, by: note.actor, in: transaction)
            return
        }
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        do {
            try await change(reference, note: note, in: transaction) {
                try OutsideStep.apply(status, to: &$0, isHolder: isHolder && $0.life.holder != nil, at: note.at)
            }
        } catch is OpenParts {
            // Their share is done; the request ends when the others' are. Nothing was written, so the word is noted now.
            try await change(reference, note: note, in: transaction) { $0.life.noted() }
        }
    }

    private static func stands(_ offer: StoredHandOver) -> Bool {
        guard offer.direction == .out else { return false }
        return switch offer.handOver.state {
        case .offered, .accepted: true
        case .refused, .timedOut, .withdrawn: false
        }
    }
}
