public import Foundation

/// What the responsible body itself does with a request.
extension RequestLife {
    /// The place was found and this body answers for it; its clocks start now.
    public mutating func place() throws(IllegalTransition) -> Effect {
        try require(.place)
        state = .received
        return Effect(.placed, clocks: [.startBoth], tellsRequester: true)
    }

    /// A person of the responsible body has read it and accepted it.
    public mutating func review(at instant: Date) throws(IllegalTransition) -> Effect {
        try require(.review)
        state = .reviewed
        let clocks = noteReview(at: instant)
        return Effect(.reviewed, clocks: clocks, tellsRequester: true)
    }

    /// It is known who does it and when; who assigns work has read it.
    ///
    /// Again for a change of crew or date.
    public mutating func assignWork(at instant: Date) throws(IllegalTransition) -> Effect {
        try require(.assignWork)
        let tells = state != .workAssigned
        if state != .madeSafe { state = .workAssigned }
        let clocks = noteReview(at: instant)
        return Effect(.workAssigned, clocks: clocks, tellsRequester: tells)
    }

    /// The danger is gone; the request stays open as planned work.
    ///
    /// Meets the complete clock only where "safe" was promised.
    public mutating func makeSafe(
        at instant: Date,
        promise: ServiceSLA.Promise
    ) throws(IllegalTransition) -> Effect {
        try require(.makeSafe)
        state = .madeSafe
        var clocks = noteReview(at: instant)
        if promise == .safe { clocks.append(.stopComplete) }
        return Effect(.madeSafe, clocks: clocks, tellsRequester: true)
    }

    /// It ended.
    ///
    /// Whoever ends it has read it.
    ///
    /// - Parameter parentEnded: For a duplicate: whether the request it repeats has ended; a duplicate never ends before it.
    public mutating func complete(
        _ outcome: Outcome,
        at instant: Date,
        parentEnded: Bool = false
    ) throws(IllegalTransition) -> Effect {
        try require(.complete)
        switch (state, outcome) {
        case (_, .madeSafe):
            throw illegal("complete as made safe (use make safe; the request stays open)")
        case (_, .duplicate) where !parentEnded:
            throw illegal("complete as duplicate of an open request")
        case (.waitingForPlace, .fixed), (.waitingForPlace, .inspectedMeetsStandard),
            (.waitingForPlace, .notFound):
            throw illegal("complete as \(outcome.rawValue) before the place is known")
        case (.offered, _) where outcome != .withdrawn && outcome != .duplicate:
            throw illegal("complete as \(outcome.rawValue) while it is offered")
        default: break
        }
        let offeredTo: ReceivingBody? = if case .offered(let body, _) = state { body } else { nil }
        state = .completed(outcome, by: nil)
        pause = nil
        completedAt = instant
        let clocks = noteReview(at: instant) + [.stopComplete]
        let followUp: FollowUp = offeredTo.map { .tellHolder($0) } ?? .endDuplicates(outcome)
        return Effect(.completed, clocks: clocks, tellsRequester: true, followUp: followUp)
    }

    /// The clocks stand still, for a reason that is public.
    public mutating func pause(_ reason: PauseReason) throws(IllegalTransition) -> Effect {
        try require(.pause)
        pause = reason
        return Effect(.paused, clocks: [.pauseBoth(reason)], tellsRequester: true)
    }

    /// The clocks go on.
    public mutating func resume() throws(IllegalTransition) -> Effect {
        try require(.resume)
        pause = nil
        return Effect(.resumed, clocks: [.resumeBoth])
    }

    /// The requester says it is not done, or staff open it again: same reference, clocks anew.
    ///
    /// The window of a dispute (usually 14 days) is the caller's to check. What a holder had ended goes back to that holder.
    public mutating func reopen() throws(IllegalTransition) -> Effect {
        try require(.reopen)
        reopenings += 1
        completedAt = nil
        pause = nil
        guard case .completed(_, let holder?) = state else {
            state = .received
            return Effect(.reopened, clocks: [.startBoth], tellsRequester: true)
        }
        state = .handedOver(to: holder, step: .received)
        return Effect(
            .reopened,
            clocks: [.startBoth],
            tellsRequester: true,
            followUp: .tellHolder(holder)
        )
    }

    /// A message only: nothing moves.
    public func noted() -> Effect { Effect(.noted) }

    /// Notes the first reading; later ones change nothing.
    mutating func noteReview(at instant: Date) -> [ClockChange] {
        guard reviewedAt == nil else { return [] }
        reviewedAt = instant
        return [.stopReview]
    }
}
