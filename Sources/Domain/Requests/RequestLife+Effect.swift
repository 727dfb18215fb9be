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

        /// Whether it was opened again because the requester says it is not done.
        public let isDispute: Bool

        init(
            _ event: RequestEvent.Kind,
            clocks: [ClockChange] = [],
            tellsRequester: Bool = false,
            followUp: FollowUp? = nil,
            isDispute: Bool = false
        ) {
            self.event = event
            self.clocks = clocks
            self.tellsRequester = tellsRequester
            self.followUp = followUp
            self.isDispute = isDispute
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
        /// Put into a plan.
        case plan
        /// Danger removed.
        case makeSafe = "make safe"
        /// It ended.
        case complete
        /// The body will not do it, and says why.
        case decline
        /// The requester took it back.
        case withdraw
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
        /// The requester says it is not done.
        case dispute
        /// Type or place were put right.
        case correct = "correct type or place"
        /// Parts were given to others.
        case split
    }

    /// What can happen now.
    public var legalHappenings: [Happening] {
        var legal: [Happening] =
            switch state {
            case .waitingForPlace: [.place, .complete, .withdraw, .offer]
            case .received, .disputed: [.review] + Self.work
            case .reviewed, .planned, .workAssigned: Self.work
            case .madeSafe: [.assignWork, .plan, .complete, .withdraw, .reopen, .dispute, .split]
            case .offered: [.complete, .withdraw, .accept, .refuse, .timeOut, .takeBack]
            case .handedOver: [.withdraw, .refuse, .report]
            case .completed(.withdrawn, nil): [.reopen]
            case .completed(_, nil): [.reopen, .dispute]
            case .completed(_, _?): [.refuse, .report, .reopen, .dispute]
            }
        if flow == .openClosed { legal.removeAll(where: Self.between.contains) }
        guard isOpen, holder == nil else { return legal }
        return legal + [pause == nil ? .pause : .resume]
    }

    /// What a body can do with a request that is its own and open.
    private static let work: [Happening] = [
        .assignWork, .plan, .makeSafe, .complete, .decline, .withdraw, .offer, .correct, .split,
    ]

    /// What a type with two steps does not know.
    private static let between: Set<Happening> = [.review, .assignWork, .plan, .makeSafe]

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
