public import Domain

/// Looks for ground that two areas claim, that none claims, and for municipalities across the upper tier's border.
public struct BoundaryCheck: Sendable {
    /// Pieces smaller than this are noise of rounding, in square metres.
    public var smallestPiece = 0.01

    /// Pieces listed for one finding; all are counted.
    public var piecesListed = 20

    /// A check with the usual limits.
    public init() {}

    /// Checks every layer where areas should fit together, municipalities and wards if not said otherwise.
    ///
    /// - Parameter progress: Called with a sentence before each step that may take seconds.
    /// - Throws: ``GeometryFault`` when GEOS gives up, which valid shapes don't make it do.
    public func callAsFunction(
        _ features: [BoundaryFeature],
        layers: [LayerName] = [.municipality, .ward],
        progress: (String) -> Void = { _ in }
    ) throws(GeometryFault) -> BoundaryCheckReport {
        let engine = try GeometryEngine()
        var report = BoundaryCheckReport()
        let upper = features.filter { $0.layer == .upperTier }
        var region: Shape?
        if !upper.isEmpty {
            region = try engine.shape(of: AreaGeometry(polygons: upper.flatMap(\.geometry.polygons))).union()
        }
        for layer in layers {
            var areas: [Member] = []
            for feature in features.filter({ $0.layer == layer }).sorted(by: {
                ($0.priority, $0.id) < ($1.priority, $1.id)
            }) {
                guard let box = feature.geometry.box else { continue }
                areas.append(Member(feature: feature, box: box, shape: try engine.shape(of: feature.geometry)))
            }
            guard !areas.isEmpty else { continue }
            progress("\(layer): overlaps of \(areas.count) areas")
            report.overlaps += try overlaps(areas)
            progress("\(layer): gaps")
            report.gaps += try gaps(areas, layer: layer, region: layer == .municipality ? region : nil, engine: engine)
            if layer == .municipality, let region {
                progress("\(layer): the upper tier's border")
                report.strays += try strays(areas, region: region)
            }
        }
        report.overlaps.sort { ($1.squareMetres, $0.first) < ($0.squareMetres, $1.first) }
        report.gaps.sort { ($1.squareMetres, $0.place.latitudeNano) < ($0.squareMetres, $1.place.latitudeNano) }
        report.strays.sort { ($1.squareMetres, $0.area) < ($0.squareMetres, $1.area) }
        return report
    }

    private struct Member {
        let feature: BoundaryFeature
        let box: CoordinateBox
        let shape: Shape
    }

    private func overlaps(_ areas: [Member]) throws(GeometryFault) -> [BoundaryCheckReport.Overlap] {
        var found: [BoundaryCheckReport.Overlap] = []
        // From west to east: only areas whose boxes share longitudes meet.
        let order = areas.indices.sorted { areas[$0].box.west < areas[$1].box.west }
        for (position, one) in order.enumerated() {
            for other in order[(position + 1)...] {
                guard areas[other].box.west <= areas[one].box.east else { break }
                guard areas[one].box.touches(areas[other].box) else { continue }
                let (first, second) = (areas[min(one, other)], areas[max(one, other)])
                guard try first.shape.touches(second.shape) else { continue }
                let pieces = try pieces(of: first.shape.intersection(second.shape))
                guard !pieces.isEmpty else { continue }
                found.append(
                    BoundaryCheckReport.Overlap(
                        layer: first.feature.layer,
                        first: first.feature.id,
                        second: second.feature.id,
                        squareMetres: pieces.reduce(0) { $0 + $1.squareMetres },
                        pieceCount: pieces.count,
                        pieces: Array(pieces.prefix(piecesListed))
                    )
                )
            }
        }
        return found
    }

