/// Whose place it is by a decision of the region, where surveys overlap or leave a gap: a fact beside the raw answer, never in its place.
public struct DecidedOwner: Sendable, Hashable, Codable {
    /// The area that answers; its layer is the layer decided for.
    public let area: CoveringArea

    /// The decision in a few words: `priority lakeside`.
    public let decision: String

    /// Why, in the region's words.
    public let reason: String

    /// Who decided.
    public let decidedBy: String

    /// The day it was decided.
    public let decidedOn: CalendarDay

    /// An area by a decision.
    public init(area: CoveringArea, by decision: BoundaryDecision) {
        self.area = area
        self.decision = decision.summary
        reason = decision.reason
        decidedBy = decision.decidedBy
        decidedOn = decision.decidedOn
    }

    private enum CodingKeys: String, CodingKey {
        case area, decision, reason
        case decidedBy = "decided_by"
        case decidedOn = "decided_on"
    }
}
