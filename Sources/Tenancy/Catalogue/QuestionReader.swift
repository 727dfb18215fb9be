import Domain

/// Reads the questions of one service and holds their conditions against one another.
struct QuestionReader {
    /// Reads all questions, in order.
    func read(_ nodes: [YamlNode], _ faults: FaultList) -> [Question] {
        var questions: [Question] = []
        for node in nodes {
            guard let map = YamlMapping(node, in: node.file, faults),
                let question = question(map, earlier: questions)
            else { continue }
            if questions.contains(where: { $0.code == question.code }) {
                map.fault("code", "the question \(question.code) is asked twice")
                continue
            }
            questions.append(question)
        }
        return questions
    }

    private func question(_ map: YamlMapping, earlier: [Question]) -> Question? {
        let code = map.requiredText("code", atMost: 40)
        let kind = map.requiredChoice("kind", as: Question.Kind.self, called: "kind of question")
        let text = map.requiredLocalized("question", atMost: 500)
        let hint = map.localized("hint", atMost: 500)
        let unit = map.text("unit", atMost: 20)
        let isRequired = map.flag("required", default: false)
        let hasValues = map.has("values")
        let values = values(map)
        let askedIf = map.mapping("asked_if").flatMap { condition($0, among: earlier, mustBeEarlier: true) }
        let isStaffOnly = map.flag("staff_only", default: false)
        map.finish()
        if let condition = askedIf, !isStaffOnly,
            earlier.contains(where: { $0.code == condition.question && $0.isStaffOnly })
        {
            map.fault(
                "asked_if",
                "\(condition.question) is for staff only, and who sees this answer knows that one; add staff_only: true"
            )
        }
        if isStaffOnly, kind == .information {
            map.fault("staff_only", "information is never answered, so there is nothing to keep from anybody")
        }
        if let code, !Self.isWellFormed(code) {
            map.fault("code", "the code \"\(FaultText.shown(code))\" must be 1 to 32 of A-Z, 0-9 and _, a letter first")
        }
        guard let code, let kind, let text else { return nil }
        checkShape(map, kind: kind, unit: unit, isRequired: isRequired, values: hasValues ? values.count : nil)
        return Question(
            code: code,
            kind: kind,
            question: text,
            hint: hint,
            unit: unit,
            isRequired: isRequired,
            values: values,
            askedIf: askedIf,
            isStaffOnly: isStaffOnly
        )
    }

    private func checkShape(_ map: YamlMapping, kind: Question.Kind, unit: String?, isRequired: Bool, values: Int?) {
        switch kind {
        case .singleValueList, .multiValueList:
            if values ?? 0 < 2 {
                map.fault("values", "a \(kind.rawValue) needs two values or more")
            }
        case .boolean:
            if values != nil {
                map.fault("values", "a boolean has the values yes and no by itself; leave \"values\" out")
            }
        default:
            if values != nil {
                map.fault("values", "a question of kind \(kind.rawValue) has no values")
            }
        }
        if unit != nil, kind != .number {
            map.fault("unit", "only a number has a unit")
        }
        if isRequired, kind == .information {
            map.fault("required", "information is never answered, so it cannot be required")
        }
    }

    private func values(_ map: YamlMapping) -> [QuestionValue] {
        var values: [QuestionValue] = []
        for node in map.list("values") {
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { continue }
            let key = entry.requiredText("key", atMost: 40)
            let name = entry.requiredLocalized("name", atMost: 200)
            entry.finish()
            guard let key, let name else { continue }
            guard Self.isWellFormed(key: key) else {
                entry.fault("key", "the key \"\(FaultText.shown(key))\" must be 1 to 40 of a-z, 0-9, hyphen and _")
                continue
            }
            if values.contains(where: { $0.key == key }) {
                entry.fault("key", "the key \"\(key)\" is listed twice")
                continue
            }
            values.append(QuestionValue(key: key, name: name))
        }
        return values
    }

    /// Conditions of `when`: one, or a list that must all be met.
    func conditions(_ map: YamlMapping, _ key: String, among questions: [Question]) -> [Condition] {
        map.list(key, orOne: true).compactMap { node in
            YamlMapping(node, in: node.file, map.faults).flatMap {
                condition($0, among: questions, mustBeEarlier: false)
            }
        }
    }

    private func condition(_ map: YamlMapping, among questions: [Question], mustBeEarlier: Bool) -> Condition? {
        let code = map.requiredText("question", atMost: 40)
        let hasKeys = map.has("is")
        let keys = map.texts("is", orOne: true)
        map.finish()
        if !hasKeys { map.fault("is", "the key \"is\" is missing: the answers that meet the condition") }
        guard let code, !keys.isEmpty else { return nil }
        guard let question = questions.first(where: { $0.code == code }) else {
            let place = mustBeEarlier ? "earlier question" : "question of this service"
            map.fault("question", FaultText.unknown(code, place, among: questions.map(\.code)))
            return nil
        }
        guard question.kind.hasValues else {
            map.fault(
                "question",
                "\(code) is a question of kind \(question.kind.rawValue); a condition needs one with values"
            )
            return nil
        }
        for key in keys where question.value(key.text) == nil {
            map.fault(at: key.mark, FaultText.unknown(key.text, "answer to \(code)", among: question.values.map(\.key)))
        }
        return Condition(question: code, keys: keys.map(\.text))
    }

    static func isWellFormed(_ code: String) -> Bool {
        guard (1...32).contains(code.utf8.count), let first = code.utf8.first, (65...90).contains(first) else {
            return false
        }
        return code.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    private static func isWellFormed(key: String) -> Bool {
        key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }
}
