/// Where a request stands in the words of those who work on it: state and pause in one word, for queues, figures and filters.
///
/// Each stands for one public step, one Open311 status and one extended status; ``RequestLife/publicStep``,
/// ``RequestLife/open311Status`` and ``RequestLife/extendedStatus`` say which.
public enum InternalState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody knows yet whose it is.
    case waitingForPlace = "waiting_for_place"
    /// Nobody has read it.
    case received
    /// Read and accepted.
    case reviewed
    /// In a plan.
    case planned
    /// The work waits for its season.
    case seasonal
    /// It is known who does it and when.
    case workAssigned = "work_assigned"
    /// Danger removed, permanent repair planned.
    case madeSafe = "made_safe"
    /// The requester was asked something.
    case waitingForRequester = "waiting_for_requester"
    /// Another body must act first.
    case waitingForOtherBody = "waiting_for_other_body"
    /// A weather event was declared.
    case weatherEvent = "weather_event"
    /// A private matter is before a court.
    case beforeCourt = "before_court"
    /// Offered to another body, which has yet to answer.
    case offered
    /// Another body has it.
    case handedOver = "handed_over"
    /// The requester says it is not done.
    case disputed
    /// Ended, with something done or found.
    case completed
    /// Ended: the body will not do it, and has said why.
    case declined
    /// Ended: the requester took it back.
    case withdrawn
    /// Ended with the request it repeats.
    case duplicate
}

extension RequestLife {
    /// State and pause in one word; a pause hides the state it stands in.
    public var internalState: InternalState {
        switch pause {
        case .waitingForRequester: return .waitingForRequester
        case .waitingForOtherBody: return .waitingForOtherBody
        case .season: return .seasonal
        case .weatherEvent: return .weatherEvent
        case .beforeCourt: return .beforeCourt
        case nil: break
        }
        return switch state {
        case .waitingForPlace: .waitingForPlace
        case .received: .received
        case .reviewed: .reviewed
        case .planned: .planned
        case .workAssigned: .workAssigned
        case .madeSafe: .madeSafe
        case .disputed: .disputed
        case .offered: .offered
        case .handedOver: .handedOver
        case .completed(.withdrawn, _): .withdrawn
        case .completed(.declined, _): .declined
        case .completed(.duplicate, _): .duplicate
        case .completed: .completed
        }
    }

    /// `status` of the updates extension.
    public var extendedStatus: ExtendedStatus {
        // What waits for its season is planned work, whatever step it has reached.
        if pause == .season { return .planned }
        return switch state {
        case .waitingForPlace: .forTriage
        case .received, .offered: reopenings > 0 ? .reopen : .open
        case .disputed: .reopen
        case .reviewed: .investigating
        case .planned, .madeSafe: .planned
        case .workAssigned: .inProgress
        case .handedOver(_, let step):
            switch step {
            case .received: reopenings > 0 ? .reopen : .open
            case .reviewed: .investigating
            case .workAssigned, .completed: .inProgress
            }
        case .completed(let outcome, _): outcome.extendedStatus
        }
    }

    /// The steps the public sees of it: those of its type, and all four once another body has it, which reports its own.
    public var publicSteps: [PublicStep] {
        flow.steps.contains(publicStep) ? flow.steps : PublicStep.allCases
    }
}

extension Outcome {
    /// `status` of the updates extension after this outcome.
    public var extendedStatus: ExtendedStatus {
        switch self {
        case .fixed: .fixed
        case .madeSafe: .planned
        case .inspectedMeetsStandard, .notFound, .couldNotReach, .declined: .noFurtherAction
        case .duplicate: .duplicate
        case .withdrawn: .cancelled
        case .unspecified: .closed
        }
    }
}
