/// What two municipalities agreed about a road by distance along it: who keeps which kilometres, on the whole width or on one side.
///
/// The road that is a border lies in neither town or in both, so the polygon under a caller's feet says nothing; the kilometre does.
/// Source: Municipal Act, 2001, s. 29.1: one of two municipalities keeps the highway for an agreed stretch and alone has jurisdiction there.
public struct RoadAgreement: Sendable, Hashable, Codable, Identifiable {
    /// Id of the agreement.
    public let id: String

    /// The road: id of a whole road (`route` of the roads file), or of a segment that is all of it.
    public let road: String

    /// Length that was agreed on, in kilometres; the stretches cover it.
    public let kilometres: Double

    /// The parts that were agreed on.
    public let parts: [PartPattern]

    /// Who keeps what, in the order of the file.
    public let stretches: [Stretch]

    /// Why, for the resident, with blanks.
    public let explanation: LocalizedText

    /// By-law or agreement.
    public let source: String

    /// A dated stretch and who keeps it.
    public struct Stretch: Sendable, Hashable, Codable, Identifiable {
        /// Id of the row, kept with every decision it made.
        public let id: String

        /// Where it begins, km along the road in its stated direction.
        public let from: Double

        /// Where it ends, km.
        public let to: Double

        /// Who keeps it.
        public let body: LeadExpression

        /// Department of the body; nil: the one its own catalogue names.
        public let department: String?

        /// The side it is about, by the municipality that lies there; nil: the whole width.
        public let side: JurisdictionID?

        /// How the cost is shared, for staff and for the bill.
        public let cost: LocalizedText?

        /// First day in force; nil: always was.
        public let validFrom: CalendarDay?

        /// Last day in force; nil: no end known.
        public let validUntil: CalendarDay?

        /// Place in the agreement's files, `boundary-roads.yml:12`.
        public let row: String?

        /// All parts.
        public init(
            id: String,
            from: Double,
            to: Double,
            body: LeadExpression,
            department: String? = nil,
            side: JurisdictionID? = nil,
            cost: LocalizedText? = nil,
            validFrom: CalendarDay? = nil,
            validUntil: CalendarDay? = nil,
            row: String? = nil
        ) {
            self.id = id
            self.from = from
            self.to = to
            self.body = body
            self.department = department
            self.side = side
            self.cost = cost
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.row = row
        }

        /// Whether both are in force on some day.
        public func sharesADay(with other: Stretch) -> Bool {
            if let end = validUntil, let start = other.validFrom, end < start { return false }
            if let end = other.validUntil, let start = validFrom, end < start { return false }
            return true
        }

        /// Whether it is in force on a day.
        public func isInForce(on day: CalendarDay) -> Bool {
            if let validFrom, day < validFrom { return false }
            if let validUntil, day > validUntil { return false }
            return true
        }

        private enum CodingKeys: String, CodingKey {
            case id, from, to, body, department, side, cost, row
            case validFrom = "valid_from"
            case validUntil = "valid_until"
        }
    }

    /// All parts.
    public init(
        id: String,
        road: String,
        kilometres: Double,
        parts: [PartPattern],
        stretches: [Stretch],
        explanation: LocalizedText,
        source: String
    ) {
        self.id = id
        self.road = road
        self.kilometres = kilometres
        self.parts = parts
        self.stretches = stretches
        self.explanation = explanation
        self.source = source
    }

    /// The stretches as rows of the agreement: compared, checked, explained and replayed as every other row.
    public var rules: [ResponsibilityRule] {
        stretches.map { stretch in
            ResponsibilityRule(
                id: stretch.id,
                conditions: RuleConditions(
                    parts: parts,
                    municipalities: stretch.side.map { [$0] } ?? [],
                    roads: [road],
                    validFrom: stretch.validFrom,
                    validUntil: stretch.validUntil,
                    kilometres: RuleKilometres(
                        from: stretch.from,
                        to: stretch.to,
                        isLast: stretch.to >= kilometres
                    )
                ),
                lead: stretch.body,
                department: stretch.department,
                explanation: explanation,
                source: source,
                row: stretch.row
            )
        }
    }
}
