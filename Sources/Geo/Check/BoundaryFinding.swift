public import Domain

/// One thing about the surveys of a layer that a person may have to decide: what, where, how large, and whose.
public struct BoundaryFinding: Sendable, Hashable, Codable, Identifiable {
    /// What kind of thing it is.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Ground that two areas claim.
        case overlap
        /// Ground between areas that none claims.
        case gap
        /// Ground inside one area that it leaves out and no other claims.
        case hole
        /// An area that lies on top of others: a ward at large over the wards, or one town twice.
        case liesOver = "lies_over"
        /// A scrap of an area apart from the rest of it, against another area's border.
        case sliver
        /// Part of a municipality outside the upper tier that the rest of it belongs to.
        case outsideUpperTier = "outside_upper_tier"
        /// Part of a municipality inside an upper tier that the rest of it does not belong to.
        case insideUpperTier = "inside_upper_tier"
        /// Ground of the upper tier that no municipality claims and that is open to its border.
        case unclaimed
        /// A border that crosses itself, mended on import.
        case selfCrossing = "self_crossing"
        /// An id that several areas have.
        case duplicateID = "duplicate_id"
    }

    /// Who has to do something about it.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// The generation can't be activated before it is settled.
        case blocks
        /// Somebody should say who answers there.
        case ask
        /// Nothing to decide: a pen's width where no house stands, or an enclave that a layer rightly leaves out.
        case noise

        /// The worst first.
        public static func < (one: Severity, other: Severity) -> Bool {
            one.rank < other.rank
        }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// One of the areas it is about.
    public struct Owner: Sendable, Hashable, Codable {
        /// Its id in the layer.
        public let id: AreaID
        /// What people call it.
        public let name: String
        /// The body that answers in it.
        public let jurisdictionID: JurisdictionID?

        private enum CodingKeys: String, CodingKey {
            case id, name
            case jurisdictionID = "jurisdiction_id"
        }
    }

    /// One connected piece of the ground in question.
    public struct Piece: Sendable, Hashable, Codable {
        /// A place in it.
        public let place: Coordinate
        /// Its surface in square metres.
        public let squareMetres: Double
        /// Twice the surface over the outline: the width of a strip, in metres.
        public let widthMetres: Double

        private enum CodingKeys: String, CodingKey {
            case place
            case squareMetres = "square_metres"
            case widthMetres = "width_metres"
        }
    }

    /// A name that stays the same while the surveys do: kind, layer, and ids or the place.
    public internal(set) var id: String
    /// What kind of thing it is.
    public let kind: Kind
    /// Who has to do something about it.
    public internal(set) var severity: Severity
    /// The layer.
    public let layer: LayerName
    /// The areas it is about, in the stated order: those that claim the ground, or those around it.
    public let owners: [Owner]
    /// The municipality whose own survey it lies in, when both areas are its wards; nil between surveys.
    public let within: AreaID?
    /// A place inside the largest piece.
    public let place: Coordinate
    /// Surface of all pieces, in square metres on the WGS 84 ellipsoid.
    public let squareMetres: Double
    /// How many separate pieces it has.
    public let pieceCount: Int
    /// The largest pieces.
    public let pieces: [Piece]
    /// What else there is to say; empty when the kind says it all.
    public let remark: String
    /// The decision that settles it; nil while there is none.
    public internal(set) var decision: BoundaryDecision?
    /// The ground itself, for pictures and for answering; not written to JSON.
    public let ground: AreaGeometry

    private enum CodingKeys: String, CodingKey {
        case id, kind, severity, layer, owners, within, place, pieces, remark, decision
        case squareMetres = "square_metres"
        case pieceCount = "piece_count"
    }

    /// Reads a finding back; its ground is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        kind = try values.decode(Kind.self, forKey: .kind)
        severity = try values.decode(Severity.self, forKey: .severity)
        layer = try values.decode(LayerName.self, forKey: .layer)
        owners = try values.decode([Owner].self, forKey: .owners)
        within = try values.decodeIfPresent(AreaID.self, forKey: .within)
        place = try values.decode(Coordinate.self, forKey: .place)
        squareMetres = try values.decode(Double.self, forKey: .squareMetres)
        pieceCount = try values.decode(Int.self, forKey: .pieceCount)
        pieces = try values.decode([Piece].self, forKey: .pieces)
        remark = try values.decode(String.self, forKey: .remark)
        decision = try values.decodeIfPresent(BoundaryDecision.self, forKey: .decision)
        ground = AreaGeometry(polygons: [])
    }

    init(
        kind: Kind,
        severity: Severity,
        layer: LayerName,
        owners: [BoundaryFeature],
        within: AreaID? = nil,
        ground: GroundPieces,
        remark: String = ""
    ) {
        self.kind = kind
        self.severity = severity
        self.layer = layer
        self.owners = owners.map { Owner(id: $0.id, name: $0.name, jurisdictionID: $0.jurisdictionID) }
        self.within = within
        place = ground.place
        squareMetres = ground.squareMetres
        pieceCount = ground.pieces.count
        pieces = Array(ground.pieces.prefix(GroundPieces.listed))
        self.remark = remark
        self.ground = ground.geometry
        let ids = owners.map(\.id.rawValue).sorted().joined(separator: "+")
        id = "\(kind.rawValue):\(layer):\(kind.isKnownByPlace ? Self.shown(ground.place) : ids)"
    }

    /// Five decimals, about a metre: as near as two places of different findings come.
    private static func shown(_ place: Coordinate) -> String {
        func text(_ nano: Int64) -> String {
            let units = (nano.magnitude + 5_000) / 10_000
            let part = String(units % 100_000)
            let zeros = String(repeating: "0", count: 5 - part.count)
            return "\(nano < 0 ? "-" : "")\(units / 100_000).\(zeros)\(part)"
        }
        return "\(text(place.latitudeNano))_\(text(place.longitudeNano))"
    }
}

extension BoundaryFinding.Kind {
    /// Whether a place tells two findings of the kind apart; else the ids of the areas do.
    var isKnownByPlace: Bool {
        switch self {
        case .gap, .hole, .unclaimed, .sliver, .selfCrossing: true
        case .overlap, .liesOver, .outsideUpperTier, .insideUpperTier, .duplicateID: false
        }
    }
}
