/// What people are told of a request: the moments that matter to somebody who waits, not every line of the history.
public enum TellingEvent: String, Sendable, Hashable, Codable, CaseIterable {
    /// Stored, with a reference.
    case received
    /// A person of the responsible body has read it.
    case reviewed
    /// It is known who does it and when.
    case assigned
    /// Danger removed, repair planned, still open.
    case madeSafe = "made_safe"
    /// Later than promised, with the new date.
    case late
    /// Another body looks after it now.
    case rerouted
    /// The requester must answer before it goes on.
    case question
    /// Ended, with an outcome.
    case completed
    /// Opened again under the same reference.
    case reopened

    /// What a line of the history means to the people who wait; nil for lines that tell them nothing.
    ///
    /// An offer to another body is no news yet: it may be refused. Its acceptance is.
    public init?(_ event: RequestEvent) {
        guard event.isPublic else { return nil }
        switch event.kind {
        case .received: self = .received
        case .reviewed: self = .reviewed
        case .workAssigned: self = .assigned
        case .madeSafe: self = .madeSafe
        case .deadlineMoved: self = .late
        case .handOverAccepted, .placed: self = .rerouted
        case .paused where event.details["reason"] == RequestLife.PauseReason.waitingForRequester.rawValue:
            self = .question
        case .completed: self = .completed
        case .reopened: self = .reopened
        default: return nil
        }
    }

    /// What a person hears who wants to be told only what they must act upon or wait longer for.
    public static let important: Set<TellingEvent> = [.received, .late, .question, .completed, .reopened]

    /// What a person hears who wants every step.
    public static let every = Set(allCases)
}
