/// When two reports may be of the same matter: how near they lie, which parts count as one, how long a closed one counts.
///
/// Data of the agreement (`duplicates.yml`), because towns that share roads must count alike; ``standard`` where there is none.
public struct DuplicateRules: Sendable, Hashable, Codable {
    /// One row: for some parts or types, how near is near.
    public struct Row: Sendable, Hashable, Codable {
        /// Parts of service the row is for; may be empty when it names types.
        public let parts: [ServicePart]
        /// Public types the row is for; a type counts before a part.
        public let types: [ServiceCode]
        /// Metres over the ground within which two may be the same.
        public let metres: Int
        /// Days after its end for which a closed one is still shown; nil: as the rules say.
        public let recentlyClosedDays: Int?
        /// Whether everything the row names counts as one matter: a fallen tree is reported as a tree and as a blocked road.
        public let countsTogether: Bool

        /// A row.
        public init(
            parts: [ServicePart],
            types: [ServiceCode] = [],
            metres: Int,
            recentlyClosedDays: Int? = nil,
            countsTogether: Bool = false
        ) {
            self.parts = parts
            self.types = types
            self.metres = metres
            self.recentlyClosedDays = recentlyClosedDays
            self.countsTogether = countsTogether
        }

        private enum CodingKeys: String, CodingKey {
            case parts, types
            case metres = "within_metres"
            case recentlyClosedDays = "recently_closed_days"
            case countsTogether = "together"
        }
    }

    /// Metres for what no row names.
    public let metres: Int
    /// Days for which a closed request still counts, where no row says otherwise.
    public let recentlyClosedDays: Int
    /// The rows; the first that names a type decides, then the first that names its part.
    public let rows: [Row]

    /// Greatest distance a row may name, in metres.
    public static let mostMetres = 2_000

    /// Rules.
    public init(metres: Int, recentlyClosedDays: Int, rows: [Row]) {
        self.metres = metres
        self.recentlyClosedDays = recentlyClosedDays
        self.rows = rows
    }

    /// Of what, how near and since when one has to look for the same matter.
    public struct Reach: Sendable, Hashable {
        /// Metres over the ground.
        public let metres: Int
        /// Days after its end for which a closed one counts.
        public let recentlyClosedDays: Int
        /// Parts that count as the same matter.
        public let parts: [ServicePart]
        /// Public types that count as the same matter, whatever their part.
        public let types: [ServiceCode]
    }

    /// What to look for beside a report of one type.
    public func reach(of part: ServicePart?, type: ServiceCode) -> Reach {
        let row =
            rows.first { $0.types.contains(type) } ?? part.flatMap { part in rows.first { $0.parts.contains(part) } }
        let together = row?.countsTogether == true
        return Reach(
            metres: row?.metres ?? metres,
            recentlyClosedDays: row?.recentlyClosedDays ?? recentlyClosedDays,
            parts: together
                ? Array(Set((row?.parts ?? []) + [part].compactMap(\.self))).sorted() : [part].compactMap(\.self),
            types: together ? Array(Set((row?.types ?? []) + [type])).sorted() : [type]
        )
    }

    private enum CodingKeys: String, CodingKey {
        case metres = "within_metres"
        case recentlyClosedDays = "recently_closed_days"
        case rows
    }

    /// What holds where the agreement says nothing: our own assumption, to be changed by the region.
    ///
    /// A pothole is a thing of some metres, a street light is told from its neighbour by half their spacing, snow and water are matters
    /// of a whole block; an asset or a doorstep is known to a few metres. Fourteen days is the usual window of a dispute.
    public static let standard = DuplicateRules(
        metres: 50,
        recentlyClosedDays: 14,
        rows: [
            row(["road.surface", "road.shoulder", "winter.damage"], 30),
            row(["road.obstruct", "tree.hazard"], 60, together: true),
            row(["winter.road", "winter.sidewalk"], 250, days: 3),
            row(["light.street"], 20),
            row(["road.sign", "road.marking"], 20),
            row(["road.traffic"], 40),
            row(["drain.catchbasin", "drain.ditch", "drain.flood"], 60, together: true),
            row(["water.distribute", "water.quality"], 300),
            row(["waste.collect", "waste.bulky", "waste.bin", "waste.bluebox"], 10),
            row(["tree.maintain"], 15),
            row(["park.graffiti", "waste.litter"], 25),
            row(["waste.deadanimal"], 40),
        ]
    )

    private static func row(_ parts: [String], _ metres: Int, days: Int? = nil, together: Bool = false) -> Row {
        Row(
            parts: parts.map(ServicePart.init(trusted:)),
            metres: metres,
            recentlyClosedDays: days,
            countsTogether: together
        )
    }
}
