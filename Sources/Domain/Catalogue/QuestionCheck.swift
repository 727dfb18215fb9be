/// Checks the answer to one question.
struct QuestionCheck {
    let question: Question
    let field: String
    private(set) var faults: [FieldFault] = []

    init(question: Question, field: String) {
        self.question = question
        self.field = field
    }

    /// The answer as it is stored; nil, with a fault, when it is wrong.
    ///
    /// Never called with nothing.
    mutating func check(_ given: [String]) -> [String]? {
        switch question.kind {
        case .multiValueList:
            return keys(given)
        case .singleValueList, .boolean:
            guard let one = one(of: given) else { return nil }
            return keys([one])
        case .number:
            return one(of: given).flatMap { number($0) }
        case .datetime:
            return one(of: given).flatMap { dateTime($0) }
        case .string:
            return one(of: given).flatMap { text($0, atMost: AnswerCheck.longestString, onOneLine: true) }
        case .text:
            return one(of: given).flatMap { text($0, atMost: AnswerCheck.longestText, onOneLine: false) }
        case .information:
            return nil
        }
    }

    private mutating func add(_ code: FieldFault.Code, _ fault: LocalizedText, _ expected: LocalizedText) {
        faults.append(FieldFault(field: field, code: code, fault: fault, expected: expected))
    }

    private mutating func one(of given: [String]) -> String? {
        guard given.count == 1 else {
            add(
                .repeated,
                LocalizedText(english: "has \(given.count) values", french: "a \(given.count) valeurs"),
                LocalizedText(english: "one is right", french: "il en faut une seule")
            )
            return nil
        }
        return given[0]
    }

    private mutating func keys(_ given: [String]) -> [String]? {
        var chosen: [String] = []
        for key in given {
            guard question.value(key) != nil else {
                let shown = FieldFault.excerpt(key)
                let known = question.values.map(\.key).joined(separator: ", ")
                add(
                    .unknown,
                    LocalizedText(
                        english: "has the unknown value \"\(shown)\"",
                        french: "a la valeur inconnue « \(shown) »"
                    ),
                    LocalizedText(english: "one of \(known)", french: "une de \(known)")
                )
                return nil
            }
            if !chosen.contains(key) { chosen.append(key) }
        }
        return chosen
    }

    private mutating func number(_ text: String) -> [String]? {
        guard PlainDecimal.read(text) != nil else {
            let shown = FieldFault.excerpt(text)
            add(
                .malformed,
                LocalizedText(english: "is no number: \"\(shown)\"", french: "n’est pas un nombre : « \(shown) »"),
                LocalizedText(english: "write it as 12 or 12.5", french: "écrivez 12 ou 12.5")
            )
            return nil
        }
        return [text]
    }

    private mutating func dateTime(_ text: String) -> [String]? {
        guard W3CDateTime.isWellFormed(text) else {
            let shown = FieldFault.excerpt(text)
            add(
                .malformed,
                LocalizedText(
                    english: "is no date or time: \"\(shown)\"",
                    french: "n’est ni date ni heure : « \(shown) »"
                ),
                LocalizedText(
                    english: "write it as 2026-04-01 or 2026-04-01T14:30:00-04:00",
                    french: "écrivez 2026-04-01 ou 2026-04-01T14:30:00-04:00"
                )
            )
            return nil
        }
        return [text]
    }

    private mutating func text(_ text: String, atMost limit: Int, onOneLine: Bool) -> [String]? {
        // No more bytes than allowed code points: no need to count.
        guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
            let count = text.unicodeScalars.count
            add(
                .tooLong,
                LocalizedText(english: "has \(count) characters", french: "a \(count) caractères"),
                LocalizedText(english: "at most \(limit)", french: "au plus \(limit)")
            )
            return nil
        }
        guard !Self.hasControl(text) else {
            add(
                .malformed,
                LocalizedText(english: "contains control characters", french: "contient des caractères de commande"),
                LocalizedText(english: "plain text", french: "du texte simple")
            )
            return nil
        }
        guard onOneLine else { return [text] }
        return [text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")]
    }

    /// Whether a control character other than line ends and tabs stands in the text: U+0000 to U+001F and U+007F to U+009F.
    private static func hasControl(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0x7F..<0xA0: true
            default: false
            }
        }
    }
}
