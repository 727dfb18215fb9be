/// A second body that has work to do in the same matter: one reference, several bodies, each with its part.
public struct AlsoTold: Sendable, Hashable, Codable {
    /// The body told; never undecided.
    public let lead: Lead

    /// The service part that is its share.
    public let part: ServicePart

    /// The public type of the child request, when the body is a tenant; nil when it is only told.
    public let publicType: ServiceCode?

    /// Told before the lead acts, because there is danger: the distributor when a tree is on a wire.
    public let first: Bool

    /// Id of the row that said so.
    public let ruleID: String

    /// Why, for the resident.
    public let reason: LocalizedText

    /// A body, its part and the reason.
    public init(
        lead: Lead,
        part: ServicePart,
        publicType: ServiceCode? = nil,
        first: Bool = false,
        ruleID: String,
        reason: LocalizedText
    ) {
        self.lead = lead
        self.part = part
        self.publicType = publicType
        self.first = first
        self.ruleID = ruleID
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case lead, part, first, reason
        case publicType = "public_type"
        case ruleID = "rule_id"
    }
}

/// A dated row that adds a body to whoever leads.
///
/// All rows that apply count; none of them ever changes the lead.
public struct AlsoToldRule: Sendable, Hashable, Codable, Identifiable {
    /// Id of the row.
    public let id: String

    /// When it applies.
    public let conditions: RuleConditions

    /// Who is told.
    public let body: LeadExpression

    /// The service part that is its share.
    public let part: ServicePart

    /// Public type of the child request, when there is one.
    public let publicType: ServiceCode?

    /// Told before the lead acts.
    public let first: Bool

    /// Why, for the resident, with blanks.
    public let explanation: LocalizedText

    /// Where the row comes from.
    public let source: String

    /// Place in the agreement's files.
    public let row: String?

    /// All parts.
    public init(
        id: String,
        conditions: RuleConditions,
        body: LeadExpression,
        part: ServicePart,
        publicType: ServiceCode? = nil,
        first: Bool = false,
        explanation: LocalizedText,
        source: String,
        row: String? = nil
    ) {
        self.id = id
        self.conditions = conditions
        self.body = body
        self.part = part
        self.publicType = publicType
        self.first = first
        self.explanation = explanation
        self.source = source
        self.row = row
    }

    private enum CodingKeys: String, CodingKey {
        case id, conditions, body, part, first, explanation, source, row
        case publicType = "public_type"
    }
}
