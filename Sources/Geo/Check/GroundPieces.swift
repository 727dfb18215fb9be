import Domain

/// Ground in question, piece by piece, the largest first.
struct GroundPieces {
    /// Pieces listed in a finding; all are counted.
    static let listed = 20

    let geometry: AreaGeometry
    let pieces: [BoundaryFinding.Piece]

    /// Surface of all pieces in square metres.
    var squareMetres: Double { pieces.reduce(0) { $0 + $1.squareMetres } }

    /// A place inside the largest.
    let place: Coordinate

    /// Takes the polygons of a shape that are larger than rounding, all of them if nothing else is said.
    ///
    /// - Returns: nil when nothing of it is.
    init?(_ geometry: AreaGeometry, smallest: Double = 0, engine: GeometryEngine) {
        var found: [(piece: BoundaryFinding.Piece, polygon: AreaGeometry.Polygon)] = []
        for polygon in geometry.polygons {
            let piece = AreaGeometry(polygons: [polygon])
            let surface = piece.squareMetres
            guard surface >= smallest, let place = Self.place(in: piece, engine) else { continue }
            let outline = piece.outlineMetres
            found.append(
                (
                    BoundaryFinding.Piece(
                        place: place,
                        squareMetres: surface,
                        widthMetres: outline > 0 ? 2 * surface / outline : 0
                    ), polygon
                )
            )
        }
        found.sort {
            ($1.piece.squareMetres, $0.piece.place.latitudeNano) < ($0.piece.squareMetres, $1.piece.place.latitudeNano)
        }
        guard let first = found.first else { return nil }
        pieces = found.map(\.piece)
        place = first.piece.place
        self.geometry = AreaGeometry(polygons: found.map(\.polygon))
    }

    /// Ground that is only a place, such as a crossing that was mended.
    init(at place: Coordinate, squareMetres: Double) {
        self.place = place
        geometry = AreaGeometry(polygons: [])
        pieces = [BoundaryFinding.Piece(place: place, squareMetres: squareMetres, widthMetres: 0)]
    }

    /// A place in a piece; a corner of it where the piece is too thin for a place inside.
    private static func place(in piece: AreaGeometry, _ engine: GeometryEngine) -> Coordinate? {
        let inside = try? engine.shape(of: piece).placeInside()
        return inside ?? piece.polygons.first?.rings.first?.first
    }
}

extension AreaGeometry {
    /// Length of all rings over the ground, in metres.
    var outlineMetres: Double {
        guard let box else { return 0 }
        let scale = GroundScale(around: box.centre)
        return polygons.reduce(0) { total, polygon in
            polygon.rings.reduce(total) { total, ring in
                zip(ring, ring.dropFirst()).reduce(total) { $0 + scale.metres(from: $1.0, to: $1.1) }
            }
        }
    }
}
