/// Holds when the answer to one question is one of some keys.
public struct Condition: Sendable, Hashable, Codable {
    /// Code of the question looked at; one that comes earlier in the service.
    public let question: String

    /// Keys, one of which must have been chosen.
    public let keys: [String]

    /// Both parts.
    public init(question: String, keys: [String]) {
        self.question = question
        self.keys = keys
    }

    /// Whether the answers meet it; an unanswered question never does.
    public func isMet(by answers: Answers) -> Bool {
        answers[question].contains { keys.contains($0) }
    }

    private enum CodingKeys: String, CodingKey {
        case question
        case keys = "is"
    }
}
