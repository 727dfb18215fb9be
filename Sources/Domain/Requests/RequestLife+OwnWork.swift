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

    /// The work was put into a plan; who plans it has read it.
    ///
    /// What was made safe stays so: its repair is what is planned.
    public mutating func plan(at instant: Date) throws(IllegalTransition) -> Effect {
        try require(.plan)
        if state != .madeSafe { state = .planned }
        return Effect(.planned, clocks: noteReview(at: instant), tellsRequester: true)
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
        case (_, .declined):
            throw illegal("complete as declined (use decline, with a reason the resident can read)")
        case (_, .duplicate) where !parentEnded:
            throw illegal("complete as duplicate of an open request")
        case (.waitingForPlace, .fixed), (.waitingForPlace, .inspectedMeetsStandard),
            (.waitingForPlace, .notFound):
            throw illegal("complete as \(outcome.rawValue) before the place is known")
        case (.offered, _) where outcome != .withdrawn && outcome != .duplicate:
            throw illegal("complete as \(outcome.rawValue) while it is offered")
        default: break
        }
        return end(outcome, at: instant)
    }

    /// The body will not do it, and says why in words the resident reads; the reason goes with the event.
    public mutating func decline(_ reason: PublicReason, at instant: Date) throws(IllegalTransition) -> Effect {
        try require(.decline)
        return end(.declined, at: instant)
    }

    /// The requester took it back, whoever has it now.
    public mutating func withdraw(at instant: Date) throws(IllegalTransition) -> Effect {
        try require(.withdraw)
        return end(.withdrawn, at: instant)
    }

    private mutating func end(_ outcome: Outcome, at instant: Date) -> Effect {
        let elsewhere: ReceivingBody? =
            switch state {
            case .offered(let body, _), .handedOver(let body, _): body
            default: nil
            }
        state = .completed(outcome, by: nil)
        pause = nil
        completedAt = instant
        let clocks = noteReview(at: instant) + [.stopComplete]
        let followUp: FollowUp = elsewhere.map { .tellHolder($0) } ?? .endDuplicates(outcome)
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

    /// Staff open it again: same reference, clocks anew.
    ///
    /// What a holder had ended goes back to that holder.
    public mutating func reopen() throws(IllegalTransition) -> Effect {
        try require(.reopen)
        return openAgain(as: .received)
    }

    /// The requester says it is not done: same reference, clocks anew, and counted.
    ///
    /// The window (``DisputeWindow``) is the caller's to check. What a holder had ended goes back to that holder.
    public mutating func dispute() throws(IllegalTransition) -> Effect {
        try require(.dispute)
        disputes += 1
        return openAgain(as: .disputed)
    }

    private mutating func openAgain(as opened: State) -> Effect {
        reopenings += 1
        completedAt = nil
        pause = nil
        let isDispute = opened == .disputed
        guard case .completed(_, let holder?) = state else {
            state = opened
            return Effect(.reopened, clocks: [.startBoth], tellsRequester: true, isDispute: isDispute)
        }
        state = .handedOver(to: holder, step: .received)
        return Effect(
            .reopened,
            clocks: [.startBoth],
            tellsRequester: true,
            followUp: .tellHolder(holder),
            isDispute: isDispute
        )
    }

    /// A message only: nothing moves.
    public func noted() -> Effect { Effect(.noted) }

    /// Type or place were put right; where it stands does not change, who answers for it may.
    public func corrected(_ what: Correction) throws(IllegalTransition) -> Effect {
        try require(.correct)
        return Effect(what == .type ? .reclassified : .relocated, tellsRequester: true)
    }

    /// What is put right about a request.
    public enum Correction: String, Sendable, Hashable, Codable {
        /// Its kind.
        case type
        /// Its place.
        case place
    }

    /// Parts of it were given to others; it ends only when they have.
    public func split() throws(IllegalTransition) -> Effect {
        try require(.split)
        return Effect(.split, tellsRequester: true)
    }

    /// Notes the first reading; later ones change nothing.
    mutating func noteReview(at instant: Date) -> [ClockChange] {
        guard reviewedAt == nil else { return [] }
        reviewedAt = instant
        return [.stopReview]
    }
}
