public import struct Foundation.Date

/// Everything a decision depends on, and nothing else: the same query gives the same decision for ever.
public struct DecisionQuery: Sendable, Hashable, Codable {
    /// What is known of the place.
    public let place: PlaceFacts

    /// The service part in question.
    public let part: ServicePart

    /// The public type the resident picked, where there is one.
    public let publicType: ServiceCode?

    /// Answers to the type's questions.
    public let answers: Answers

    /// Answer to "which road?": the id of a road near the place, or ``doNotKnow``.
    public let chosenRoad: String?

    /// Answer to "which light?": the id or number of an asset near the place, or ``doNotKnow``.
    public let chosenAsset: String?

    /// The road as the person calls it: `Highway 7`; an official or a spoken name.
    public let roadName: String?

    /// Answer to "which municipality?": its id, or ``doNotKnow``.
    public let chosenMunicipality: String?

    /// Kind of property: `home`, `shop`, `park`, `private`; nil when not asked.
    public let propertyType: String?

    /// The instant the question is about; day, hour and season are taken from it in the agreement's time zone.
    public let at: Date

    /// What the place is known by.
    public let rung: EvidenceRung

    /// Day by which the hub promises an answer when nobody can be named yet; goes into the sentence.
    public let answerBy: CalendarDay?

    /// The answer "I do not know": the stated order decides, and staff see that it did.
    public static let doNotKnow = "do_not_know"

    /// A query.
    public init(
        place: PlaceFacts,
        part: ServicePart,
        publicType: ServiceCode? = nil,
        answers: Answers = Answers(),
        chosenRoad: String? = nil,
        chosenMunicipality: String? = nil,
        propertyType: String? = nil,
        at: Date,
        rung: EvidenceRung,
        answerBy: CalendarDay? = nil,
        chosenAsset: String? = nil,
        roadName: String? = nil
    ) {
        self.place = place
        self.part = part
        self.publicType = publicType
        self.answers = answers
        self.chosenRoad = chosenRoad
        self.chosenMunicipality = chosenMunicipality
        self.propertyType = propertyType
        self.at = at
        self.rung = rung
        self.answerBy = answerBy
        self.chosenAsset = chosenAsset
        self.roadName = roadName
    }

    private enum CodingKeys: String, CodingKey {
        case place, part, answers, at, rung
        case publicType = "public_type"
        case chosenRoad = "chosen_road"
        case chosenMunicipality = "chosen_municipality"
        case propertyType = "property_type"
        case answerBy = "answer_by"
        case chosenAsset = "chosen_asset"
        case roadName = "road_name"
    }
}
