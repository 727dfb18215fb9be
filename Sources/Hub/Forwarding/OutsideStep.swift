import Domain
import Foundation

/// What the word of a system outside does to a request of ours.
///
/// From the body a request was handed to, the word is the holder's. From a department's own system it is that
/// department's step: read, assigned, done. A word that is not possible any more changes nothing but stays in the history.
enum OutsideStep {
    /// Moves the request and returns the effect to carry out.
    static func apply(
        _ status: ExtendedStatus,
        to request: inout ServiceRequest,
        isHolder: Bool,
        at now: Date
    ) throws -> RequestLife.Effect {
        var life = request.life
        do {
            let effect = isHolder ? try life.holderReported(status, at: now) : try own(status, &life, at: now)
            request.life = life
            return effect
        } catch is RequestLife.IllegalTransition {
            return request.life.noted()
        }
    }

    private static func own(
        _ status: ExtendedStatus,
        _ life: inout RequestLife,
        at now: Date
    ) throws -> RequestLife.Effect {
        // A word that means open, said of what had ended, opens it again (contract A10).
        if status.open311Status == .open, !life.isOpen { return try life.reopen() }
        switch status {
        case .unchanged, .open, .forTriage: return life.noted()
        case .investigating, .internalReferral: return try life.review(at: now)
        case .planned: return try life.plan(at: now)
        case .inProgress, .actionScheduled: return try life.assignWork(at: now)
        case .reopen: return try life.reopen()
        case .closed, .fixed, .duplicate, .noFurtherAction, .cancelled, .notCouncilsResponsibility:
            return try life.complete(status.outcome ?? .unspecified, at: now, parentEnded: true)
        }
    }
}
