import Domain
import Hub

/// The faults of the one validation, in the words of the page and beside its fields.
///
/// ``IntakeCheck`` names fields as Open311 spells them; a person sees labels and is told what to do.
struct DetailFaults: Sendable {
    let words: Words

    /// What must be put right before the report can be checked; empty when nothing.
    func faults(of report: ReportCase) -> [PageFault] {
        guard let service = report.service else { return [] }
        var faults = IntakeCheck.faults(in: report.intake(service), service: service).compactMap {
            fault(of: $0, service)
        }
        // Answers at fault are not part of the intake's accepted ones, so they are judged as they were typed.
        let answers = AnswerCheck(report.draft.answers, for: service).faults.compactMap { fault(of: $0, service) }
        faults = answers + faults.filter { fault in !answers.contains { $0.field == fault.field } }
        if service.isCatchAll, report.draft.description == nil {
            faults.append(PageFault(field: "description", text: words("fault.description")))
        }
        if report.draft.newsBy == "sms", report.draft.phone == nil {
            faults.append(PageFault(field: "phone", text: words("fault.phone-for-texts")))
        }
        return faults
    }

    /// One fault as the page says it; nil for a fault of another step.
    func fault(of fault: FieldFault, _ service: Service) -> PageFault? {
        if fault.field.hasPrefix("attribute["), fault.field.hasSuffix("]") {
            let code = String(fault.field.dropFirst("attribute[".count).dropLast())
            guard let question = service.question(code) else { return nil }
            return PageFault(field: "a.\(code)", text: text(of: fault, question))
        }
        switch fault.field {
        case "description": return PageFault(field: "description", text: tooLong(IntakeCheck.longestDescription))
        case "email" where fault.code == .missing: return PageFault(field: "email", text: words("fault.contact"))
        case "email" where fault.code == .malformed: return PageFault(field: "email", text: words("fault.email"))
        case "email", "phone", "first_name", "last_name":
            return PageFault(field: fault.field, text: tooLong(IntakeCheck.longestText))
        default: return nil
        }
    }

    private func text(of fault: FieldFault, _ question: Question) -> String {
        let name = question.question[words.language]
        switch (fault.code, question.kind) {
        case (.missing, .boolean), (.missing, .singleValueList), (.missing, .multiValueList), (.unknown, _):
            return words("fault.choose", ["question": name])
        case (.missing, _): return words("fault.answer", ["question": name])
        case (.tooLong, .string): return tooLong(AnswerCheck.longestString)
        case (.tooLong, _): return tooLong(AnswerCheck.longestText)
        case (_, .number): return words("fault.number")
        case (_, .datetime): return words("fault.date")
        default: return words("fault.answer", ["question": name])
        }
    }

    private func tooLong(_ most: Int) -> String { words("fault.long", ["n": String(most)]) }
}
