public import Foundation

/// What happens to the origin's row when a request goes to another body.
extension RequestLife {
    /// Offered to another body; ours until it accepts, and our clocks run on.
    public mutating func offer(to body: ReceivingBody) throws(IllegalTransition) -> Effect {
        try require(.offer)
        state = .offered(to: body, from: state)
        return Effect(.handOverOffered, followUp: .deliverOffer(body))
    }

    /// The other body took it; ours is a mirror from now on, and still open.
    public mutating func accepted() throws(IllegalTransition) -> Effect {
        try require(.accept)
        guard case .offered(let body, _) = state else { throw illegal(Happening.accept.rawValue) }
        state = .handedOver(to: body, step: .received)
        let clocks: [ClockChange] = pause == nil ? [] : [.resumeBoth]
        pause = nil
        return Effect(.handOverAccepted, clocks: clocks, tellsRequester: true)
    }

    /// The other body declined, before or after having accepted: the request is ours again, never closed.
    public mutating func refused() throws(IllegalTransition) -> Effect {
        try require(.refuse)
        let wasClosed = !isOpen
        switch state {
        case .offered(_, let before): state = before
        default: state = .received
        }
        guard wasClosed else { return Effect(.handOverRefused, followUp: .chooseNextBody) }
        reopenings += 1
        completedAt = nil
        return Effect(
            .handOverRefused,
            clocks: [.startBoth],
            tellsRequester: true,
            followUp: .chooseNextBody
        )
    }

    /// The other body did not answer in time.
    public mutating func timedOut() throws(IllegalTransition) -> Effect {
        try require(.timeOut)
        guard case .offered(_, let before) = state else { throw illegal(Happening.timeOut.rawValue) }
        state = before
        return Effect(.handOverTimedOut, followUp: .chooseNextBody)
    }

    /// We keep it after all.
    public mutating func takenBack() throws(IllegalTransition) -> Effect {
        try require(.takeBack)
        guard case .offered(let body, let before) = state else {
            throw illegal(Happening.takeBack.rawValue)
        }
        state = before
        return Effect(.handOverWithdrawn, followUp: .tellHolder(body))
    }

    /// The holder, a tenant of this hub, reports its step; the end comes with its outcome.
    public mutating func holderReached(
        _ step: PublicStep,
        outcome: Outcome? = nil,
        at instant: Date
    ) throws(IllegalTransition) -> Effect {
        try require(.report)
        guard let body = holder else { throw illegal(Happening.report.rawValue) }
        guard step != .completed else {
            return endedByHolder(body, outcome ?? .unspecified, at: instant)
        }
        let wasClosed = !isOpen
        state = .handedOver(to: body, step: step)
        guard !wasClosed else {
            reopenings += 1
            completedAt = nil
            return Effect(.reopened, clocks: [.startBoth], tellsRequester: true)
        }
        let clocks = step >= .reviewed ? noteReview(at: instant) : []
        return Effect(.holderReported, clocks: clocks, tellsRequester: true)
    }

    /// The holder reports in the words of the updates extension.
    ///
    /// `NOT_COUNCILS_RESPONSIBILITY` is a refusal: it ends the holder's copy, not this request. `UNCHANGED` is a message only.
    public mutating func holderReported(
        _ status: ExtendedStatus,
        at instant: Date
    ) throws(IllegalTransition) -> Effect {
        guard status != .notCouncilsResponsibility else { return try refused() }
        try require(.report)
        switch status {
        case .unchanged:
            return Effect(.holderReported)
        case .open, .forTriage, .reopen:
            return try holderReached(.received, at: instant)
        case .investigating, .internalReferral:
            return try holderReached(.reviewed, at: instant)
        case .inProgress, .planned, .actionScheduled:
            return try holderReached(.workAssigned, at: instant)
        case .closed, .fixed, .duplicate, .noFurtherAction, .cancelled, .notCouncilsResponsibility:
            return try holderReached(.completed, outcome: status.outcome, at: instant)
        }
    }

    private mutating func endedByHolder(_ body: ReceivingBody, _ outcome: Outcome, at instant: Date)
        -> Effect
    {
        // The same end told twice, by feed and by poll, is one end.
        guard isOpen else {
            state = .completed(outcome == .unspecified ? self.outcome ?? outcome : outcome, by: body)
            return Effect(.holderReported)
        }
        state = .completed(outcome, by: body)
        completedAt = instant
        let clocks = noteReview(at: instant) + [.stopComplete]
        return Effect(
            .completed,
            clocks: clocks,
            tellsRequester: true,
            followUp: .endDuplicates(outcome)
        )
    }
}
