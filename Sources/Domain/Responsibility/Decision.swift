public import Foundation

/// Who answers for a matter at a place, why, and who does not: stored with the request and replayable as of its instant.
///
/// The same JSON in the database, in the API and from `hub311 route explain --json`.
public struct Decision: Sendable, Hashable {
    /// The one body that leads, or that it is undecided.
    public let lead: Lead

    /// Department of the lead; nil: the one its own catalogue names.
    public let department: String?

    /// What the front desk does.
    public let mode: HandlingMode

    /// Bodies that have a share in it, those that come first first.
    public let alsoTold: [AlsoTold]

    /// How sure the lead is.
    public let confidence: DecisionConfidence

    /// What the place was known by.
    public let rung: EvidenceRung

    /// Row of the agreement that decided; nil when the place alone did (outside, nobody known).
    public let ruleID: String?

    /// Version of the agreement.
    public let ruleVersion: String

    /// Boundary generation that answered; nil when none was asked.
    public let generation: GenerationID?

    /// The service part in question.
    public let part: ServicePart

    /// The public type the resident picked, where there is one.
    public let publicType: ServiceCode?

    /// The municipality the decision assumed; nil when none is known.
    public let municipality: JurisdictionID?

    /// The road the decision assumed; nil when no road mattered.
    public let road: NearbyRoad?

    /// The asset the decision assumed; nil when none mattered.
    public let asset: NearbyAsset?

    /// What to ask, when the answer would change the lead.
    public let question: ResponsibilityQuestion?

    /// Other bodies that came into question, each with the reason why not.
    public let rejected: [RejectedCandidate]

    /// One or two sentences for the resident.
    public let residentText: LocalizedText

    /// The same for staff, with ids, distances and versions.
    public let staffText: LocalizedText

    /// Marks for staff and figures, from ``Flag``.
    public let flags: [String]

    /// The instant the decision is made for, whole seconds.
    public let asOf: Date

    /// Marks a decision may carry.
    public enum Flag {
        /// Two rows of equal rank applied; the larger tier took it.
        public static let equalRank = "equal_rank"
        /// "I do not know" was answered: the stated order decided.
        public static let notKnown = "answered_do_not_know"
        /// The place is contested, and every candidate gave the same lead.
        public static let contestedPlace = "contested_place"
        /// The place lies in a gap, and every candidate gave the same lead.
        public static let gapPlace = "gap_place"
        /// The place is contested or lies in a gap, and the region has decided whose it is.
        public static let decidedPlace = "decided_place"
        /// The place is outside the region.
        public static let outside = "outside"
        /// The body an area or road names is neither tenant nor partner.
        public static let unknownBody = "unknown_body"
        /// No row of the agreement covers the case; the completeness check would have found it.
        public static let noRule = "no_rule"
        /// The service part is not in the taxonomy.
        public static let unknownPart = "unknown_part"
        /// The person named the road, and a road of that name is near.
        public static let roadByName = "road_by_name"
        /// No road near the place is called what the person said.
        public static let roadNameUnknown = "road_name_unknown"
        /// The road, asset or municipality that was chosen is not among those near the place.
        public static let choiceIgnored = "choice_ignored"
        /// The facts about the partner are older than twelve months.
        public static let referralUnconfirmed = "referral_unconfirmed"
    }

    /// A decision; the instant is cut to whole seconds so that it survives JSON.
    public init(
        lead: Lead,
        department: String? = nil,
        mode: HandlingMode,
        alsoTold: [AlsoTold] = [],
        confidence: DecisionConfidence,
        rung: EvidenceRung,
        ruleID: String?,
        ruleVersion: String,
        generation: GenerationID?,
        part: ServicePart,
        publicType: ServiceCode? = nil,
        municipality: JurisdictionID? = nil,
        road: NearbyRoad? = nil,
        question: ResponsibilityQuestion? = nil,
        rejected: [RejectedCandidate] = [],
        residentText: LocalizedText,
        staffText: LocalizedText,
        flags: [String] = [],
        asOf: Date,
        asset: NearbyAsset? = nil
    ) {
        self.lead = lead
        self.department = department
        self.mode = mode
        self.alsoTold = alsoTold
        self.confidence = confidence
        self.rung = rung
        self.ruleID = ruleID
        self.ruleVersion = ruleVersion
        self.generation = generation
        self.part = part
        self.publicType = publicType
        self.municipality = municipality
        self.road = road
        self.asset = asset
        self.question = question
        self.rejected = rejected
        self.residentText = residentText
        self.staffText = staffText
        self.flags = flags
        self.asOf = Date(timeIntervalSinceReferenceDate: asOf.timeIntervalSinceReferenceDate.rounded(.down))
    }
}

/// A body that came into question and does not lead.
public struct RejectedCandidate: Sendable, Hashable, Codable {
    /// The body.
    public let lead: Lead

    /// The row that would have made it lead; nil when the place alone would have.
    public let ruleID: String?

    /// Why it does not.
    public let reason: LocalizedText

    /// A body and the reason against it.
    public init(lead: Lead, ruleID: String? = nil, reason: LocalizedText) {
        self.lead = lead
        self.ruleID = ruleID
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case lead, reason
        case ruleID = "rule_id"
    }
}
