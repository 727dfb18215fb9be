public import Domain

/// One finding with the decision that settles it: the ground, and how to tell on which side of it a place lies.
public struct DecidedGround: Sendable, Hashable, Codable {
    /// Part of the ground's outline beyond which only one area lies.
    public struct Side: Sendable, Hashable, Codable {
        /// The area beyond it.
        public let owner: AreaID
        /// The lines, as whole billionths of a degree: longitude and latitude of each vertex in turn.
        let lines: [[Int64]]
    }

    /// The finding's name in the check it came from.
    public let finding: String

    /// What was decided.
    public let decision: BoundaryDecision

    /// The outline by who lies beyond; empty unless the ground is split in the middle.
    public let sides: [Side]

    /// The ground itself; not written to JSON, since it is stored as a geometry.
    public var ground: AreaGeometry

    private enum CodingKeys: String, CodingKey {
        case finding, decision, sides
    }

    init(finding: BoundaryFinding, decision: BoundaryDecision, sides: [Side]) {
        self.finding = finding.id
        self.decision = decision
        self.sides = sides
        ground = finding.ground
    }

    /// Reads what was stored beside the ground; the ground itself is to be set.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        finding = try values.decode(String.self, forKey: .finding)
        decision = try values.decode(BoundaryDecision.self, forKey: .decision)
        sides = try values.decode([Side].self, forKey: .sides)
        ground = AreaGeometry(polygons: [])
    }
}

extension DecidedGround.Side {
    init(owner: AreaID, edges: [(Coordinate, Coordinate)]) {
        self.owner = owner
        lines = edges.map {
            [$0.0.longitudeNano, $0.0.latitudeNano, $0.1.longitudeNano, $0.1.latitudeNano]
        }
    }

    /// The lines as places.
    var places: [[Coordinate]] {
        lines.map { numbers in
            stride(from: 0, to: numbers.count - 1, by: 2).map {
                Coordinate(trustedLatitudeNano: numbers[$0 + 1], longitudeNano: numbers[$0])
            }
        }
    }
}
