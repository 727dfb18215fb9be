/// The steps a type of request runs through.
///
/// A dated entry of the catalogue names it, so a type switches on a day; a request keeps the flow it was taken under.
public enum RequestFlow: String, Sendable, Hashable, Codable, CaseIterable {
    /// Received, reviewed, work assigned, completed.
    case fourSteps = "four_steps"
    /// The older way: received, then completed. Nobody notes what happens between.
    case openClosed = "open_closed"

    /// The steps everybody sees, in order.
    public var steps: [PublicStep] {
        switch self {
        case .fourSteps: PublicStep.allCases
        case .openClosed: [.received, .completed]
        }
    }
}
