/// What a type of request says about the work done on it: when it is complete, and what a crew checks.
///
/// Data of the tenant's files, key `work` of a type in `services.yml` or a template; a type without it has no checklist and is completed by a person.
public struct FieldWork: Sendable, Hashable, Codable {
    /// When a request of the type is complete.
    public let completion: Completion

    /// What a crew checks, in order.
    public let checklist: Checklist

    /// When a request is complete once all its orders have ended.
    public enum Completion: String, Sendable, Hashable, Codable, CaseIterable {
        /// A person of the department reads the report and says so.
        case byPerson = "by_person"
        /// With the last order that ends, by the outcome of the work.
        case withLastOrder = "with_last_order"
    }

    /// What a type without the key gets.
    public static let none = FieldWork(completion: .byPerson, checklist: Checklist([]))

    /// Both parts.
    public init(completion: Completion, checklist: Checklist) {
        self.completion = completion
        self.checklist = checklist
    }
}

/// What a crew checks and measures at a place, by type of request.
public struct Checklist: Sendable, Hashable, Codable {
    /// Its points, in order.
    public let items: [Item]

    /// One point.
    public struct Item: Sendable, Hashable, Codable {
        /// Code, unique in the list: `CONES`.
        public let code: String
        /// How it is answered.
        public let kind: Kind
        /// The point in words.
        public let text: LocalizedText
        /// Unit of a number: `cm`.
        public let unit: String?
        /// Whether a finished order must have it.
        public let isRequired: Bool

        /// All parts.
        public init(code: String, kind: Kind, text: LocalizedText, unit: String? = nil, isRequired: Bool = false) {
            self.code = code
            self.kind = kind
            self.text = text
            self.unit = unit
            self.isRequired = isRequired
        }

        private enum CodingKeys: String, CodingKey {
            case code, kind, text, unit
            case isRequired = "required"
        }
    }

    /// How a point is answered.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Done or not: the answer is `yes`.
        case tick
        /// A plain number, `4` or `0.5`.
        case number
        /// Words, at most 500 characters.
        case text
    }

    /// Points in the order they are shown.
    public init(_ items: [Item]) {
        self.items = items
    }

    /// Most characters of an answer in words.
    public static let longestAnswer = 500

    /// What is wrong with the answers of a finished order; none when all is right.
    ///
    /// The field of a fault is `check.<code>`. Answers to points the list does not have are faults, too: they would be lost unseen.
    ///
    /// - Parameter workWasDone: False where there was nothing to do; then no point is required.
    public func faults(in answers: [String: String], workWasDone: Bool = true) -> [FieldFault] {
        var faults: [FieldFault] = []
        for item in items {
            guard let answer = answers[item.code], !answer.isEmpty else {
                if item.isRequired, workWasDone { faults.append(.missing("check.\(item.code)")) }
                continue
            }
            if let fault = item.fault(of: answer) { faults.append(fault) }
        }
        let known = Set(items.map(\.code))
        for code in answers.keys.sorted() where !known.contains(code) {
            faults.append(
                FieldFault(
                    field: "check.\(FieldFault.excerpt(code))",
                    code: .unknown,
                    fault: LocalizedText(
                        english: "is no point of this checklist",
                        french: "n’est pas un point de cette liste"
                    )
                )
            )
        }
        return faults
    }
}

extension Checklist.Item {
    fileprivate func fault(of answer: String) -> FieldFault? {
        switch kind {
        case .tick where answer != "yes":
            FieldFault(
                field: "check.\(code)",
                code: .malformed,
                fault: LocalizedText(english: "is ticked or not", french: "est coché ou non"),
                expected: LocalizedText(same: "yes")
            )
        case .number where PlainDecimal.read(answer) == nil:
            FieldFault(
                field: "check.\(code)",
                code: .malformed,
                fault: LocalizedText(english: "is no number", french: "n’est pas un nombre"),
                expected: LocalizedText(
                    english: "a number such as 4 or 0.5",
                    french: "un nombre comme 4 ou 0.5"
                )
            )
        case .text where answer.unicodeScalars.count > Checklist.longestAnswer:
            FieldFault(
                field: "check.\(code)",
                code: .tooLong,
                fault: LocalizedText(english: "is too long", french: "est trop long"),
                expected: LocalizedText(english: "at most 500 characters", french: "au plus 500 caractères")
            )
        default: nil
        }
    }
}
