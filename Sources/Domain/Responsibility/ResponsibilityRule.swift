/// One dated row of the agreement: in these cases this body leads, and this is the sentence that says why.
///
/// Of all rows that apply, the most specific decides; `HowADecisionIsMade` states the order. Two rows of equal rank are an error found
/// before publication.
public struct ResponsibilityRule: Sendable, Hashable, Codable, Identifiable {
    /// Id of the row, kept with every decision it made; never reused for something else.
    public let id: String

    /// When it applies.
    public let conditions: RuleConditions

    /// Who leads.
    public let lead: LeadExpression

    /// Department of the lead; nil: the one its own catalogue names.
    public let department: String?

    /// What the front desk does; nil: take for a tenant, refer for a partner.
    public let mode: HandlingMode?

    /// What to ask when the case lacks a fact that would change the lead.
    public let question: RuleQuestion?

    /// Why, for the resident, with blanks such as `{body}` and `{road}`.
    public let explanation: LocalizedText

    /// Where the rule comes from: statute, by-law, agreement.
    public let source: String

    /// Place in the agreement's files, `rules.yml:41`, for messages; nil for rules made in the program.
    public let row: String?

    /// All parts.
    public init(
        id: String,
        conditions: RuleConditions,
        lead: LeadExpression,
        department: String? = nil,
        mode: HandlingMode? = nil,
        question: RuleQuestion? = nil,
        explanation: LocalizedText,
        source: String,
        row: String? = nil
    ) {
        self.id = id
        self.conditions = conditions
        self.lead = lead
        self.department = department
        self.mode = mode
        self.question = question
        self.explanation = explanation
        self.source = source
        self.row = row
    }
}

/// A question a rule brings: which fact it is about and what can be answered.
public struct RuleQuestion: Sendable, Hashable, Codable {
    /// The fact the answer settles.
    public let about: Subject

    /// The question.
    public let text: LocalizedText

    /// The possible answers, in order.
    public let choices: [Choice]

    /// What a question is about.
    public enum Subject: Sendable, Hashable {
        /// The kind of property.
        case propertyType
        /// The answer to a question of the catalogue, by its code.
        case answer(String)
    }

    /// One possible answer.
    public struct Choice: Sendable, Hashable, Codable {
        /// What is stored.
        public let key: String

        /// What is read.
        public let label: LocalizedText

        /// A key and its label.
        public init(key: String, label: LocalizedText) {
            self.key = key
            self.label = label
        }
    }

    /// A question.
    public init(about: Subject, text: LocalizedText, choices: [Choice]) {
        self.about = about
        self.text = text
        self.choices = choices
    }
}

extension RuleQuestion.Subject: Codable {
    /// Reads `property_type` or `answer:CODE`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        self = text.hasPrefix("answer:") ? .answer(String(text.dropFirst(7))) : .propertyType
    }

    /// Writes `property_type` or `answer:CODE`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .propertyType: try container.encode("property_type")
        case .answer(let code): try container.encode("answer:\(code)")
        }
    }
}
