extension RequestLife {
    /// What the caller must carry out after a transition, in the same transaction that stores the new life.
    public struct Effect: Sendable, Hashable {
        /// The event to append to the history.
        public let event: RequestEvent.Kind

        /// What becomes of the two clocks; may be empty.
        public let clocks: [ClockChange]

        /// Whether the requester is to be told.
        public let tellsRequester: Bool

        /// What else must happen; nil when nothing.
        public let followUp: FollowUp?

        init(
            _ event: RequestEvent.Kind,
            clocks: [ClockChange] = [],
            tellsRequester: Bool = false,
            followUp: FollowUp? = nil
        ) {
            self.event = event
            self.clocks = clocks
            self.tellsRequester = tellsRequester
            self.followUp = followUp
        }
    }

    /// What happens to a clock.
    public enum ClockChange: Sendable, Hashable {
        /// The review clock has been met.
        case stopReview
        /// The complete clock has been met.
        case stopComplete
        /// Both clocks start anew: at placing, and after a dispute.
        case startBoth
        /// Both clocks stand still.
        case pauseBoth(PauseReason)
        /// Both clocks go on.
        case resumeBoth
    }

    /// What must happen besides storing.
    public enum FollowUp: Sendable, Hashable {
        /// Send the offer to the body.
        case deliverOffer(ReceivingBody)
        /// Tell the body that offered or holds it: our offer is taken back, or the requester disputes.
        case tellHolder(ReceivingBody)
        /// Find another body, or let the arbiter of the hub decide.
        case chooseNextBody
        /// Requests merged into this one end with it.
        case endDuplicates(Outcome)
    }

    /// Something happened that cannot happen in this state.
    public struct IllegalTransition: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was asked for: `assign work`.
        public let asked: String

        /// The state's name.
        public let state: String

        /// What can happen in this state.
        public let legal: [String]

        /// The state, what was asked, and what is legal.
        public var description: String {
            let others =
                legal.isEmpty ? "nothing is possible" : "possible: \(legal.joined(separator: ", "))"
            return "\"\(asked)\" is not possible while the request is \(state); \(others)"
        }
    }

    /// Everything that can happen to a request, by the name used in messages.
    public enum Happening: String, Sendable, Hashable, CaseIterable {
        /// The place was found, and this body answers for it.
        case place
        /// A person read it.
        case review
        /// It is known who does it and when.
        case assignWork = "assign work"
        /// Danger removed.
        case makeSafe = "make safe"
        /// It ended.
        case complete
        /// Offered to another body.
        case offer
        /// The other body took it.
        case accept = "accept the offer"
        /// The other body declined.
        case refuse = "refuse the offer"
        /// The other body did not answer in time.
        case timeOut = "let the offer time out"
        /// The offer was taken back.
        case takeBack = "take the offer back"
        /// The holder reported its state.
        case report = "report from the holder"
        /// The clocks were stopped.
        case pause
        /// The clocks go on.
        case resume
        /// Opened again.
        case reopen
    }

    /// What can happen now.
    public var legalHappenings: [Happening] {
        let own: [Happening] =
            switch state {
            case .waitingForPlace: [.place, .complete, .offer]
            case .received: [.review, .assignWork, .makeSafe, .complete, .offer]
            case .reviewed: [.assignWork, .makeSafe, .complete, .offer]
            case .workAssigned: [.assignWork, .makeSafe, .complete, .offer]
            case .madeSafe: [.assignWork, .complete, .reopen]
            case .offered: [.complete, .accept, .refuse, .timeOut, .takeBack]
            case .handedOver: [.refuse, .report]
            case .completed(_, let holder): holder == nil ? [.reopen] : [.refuse, .report, .reopen]
            }
        guard isOpen, holder == nil else { return own }
        return own + [pause == nil ? .pause : .resume]
    }

    func require(_ happening: Happening) throws(IllegalTransition) {
        let legal = legalHappenings
        guard legal.contains(happening) else {
            throw IllegalTransition(
                asked: happening.rawValue,
                state: state.name,
                legal: legal.map(\.rawValue)
            )
        }
    }

    func illegal(_ asked: String) -> IllegalTransition {
        IllegalTransition(asked: asked, state: state.name, legal: legalHappenings.map(\.rawValue))
    }
}
