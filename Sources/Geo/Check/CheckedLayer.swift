import Domain

/// One layer under check: its areas as shapes of GEOS, in the stated order.
struct CheckedLayer {
    /// One area.
    struct Member {
        let feature: BoundaryFeature
        let box: CoordinateBox
        let shape: Shape
        /// The municipality it lies in, for layers that subdivide municipalities.
        let municipality: AreaID?
    }

    let layer: LayerName
    let members: [Member]
    let limits: BoundaryCheck
    let region: CheckedRegion
    let engine: GeometryEngine

    init(
        _ layer: LayerName,
        of features: [BoundaryFeature],
        limits: BoundaryCheck,
        region: CheckedRegion,
        engine: GeometryEngine
    ) throws(GeometryFault) {
        var members: [Member] = []
        let ordered = features.filter { $0.layer == layer }.sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
        for feature in ordered {
            guard let box = feature.geometry.box else { continue }
            let shape = try engine.shape(of: feature.geometry)
            var municipality: AreaID?
            if layer != .municipality, let inside = try shape.placeInside() {
                municipality = try region.municipality(at: inside)
            }
            members.append(Member(feature: feature, box: box, shape: shape, municipality: municipality))
        }
        self.layer = layer
        self.members = members
        self.limits = limits
        self.region = region
        self.engine = engine
    }

    /// Pieces of ground larger than rounding; nil when there are none.
    func ground(_ shape: Shape) throws(GeometryFault) -> GroundPieces? {
        GroundPieces(try shape.geometry(), smallest: limits.smallestOverlap, engine: engine)
    }

    /// The municipality that all of some areas lie in; nil when they lie in several, or the layer is the municipal one.
    func survey(of areas: [Member]) -> AreaID? {
        guard let first = areas.first?.municipality, areas.allSatisfy({ $0.municipality == first }) else { return nil }
        return first
    }

    /// The areas that touch a piece of ground, with a hair's breadth for what rounding moved.
    func neighbours(of ground: AreaGeometry, _ shape: Shape) throws(GeometryFault) -> [Member] {
        guard let box = ground.box else { return [] }
        var found: [Member] = []
        for member in members where member.box.touches(box) {
            if try member.shape.isWithin(2e-9, of: shape) { found.append(member) }
        }
        return found
    }
}

extension CheckedLayer {
    /// Ground claimed by two areas, and areas that lie on top of others.
    func overlaps() throws(GeometryFault) -> [BoundaryFinding] {
        var found: [BoundaryFinding] = []
        var under: [Int: [Int]] = [:]
        // From west to east: only areas whose boxes share longitudes meet.
        let order = members.indices.sorted { members[$0].box.west < members[$1].box.west }
        for (position, one) in order.enumerated() {
            for other in order[(position + 1)...] {
                guard members[other].box.west <= members[one].box.east else { break }
                let (first, second) = (members[min(one, other)], members[max(one, other)])
                guard first.box.touches(second.box), try first.shape.touches(second.shape),
                    let ground = try ground(first.shape.intersection(second.shape))
                else { continue }
                let sizes = (first.feature.geometry.squareMetres, second.feature.geometry.squareMetres)
                if ground.squareMetres >= limits.shareOnTop * min(sizes.0, sizes.1) {
                    let (upper, lower) =
                        sizes.0 >= sizes.1 ? (min(one, other), max(one, other)) : (max(one, other), min(one, other))
                    under[upper, default: []].append(lower)
                    continue
                }
                found.append(
                    BoundaryFinding(
                        kind: .overlap,
                        severity: limits.severity(of: ground),
                        layer: layer,
                        owners: [first.feature, second.feature],
                        within: survey(of: [first, second]),
                        ground: ground
                    )
                )
            }
        }
        for (upper, lower) in under.sorted(by: { $0.key < $1.key }) {
            if let finding = try onTop(members[upper], lower.sorted().map { members[$0] }) { found.append(finding) }
        }
        return found
    }

    private func onTop(_ upper: Member, _ lower: [Member]) throws(GeometryFault) -> BoundaryFinding? {
        let covered = AreaGeometry(polygons: lower.flatMap(\.feature.geometry.polygons))
        guard let ground = try ground(upper.shape.intersection(try engine.shape(of: covered).union())) else {
            return nil
        }
        return BoundaryFinding(
            kind: .liesOver,
            // Two towns on the same ground would make every street of one a question; a ward at large is meant so.
            severity: layer == .municipality ? .blocks : .ask,
            layer: layer,
            owners: [upper.feature] + lower.map(\.feature),
            within: survey(of: [upper] + lower),
            ground: ground,
            remark: "\(upper.feature.name) lies on top of \(lower.count) other area(s)"
        )
    }

    /// Scraps of an area apart from the rest of it, against another area's border.
    func slivers() throws(GeometryFault) -> [BoundaryFinding] {
        var found: [BoundaryFinding] = []
        for member in members where member.feature.geometry.polygons.count > 1 {
            let parts = member.feature.geometry.polygons.map { AreaGeometry(polygons: [$0]) }
            let largest = parts.map(\.squareMetres).max() ?? 0
            for part in parts {
                let surface = part.squareMetres
                guard surface < limits.sliverSurface, surface < largest / 100 else { continue }
                let shape = try engine.shape(of: part)
                let others = try neighbours(of: part, shape).filter { $0.feature.id != member.feature.id }
                guard !others.isEmpty || surface < limits.islandSurface,
                    let ground = GroundPieces(part, engine: engine)
                else { continue }
                found.append(
                    BoundaryFinding(
                        kind: .sliver,
                        severity: limits.severity(of: ground),
                        layer: layer,
                        owners: [member.feature] + others.map(\.feature),
                        within: survey(of: [member] + others),
                        ground: ground,
                        remark: "a part of \(member.feature.name) apart from the rest of it"
                    )
                )
            }
        }
        return found
    }
}
