/// What a region decided about ground that two surveys claim or that none does, kept in its own file and applied to every import.
///
/// The raw answer of a place stays every area that covers it; a decision only says who answers among them.
public struct BoundaryDecision: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What the decision is about.
    public enum Matter: String, Sendable, Hashable, Codable, CaseIterable {
        /// Ground that areas claim together.
        case overlap
        /// Ground between areas that none claims.
        case gap
    }

    /// What was decided.
    public enum Verdict: Sendable, Hashable {
        /// One area answers on all of it.
        case priority(AreaID)
        /// The ground is divided along a line.
        case split(Division)
        /// Nothing: whoever asks is asked which one is meant.
        case leave
    }

    /// How ground is divided.
    public enum Division: Sendable, Hashable {
        /// Half way between the two borders.
        case middle
        /// Along a line of two vertices or more: one area answers left of it, seen along it, the other right.
        case line([Coordinate], left: AreaID, right: AreaID)
    }

    /// The layer.
    public let layer: LayerName

    /// Overlap or gap.
    public let matter: Matter

    /// The areas that claim the ground or lie around it, in any order.
    public let areas: [AreaID]

    /// Where, when only one place between these areas is meant; nil: everywhere between them.
    public let near: Coordinate?

    /// How far from ``near`` the ground may lie after the next survey, in metres.
    public let withinMetres: Double

    /// What was decided.
    public let verdict: Verdict

    /// Why, in the region's words.
    public let reason: String

    /// Who decided: a council, a resolution, a person in office.
    public let decidedBy: String

    /// The day it was decided.
    public let decidedOn: CalendarDay

    /// Metres a place may move between two surveys when the decision does not say.
    public static let usualTolerance = 50.0

    /// A decision.
    public init(
        layer: LayerName,
        matter: Matter,
        areas: [AreaID],
        near: Coordinate? = nil,
        withinMetres: Double = usualTolerance,
        verdict: Verdict,
        reason: String,
        decidedBy: String,
        decidedOn: CalendarDay
    ) {
        self.layer = layer
        self.matter = matter
        self.areas = areas
        self.near = near
        self.withinMetres = withinMetres
        self.verdict = verdict
        self.reason = reason
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
    }

    /// The verdict in a few words: `priority lakeside`, `split in the middle`, `leave`.
    public var summary: String {
        switch verdict {
        case .priority(let owner): "priority \(owner)"
        case .split(.middle): "split in the middle"
        case .split(.line(_, let left, let right)): "split, \(left) left and \(right) right of a line"
        case .leave: "leave"
        }
    }

    /// What, between whom, where, who decided and when.
    public var description: String {
        let place = near.map { " near \($0)" } ?? ""
        let areas = areas.map(\.rawValue).joined(separator: " and ")
        return "\(layer) \(matter.rawValue) of \(areas)\(place): \(summary) (\(decidedBy), \(decidedOn))"
    }
}

extension BoundaryDecision {
    private enum CodingKeys: String, CodingKey {
        case layer, areas, near, decision, owner, line, left, right, reason
        case matter = "kind"
        case withinMetres = "within_metres"
        case decidedBy = "decided_by"
        case decidedOn = "decided_on"
    }

    /// Reads the JSON form, spelled as the region's file spells it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let verdict: Verdict =
            switch try values.decode(String.self, forKey: .decision) {
            case "priority": .priority(try values.decode(AreaID.self, forKey: .owner))
            case "split":
                if let line = try values.decodeIfPresent([Coordinate].self, forKey: .line) {
                    .split(
                        .line(
                            line,
                            left: try values.decode(AreaID.self, forKey: .left),
                            right: try values.decode(AreaID.self, forKey: .right)
                        )
                    )
                } else {
                    .split(.middle)
                }
            case "leave": .leave
            default:
                throw DecodingError.dataCorruptedError(
                    forKey: .decision,
                    in: values,
                    debugDescription: "a decision is priority, split or leave"
                )
            }
        self.init(
            layer: try values.decode(LayerName.self, forKey: .layer),
            matter: try values.decode(Matter.self, forKey: .matter),
            areas: try values.decode([AreaID].self, forKey: .areas),
            near: try values.decodeIfPresent(Coordinate.self, forKey: .near),
            withinMetres: try values.decode(Double.self, forKey: .withinMetres),
            verdict: verdict,
            reason: try values.decode(String.self, forKey: .reason),
            decidedBy: try values.decode(String.self, forKey: .decidedBy),
            decidedOn: try values.decode(CalendarDay.self, forKey: .decidedOn)
        )
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(layer, forKey: .layer)
        try values.encode(matter, forKey: .matter)
        try values.encode(areas, forKey: .areas)
        try values.encodeIfPresent(near, forKey: .near)
        try values.encode(withinMetres, forKey: .withinMetres)
        try values.encode(reason, forKey: .reason)
        try values.encode(decidedBy, forKey: .decidedBy)
        try values.encode(decidedOn, forKey: .decidedOn)
        switch verdict {
        case .priority(let owner):
            try values.encode("priority", forKey: .decision)
            try values.encode(owner, forKey: .owner)
        case .split(let division):
            try values.encode("split", forKey: .decision)
            guard case .line(let line, let left, let right) = division else { return }
            try values.encode(line, forKey: .line)
            try values.encode(left, forKey: .left)
            try values.encode(right, forKey: .right)
        case .leave: try values.encode("leave", forKey: .decision)
        }
    }
}
