public import Domain

/// Holds the region's decisions against what a check found: which decision settles which finding, and what is left over on either side.
///
/// A finding is known again by its layer, its areas and, where the decision names a place, by the distance from it to the ground: surveys
/// are drawn anew and their ids stay.
public struct DecisionMatching: Sendable {
    private let decisions: [BoundaryDecision]

    /// The decisions of a region.
    ///
    /// One that names a place goes before one for everywhere between the same areas; among equals the first of the file.
    public init(_ decisions: [BoundaryDecision]) { self.decisions = decisions }

    /// Puts each decision beside the findings it settles and lists those that settle nothing.
    ///
    /// - Returns: The ground of every settled finding, for answering.
    /// - Throws: ``GeometryFault`` when GEOS gives up.
    public func callAsFunction(
        _ report: inout BoundaryCheckReport,
        features: [BoundaryFeature]
    ) throws(GeometryFault) -> [DecidedGround] {
        let engine = try GeometryEngine()
        var areas: [LayerName: [AreaID: BoundaryFeature]] = [:]
        for feature in features { areas[feature.layer, default: [:]][feature.id] = feature }
        var used: Set<BoundaryDecision> = []
        var chosen: [String: BoundaryDecision] = [:]
        var grounds: [DecidedGround] = []
        for finding in report.findings {
            guard let decision = try decision(for: finding, engine) else { continue }
            used.insert(decision)
            chosen[finding.id] = decision
            var sides: [DecidedGround.Side] = []
            if decision.verdict == .split(.middle) {
                let owners = finding.owners.compactMap { areas[finding.layer]?[$0.id] }
                sides = try Self.sides(of: finding, owners, engine)
            }
            grounds.append(DecidedGround(finding: finding, decision: decision, sides: sides))
        }
        report.decide { chosen[$0.id] }
        report.unmatchedDecisions = decisions.filter { !used.contains($0) }
        return grounds
    }

    private func decision(for finding: BoundaryFinding, _ engine: GeometryEngine) throws(GeometryFault)
        -> BoundaryDecision?
    {
        guard let matter = finding.kind.matter else { return nil }
        let owners = Set(finding.owners.map(\.id))
        let candidates = decisions.filter {
            $0.layer == finding.layer && $0.matter == matter && Set($0.areas) == owners
        }
        for decision in candidates {
            guard let near = decision.near else { continue }
            // Degrees of longitude are the shorter ones, so the net is cast a little wide and measured afterwards.
            let shape = try engine.shape(of: finding.ground)
            guard let nearest = try shape.nearestPlace(to: try engine.shape(of: near)) else { continue }
            if GroundScale(around: near).metres(from: near, to: nearest) <= decision.withinMetres { return decision }
        }
        return candidates.first { $0.near == nil }
    }

    /// Sorts the edges of the ground by the area that lies beyond them.
    ///
    /// In a gap that is the area whose border the edge is. In an overlap it is the other one: where one area's claim ends, only the other goes on.
    private static func sides(of finding: BoundaryFinding, _ owners: [BoundaryFeature], _ engine: GeometryEngine)
        throws(GeometryFault) -> [DecidedGround.Side]
    {
        var borders: [Shape] = []
        for owner in owners { borders.append(try engine.shape(of: owner.geometry).border()) }
        var edges = [[(Coordinate, Coordinate)]](repeating: [], count: owners.count)
        for ring in finding.ground.polygons.flatMap(\.rings) {
            for (from, to) in zip(ring, ring.dropFirst()) {
                let middle = Coordinate(
                    trustedLatitudeNano: from.latitudeNano + (to.latitudeNano - from.latitudeNano) / 2,
                    longitudeNano: from.longitudeNano + (to.longitudeNano - from.longitudeNano) / 2
                )
                let point = try engine.shape(of: middle)
                for (position, border) in borders.enumerated() {
                    guard try border.isWithin(3e-9, of: point) else { continue }
                    if finding.kind == .overlap {
                        for other in owners.indices where other != position { edges[other].append((from, to)) }
                    } else {
                        edges[position].append((from, to))
                    }
                }
            }
        }
        return owners.indices.map { DecidedGround.Side(owner: owners[$0].id, edges: edges[$0]) }
    }
}

extension BoundaryFinding.Kind {
    /// What a decision calls it; nil for what nobody can decide but by mending the survey.
    var matter: BoundaryDecision.Matter? {
        switch self {
        case .overlap, .liesOver: .overlap
        case .gap, .hole, .unclaimed: .gap
        case .sliver, .outsideUpperTier, .insideUpperTier, .selfCrossing, .duplicateID: nil
        }
    }
}
