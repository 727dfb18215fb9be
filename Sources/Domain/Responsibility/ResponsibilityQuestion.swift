/// The one question whose answer settles who leads.
///
/// It is only asked when the answers lead to different bodies.
public struct ResponsibilityQuestion: Sendable, Hashable, Codable {
    /// What is asked.
    public let kind: Kind

    /// Code of the catalogue's question when ``kind`` is ``Kind/answer``; nil otherwise.
    public let code: String?

    /// The question in words.
    public let text: LocalizedText

    /// The possible answers, most likely first.
    public let choices: [Choice]

    /// Key of the choice shown as chosen until the person decides; nil when nothing may be assumed.
    public let preselected: String?

    /// Whether "I do not know" may be answered; then the preselected one takes it, marked for staff.
    public let allowsDoNotKnow: Bool

    /// What a question is about.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Which of the roads near the place; the answer goes to `chosenRoad`.
        case road
        /// Which of the assets near the place; the answer goes to `chosenAsset`.
        case asset
        /// Which municipality; the answer goes to `chosenMunicipality`.
        case municipality
        /// What kind of property; the answer goes to `propertyType`.
        case propertyType = "property_type"
        /// A question of the catalogue; the answer goes to `answers`.
        case answer
    }

    /// One possible answer and what would follow from it.
    public struct Choice: Sendable, Hashable, Codable {
        /// What is sent back.
        public let key: String

        /// What is read.
        public let label: LocalizedText

        /// Who would lead.
        public let lead: Lead

        /// Metres from the place, for roads, assets and municipalities nearby.
        public let metres: Double?

        /// An answer.
        public init(key: String, label: LocalizedText, lead: Lead, metres: Double? = nil) {
            self.key = key
            self.label = label
            self.lead = lead
            self.metres = metres
        }
    }

    /// A question.
    public init(
        kind: Kind,
        code: String? = nil,
        text: LocalizedText,
        choices: [Choice],
        preselected: String?,
        allowsDoNotKnow: Bool
    ) {
        self.kind = kind
        self.code = code
        self.text = text
        self.choices = choices
        self.preselected = preselected
        self.allowsDoNotKnow = allowsDoNotKnow
    }

    private enum CodingKeys: String, CodingKey {
        case kind, code, text, choices, preselected
        case allowsDoNotKnow = "allows_do_not_know"
    }
}
