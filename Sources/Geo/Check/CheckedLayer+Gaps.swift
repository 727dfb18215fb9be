import Domain

extension CheckedLayer {
    /// Ground that no area of the layer claims: closed in on all sides, or open to the upper tier's border.
    func gaps() throws(GeometryFault) -> [BoundaryFinding] {
        let everything = AreaGeometry(polygons: members.flatMap(\.feature.geometry.polygons))
        let union = try engine.shape(of: everything).union()
        var found: [BoundaryFinding] = []
        for polygon in try union.geometry().polygons {
            for ring in polygon.rings.dropFirst() {
                let hole = AreaGeometry(polygons: [AreaGeometry.Polygon(rings: [ring])])
                if let finding = try gap(hole, isEnclosed: true) { found.append(finding) }
            }
        }
        guard layer == .municipality, let upperTier = region.upperTier else { return found }
        let open = try upperTier.difference(union).geometry().polygons.map { AreaGeometry(polygons: [$0]) }
        for ground in open {
            guard let finding = try gap(ground, isEnclosed: false) else { continue }
            // A closed gap was found as a hole of the union already.
            let box = CoordinateBox(finding.place)
            let isKnown = found.contains { closed in
                guard closed.kind != .unclaimed, closed.ground.box?.touches(box) == true else { return false }
                return (try? engine.shape(of: closed.ground).covers(finding.place)) == true
            }
            if !isKnown { found.append(finding) }
        }
        return found
    }

    private func gap(_ geometry: AreaGeometry, isEnclosed: Bool) throws(GeometryFault) -> BoundaryFinding? {
        guard let ground = GroundPieces(geometry, engine: engine) else { return nil }
        let around = try neighbours(of: geometry, try engine.shape(of: geometry))
        let isInUpperTier = layer == .municipality ? try region.upperTier?.covers(ground.place) : nil
        let kind: BoundaryFinding.Kind = !isEnclosed ? .unclaimed : around.count == 1 ? .hole : .gap
        // A municipality without areas of its own in this layer leaves its shape open, and rightly.
        var enclave: AreaID?
        if layer != .municipality, let municipality = try region.municipality(at: ground.place),
            !members.contains(where: { $0.municipality == municipality })
        {
            enclave = municipality
        }
        return BoundaryFinding(
            kind: kind,
            severity: enclave == nil ? limits.severity(of: ground) : .noise,
            layer: layer,
            owners: around.map(\.feature),
            within: survey(of: around),
            ground: ground,
            remark: enclave.map { "the ground of \($0), which has no area in this layer" }
                ?? (isInUpperTier == false ? "not in the upper tier either" : "")
        )
    }

    /// Parts of municipalities on the other side of the upper tier's border than the rest of them.
    func strays() throws(GeometryFault) -> [BoundaryFinding] {
        guard let upperTier = region.upperTier else { return [] }
        var found: [BoundaryFinding] = []
        for member in members {
            guard try upperTier.touches(member.shape), try !upperTier.covers(member.shape) else { continue }
            let inside = try ground(member.shape.intersection(upperTier))
            let outside = try ground(member.shape.difference(upperTier))
            let isMember = (inside?.squareMetres ?? 0) >= (outside?.squareMetres ?? 0)
            guard let ground = isMember ? outside : inside else { continue }
            found.append(
                BoundaryFinding(
                    kind: isMember ? .outsideUpperTier : .insideUpperTier,
                    severity: limits.severity(of: ground),
                    layer: layer,
                    owners: [member.feature],
                    ground: ground
                )
            )
        }
        return found
    }
}
