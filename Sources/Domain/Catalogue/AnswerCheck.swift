/// Checks answers against the questions of a service: the one check of every channel.
///
/// What a question does not ask for is left out without a word: unknown codes (other software sends its own), answers to information, answers
/// to a question whose condition is not met. A question that is not asked is never required. Source: GeoReport v2 "POST Service Request",
/// with the rules of many-valued answers of its clients.
public struct AnswerCheck: Sendable, Hashable {
    /// Longest answer to a question of kind string, in code points.
    public static let longestString = 500

    /// Longest answer to a question of kind text, in code points.
    public static let longestText = 4_000

    /// The answers that count, trimmed; those at fault are absent.
    public let accepted: Answers

    /// Everything wrong, in the order of the questions, each naming its field.
    public let faults: [FieldFault]

    /// Codes that were answered but not asked, in order.
    public let ignored: [String]

    /// Checks.
    ///
    /// - Parameter field: the name of the field of a question as the sender spelled it.
    public init(
        _ answers: Answers,
        for service: Service,
        field: (String) -> String = { "attribute[\($0)]" }
    ) {
        var accepted = Answers()
        var faults: [FieldFault] = []
        var asked: Set<String> = []
        for question in service.questions where question.kind != .information {
            guard question.askedIf?.isMet(by: accepted) ?? true else { continue }
            asked.insert(question.code)
            let given = Self.given(answers[question.code], to: question)
            guard !given.isEmpty else {
                if question.isRequired { faults.append(.missing(field(question.code))) }
                continue
            }
            var checker = QuestionCheck(question: question, field: field(question.code))
            if let good = checker.check(given) {
                accepted[question.code] = good
            }
            faults += checker.faults
        }
        self.accepted = accepted
        self.faults = faults
        ignored = answers.values.keys.filter { !asked.contains($0) }.sorted()
    }

    /// What was really given: blank answers are none, and a list of keys may come joined by commas.
    private static func given(_ raw: [String], to question: Question) -> [String] {
        let filled = raw.map(trimmed).filter { !$0.isEmpty }
        guard question.kind == .multiValueList else { return filled }
        return filled.flatMap { answer in
            question.value(answer) == nil
                ? answer.split(separator: ",").map { trimmed(String($0)) }.filter { !$0.isEmpty } : [answer]
        }
    }

    private static func trimmed(_ text: String) -> String {
        // Nothing to trim, as two bytes tell of most answers.
        if let first = text.utf8.first, let last = text.utf8.last, (0x21...0x7E).contains(first),
            (0x21...0x7E).contains(last)
        {
            return text
        }
        var part = Substring(text)
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}

extension Service {
    /// Everything wrong with the answers to this service's questions; empty when they may be stored.
    public func faults(in answers: Answers) -> [FieldFault] {
        AnswerCheck(answers, for: self).faults
    }
}
