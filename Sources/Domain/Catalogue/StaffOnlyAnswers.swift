/// Which answers of a request are for the lead's staff alone.
///
/// Found when the request is taken and stored with it, so that a later change of the catalogue, or a hand-over to a body that
/// asks other questions, never brings them to light.
public enum StaffOnlyAnswers {
    /// Codes of given answers that only staff may read, in order: questions marked so, and free text in which somebody wrote an
    /// e-mail address or a telephone number.
    public static func codes(in answers: Answers, of service: Service) -> [String] {
        service.questions.filter { question in
            let given = answers[question.code]
            guard !given.isEmpty else { return false }
            if question.isStaffOnly { return true }
            guard question.kind == .string || question.kind == .text else { return false }
            return given.contains(where: ContactData.isIn)
        }
        .map(\.code).sorted()
    }
}

extension ServiceRequest {
    /// The answers that anybody may read: without those marked when it was taken, and those its type marks now.
    public func publicAnswers(of service: Service?) -> Answers {
        let marked = Set(staffOnlyAnswers).union((service?.questions ?? []).filter(\.isStaffOnly).map(\.code))
        guard !marked.isEmpty else { return answers }
        return Answers(answers.values.filter { !marked.contains($0.key) })
    }

    /// The same request without the answers that are for the lead's staff alone, for bodies that do a share or hold a copy.
    public var withoutStaffOnlyAnswers: ServiceRequest {
        guard !staffOnlyAnswers.isEmpty else { return self }
        var copy = self
        copy.answers = publicAnswers(of: nil)
        copy.staffOnlyAnswers = []
        return copy
    }
}
