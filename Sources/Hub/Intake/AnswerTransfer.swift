public import Domain

/// Carries the answers given to one service over to the service that the responsible body knows the matter by.
///
/// The resident picks a public type once; the region and the town may ask the same thing under their own type. An answer
/// goes over where the other type has a question of the same code and, for a list, the same key. What has no home there
/// is not lost: it is returned as text for the description. Answers that only staff may read stay answers under their own
/// code, whatever the other type asks, for the description is public.
public struct AnswerTransfer: Sendable, Hashable {
    /// Answers that the other type understands.
    public let answers: Answers
    /// Lines "question: answer" of what it does not ask.
    public let remainder: [String]

    /// Carries `answers` from one type to another.
    ///
    /// - Parameter staffOnly: Codes marked when the request was taken, beside those that the types mark themselves.
    public init(_ answers: Answers, from: Service, to: Service, language: Language, staffOnly: [String] = []) {
        let staffOnly = Set(staffOnly).union(StaffOnlyAnswers.codes(in: answers, of: from))
        guard from.code != to.code else {
            self.answers = answers
            remainder = []
            return
        }
        var kept = answers.values.filter { staffOnly.contains($0.key) }
        var left: [String] = []
        for question in from.questions {
            guard let given = answers.values[question.code], !given.isEmpty, kept[question.code] == nil else {
                continue
            }
            if let other = to.questions.first(where: { $0.code == question.code }), Self.fits(given, other) {
                kept[question.code] = given
            } else {
                let words = given.map { key in
                    question.values.first { $0.key == key }?.name[language] ?? key
                }
                left.append("\(question.question[language]): \(words.joined(separator: ", "))")
            }
        }
        self.answers = Answers(kept)
        remainder = left
    }

    /// A description with what the other type does not ask; as it was when that would make it too long.
    func appended(to text: String) -> String {
        guard !remainder.isEmpty else { return text }
        let added = (text.isEmpty ? "" : text + "\n\n") + remainder.joined(separator: "\n")
        return added.unicodeScalars.count <= IntakeCheck.longestDescription ? added : text
    }

    private static func fits(_ given: [String], _ question: Question) -> Bool {
        guard !question.values.isEmpty else { return true }
        let keys = Set(question.values.map(\.key))
        return given.allSatisfy(keys.contains)
    }
}
