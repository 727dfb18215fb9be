/// One question of a service definition; an attribute in Open311's words.
public struct Question: Sendable, Hashable, Codable {
    /// Code of the answer: `SURFACE`; unique within the service.
    public let code: String

    /// What kind of answer is right.
    public let kind: Kind

    /// The question as people read it.
    public let question: LocalizedText

    /// A word of help below it.
    public let hint: LocalizedText?

    /// Unit of a number: `cm`.
    public let unit: String?

    /// Whether it must be answered when it is asked.
    public let isRequired: Bool

    /// What can be chosen; two or more for lists, `yes` and `no` for ``Kind/boolean``, else empty.
    public let values: [QuestionValue]

    /// Asked only when this holds; nil means always.
    public let askedIf: Condition?

    /// Whether the answer is for the lead's staff alone: a witness's word, a licence plate, a client number.
    ///
    /// No public list, page, extension or copy shows it; see ``StaffOnlyAnswers``.
    public let isStaffOnly: Bool

    /// Kinds of answer; raw values are the words of YAML.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// One line of text.
        case string
        /// Several lines of text.
        case text
        /// A decimal number in the question's unit.
        case number
        /// A day, or an instant with its zone.
        case datetime
        /// Yes or no; goes over Open311 as a list of those two keys.
        case boolean
        /// Exactly one key.
        case singleValueList = "singlevaluelist"
        /// One key or several, each once.
        case multiValueList = "multivaluelist"
        /// Text for the reader; never answered (`variable` is false in Open311).
        case information

        /// Whether answers are keys of ``Question/values``.
        public var hasValues: Bool {
            self == .boolean || self == .singleValueList || self == .multiValueList
        }
    }

    /// All parts; a yes-or-no question gets its two values by itself.
    public init(
        code: String,
        kind: Kind,
        question: LocalizedText,
        hint: LocalizedText? = nil,
        unit: String? = nil,
        isRequired: Bool = false,
        values: [QuestionValue] = [],
        askedIf: Condition? = nil,
        isStaffOnly: Bool = false
    ) {
        self.code = code
        self.kind = kind
        self.question = question
        self.hint = hint
        self.unit = unit
        self.isRequired = isRequired
        self.values = kind == .boolean ? [.yes, .no] : values
        self.askedIf = askedIf
        self.isStaffOnly = isStaffOnly
    }

    /// Reads a stored question; one stored before the mark existed is for everybody.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        code = try stored.decode(String.self, forKey: .code)
        kind = try stored.decode(Kind.self, forKey: .kind)
        question = try stored.decode(LocalizedText.self, forKey: .question)
        hint = try stored.decodeIfPresent(LocalizedText.self, forKey: .hint)
        unit = try stored.decodeIfPresent(String.self, forKey: .unit)
        isRequired = try stored.decode(Bool.self, forKey: .isRequired)
        values = try stored.decode([QuestionValue].self, forKey: .values)
        askedIf = try stored.decodeIfPresent(Condition.self, forKey: .askedIf)
        isStaffOnly = try stored.decodeIfPresent(Bool.self, forKey: .isStaffOnly) ?? false
    }

    /// Writes a question; the mark only where it is set, so that what was stored before stays as it was.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(code, forKey: .code)
        try stored.encode(kind, forKey: .kind)
        try stored.encode(question, forKey: .question)
        try stored.encodeIfPresent(hint, forKey: .hint)
        try stored.encodeIfPresent(unit, forKey: .unit)
        try stored.encode(isRequired, forKey: .isRequired)
        try stored.encode(values, forKey: .values)
        try stored.encodeIfPresent(askedIf, forKey: .askedIf)
        if isStaffOnly { try stored.encode(true, forKey: .isStaffOnly) }
    }

    /// The value with a key; nil when there is none.
    public func value(_ key: String) -> QuestionValue? {
        values.first { $0.key == key }
    }

    private enum CodingKeys: String, CodingKey {
        case code
        case kind
        case question
        case hint
        case unit
        case isRequired = "required"
        case values
        case askedIf = "asked_if"
        case isStaffOnly = "staff_only"
    }
}

/// One thing that can be chosen.
public struct QuestionValue: Sendable, Hashable, Codable {
    /// What software sends.
    public let key: String

    /// What people read.
    public let name: LocalizedText

    /// Both parts.
    public init(key: String, name: LocalizedText) {
        self.key = key
        self.name = name
    }

    /// The first answer of a yes-or-no question.
    public static let yes = QuestionValue(key: "yes", name: LocalizedText(english: "Yes", french: "Oui"))

    /// The second answer of a yes-or-no question.
    public static let no = QuestionValue(key: "no", name: LocalizedText(english: "No", french: "Non"))
}
