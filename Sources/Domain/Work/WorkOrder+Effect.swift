extension WorkOrder {
    /// What the caller must carry out after a step, in the transaction that stores the order.
    public struct Effect: Sendable, Hashable {
        /// What happened.
        public let happening: Happening

        /// Whether it is now known who works on the request and when: the request's own step "work assigned", if it has not
        /// taken it yet.
        public let assignsWork: Bool

        /// How the work ended; nil for every other step.
        public let ended: WorkOutcome?

        /// Particulars for the history.
        public let details: [String: String]

        init(
            _ happening: Happening,
            assignsWork: Bool = false,
            ended: WorkOutcome? = nil,
            details: [String: String] = [:]
        ) {
            self.happening = happening
            self.assignsWork = assignsWork
            self.ended = ended
            self.details = details
        }
    }

    /// What happened to an order, as the history of its request names it.
    public enum Happening: String, Sendable, Hashable, Codable, CaseIterable {
        /// Made, a draft.
        case made
        /// A day was named.
        case scheduled
        /// A crew was named.
        case assigned
        /// The crew began.
        case started
        /// Something stands in the way.
        case blocked
        /// The crew has finished.
        case finished
        /// It will not be done.
        case cancelled
        /// A photo was added.
        case photo
    }

    /// What can be done with an order, by the name used in messages and forms.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        /// Name a day.
        case schedule
        /// Name a crew.
        case assign
        /// Begin, or go on.
        case start
        /// Say what stands in the way.
        case block
        /// Say how it went.
        case finish
        /// Do without it.
        case cancel
    }

    /// What can be done now.
    public var legalSteps: [Step] {
        switch state {
        case .drafted, .scheduled: [.schedule, .assign, .cancel]
        case .assigned: [.schedule, .assign, .start, .block, .finish, .cancel]
        case .started: [.schedule, .assign, .block, .finish, .cancel]
        case .blocked: [.schedule, .assign, .start, .finish, .cancel]
        case .done, .cancelled: []
        }
    }

    /// Checks that a step can be taken now, before anything else is looked at.
    ///
    /// - Throws: ``IllegalWorkStep`` naming what is possible.
    public func require(_ step: Step) throws(IllegalWorkStep) {
        let legal = legalSteps
        guard legal.contains(step) else {
            throw IllegalWorkStep(asked: step, state: state.name, legal: legal)
        }
    }
}

/// A step that an order cannot take where it stands.
public struct IllegalWorkStep: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for.
    public let asked: WorkOrder.Step

    /// The state's name.
    public let state: String

    /// What can be done in this state.
    public let legal: [WorkOrder.Step]

    /// The state, what was asked, and what is possible.
    public var description: String {
        let others =
            legal.isEmpty ? "nothing is possible" : "possible: \(legal.map(\.rawValue).joined(separator: ", "))"
        return "\"\(asked.rawValue)\" is not possible while the work order is \(state); \(others)"
    }
}

extension WorkOrder.State {
    /// One word for columns, words and messages.
    public var name: String {
        switch self {
        case .drafted: "drafted"
        case .scheduled: "scheduled"
        case .assigned: "assigned"
        case .started: "started"
        case .blocked: "blocked"
        case .done: "done"
        case .cancelled: "cancelled"
        }
    }

    /// Names of the states of an order that has not ended.
    public static let openNames = ["drafted", "scheduled", "assigned", "started", "blocked"]
}