    private func gaps(_ areas: [Member], layer: LayerName, region: Shape?, engine: GeometryEngine) throws(GeometryFault)
        -> [BoundaryCheckReport.Gap]
    {
        let everything = AreaGeometry(polygons: areas.flatMap(\.feature.geometry.polygons))
        let union = try engine.shape(of: everything).union()
        var found: [BoundaryCheckReport.Gap] = []
        var enclosed: [Shape] = []
        for polygon in try union.geometry().polygons {
            for ring in polygon.rings.dropFirst() {
                let hole = AreaGeometry(polygons: [AreaGeometry.Polygon(rings: [ring])])
                guard hole.squareMetres >= smallestPiece else { continue }
                let shape = try engine.shape(of: hole)
                guard let place = place(in: hole, engine) else { continue }
                enclosed.append(shape)
                found.append(
                    BoundaryCheckReport.Gap(
                        layer: layer,
                        place: place,
                        squareMetres: hole.squareMetres,
                        neighbours: try neighbours(of: hole, shape, areas),
                        isEnclosed: true,
                        isInUpperTier: try region?.covers(place)
                    )
                )
            }
        }
        guard let region else { return found }
        for polygon in try region.difference(union).geometry().polygons {
            let open = AreaGeometry(polygons: [polygon])
            guard open.squareMetres >= smallestPiece else { continue }
            let shape = try engine.shape(of: open)
            guard let place = place(in: open, engine) else { continue }
            var isKnown = false
            for hole in enclosed where try hole.covers(place) { isKnown = true }
            guard !isKnown else { continue }
            found.append(
                BoundaryCheckReport.Gap(
                    layer: layer,
                    place: place,
                    squareMetres: open.squareMetres,
                    neighbours: try neighbours(of: open, shape, areas),
                    isEnclosed: false,
                    isInUpperTier: true
                )
            )
        }
        return found
    }

    /// The areas that touch a gap, with a hair's breadth for what rounding moved.
    private func neighbours(of gap: AreaGeometry, _ shape: Shape, _ areas: [Member]) throws(GeometryFault) -> [AreaID] {
        var found: [AreaID] = []
        guard let box = gap.box else { return [] }
        for area in areas where area.box.touches(box) {
            if try area.shape.isWithin(2e-9, of: shape) { found.append(area.feature.id) }
        }
        return found
    }

    private func strays(_ areas: [Member], region: Shape) throws(GeometryFault) -> [BoundaryCheckReport.Stray] {
        var found: [BoundaryCheckReport.Stray] = []
        for area in areas {
            guard try region.touches(area.shape) else { continue }
            guard try !region.covers(area.shape) else { continue }
            let inside = try pieces(of: area.shape.intersection(region))
            let outside = try pieces(of: area.shape.difference(region))
            let isMember = inside.reduce(0) { $0 + $1.squareMetres } >= outside.reduce(0) { $0 + $1.squareMetres }
            let pieces = isMember ? outside : inside
            guard !pieces.isEmpty else { continue }
            found.append(
                BoundaryCheckReport.Stray(
                    area: area.feature.id,
                    isOutside: isMember,
                    squareMetres: pieces.reduce(0) { $0 + $1.squareMetres },
                    pieceCount: pieces.count,
                    pieces: Array(pieces.prefix(piecesListed))
                )
            )
        }
        return found
    }

    /// A place in a piece; a corner of it where the piece is too thin for a place inside.
    private func place(in piece: AreaGeometry, _ engine: GeometryEngine) -> Coordinate? {
        let inside = try? engine.shape(of: piece).placeInside()
        return inside ?? piece.polygons.first?.rings.first?.first
    }

    /// The polygons of a shape with their surface, the largest first.
    private func pieces(of shape: Shape) throws(GeometryFault) -> [BoundaryCheckReport.Piece] {
        var pieces: [BoundaryCheckReport.Piece] = []
        for polygon in try shape.geometry().polygons {
            let piece = AreaGeometry(polygons: [polygon])
            let surface = piece.squareMetres
            guard surface >= smallestPiece else { continue }
            guard let place = place(in: piece, shape.engine) else { continue }
            pieces.append(BoundaryCheckReport.Piece(place: place, squareMetres: surface))
        }
        return pieces.sorted { ($1.squareMetres, $0.place.latitudeNano) < ($0.squareMetres, $1.place.latitudeNano) }
    }
}
