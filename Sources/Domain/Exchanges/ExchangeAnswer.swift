/// What the numbers of a call say of where it is about: never more than candidates, and a question.
public struct ExchangeAnswer: Sendable, Hashable, Codable {
    /// The exchange the call comes from, as far as a number tells; nil when none does.
    public let exchange: ExchangeName?

    /// The number it was read from.
    public let source: EvidenceRung

    /// Municipalities, the likeliest first.
    public let candidates: [Candidate]

    /// What makes the numbers say less than they seem to.
    public let hints: [NumberHint]

    /// How the caller is greeted.
    public let greeting: Greeting

    /// What to ask.
    public let question: LocalizedText

    /// Why this is the answer, for staff.
    public let reason: LocalizedText

    /// Consent for the exchange; nil when there is no exchange.
    public let consent: ConsentStanding?

    /// Where the call goes; nil while nothing says where calls are answered.
    public let route: CallRoute?

    /// At best a candidate: a number is only a hint.
    public var certainty: Certainty { candidates.isEmpty ? .unknown : .candidate }

    /// A municipality the call may be about.
    public struct Candidate: Sendable, Hashable, Codable {
        /// The municipality.
        public let municipality: Municipality
        /// Its share of the exchange, above 0 and at most 1.
        public let share: Double
        /// Where the share comes from; nil when the dialled number names the body itself.
        public let basis: ExchangeShareSet.Basis?

        /// A candidate.
        public init(municipality: Municipality, share: Double, basis: ExchangeShareSet.Basis?) {
            self.municipality = municipality
            self.share = share
            self.basis = basis
        }
    }

    /// How a caller is greeted.
    public enum Greeting: Sendable, Hashable, Codable {
        /// With the name of no town: the exchange has several, or only the caller's own number speaks.
        case neutral
        /// As this municipality's line.
        case municipality(AreaID)
    }

    /// How sure a number makes one; there is nothing above a candidate.
    public enum Certainty: String, Sendable, Hashable, Codable, CaseIterable {
        /// Somewhere among the candidates, likely.
        case candidate
        /// The numbers say nothing.
        case unknown
    }

    /// An answer.
    public init(
        exchange: ExchangeName?,
        source: EvidenceRung,
        candidates: [Candidate],
        hints: [NumberHint],
        greeting: Greeting,
        question: LocalizedText,
        reason: LocalizedText,
        consent: ConsentStanding?,
        route: CallRoute?
    ) {
        self.exchange = exchange
        self.source = source
        self.candidates = candidates
        self.hints = hints
        self.greeting = greeting
        self.question = question
        self.reason = reason
        self.consent = consent
        self.route = route
    }
}

/// Whether calls of an exchange may come to the hub at an instant.
public enum ConsentStanding: Sendable, Hashable, Codable {
    /// Every municipality in the exchange has consented.
    case inForce
    /// These have not, not yet, or no longer; empty when nobody has and nothing is known of the exchange's municipalities.
    case lacking([AreaID])
}

/// Where a call goes, and why.
public struct CallRoute: Sendable, Hashable, Codable {
    /// What kind of destination.
    public let kind: Kind

    /// The address.
    public let address: CallAddress

    /// The old number that is reached, or that was dialled.
    public let legacyNumber: NationalNumber?

    /// Kinds of destination.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The desk for everybody.
        case contactCentre = "contact_centre"
        /// A body's own desk.
        case desk
        /// The old number of an exchange without consent.
        case legacy
        /// The emergency number was dialled: the call is not taken over.
        case emergency
    }

    /// A destination.
    public init(kind: Kind, address: CallAddress, legacyNumber: NationalNumber? = nil) {
        self.kind = kind
        self.address = address
        self.legacyNumber = legacyNumber
    }

    private enum CodingKeys: String, CodingKey {
        case kind, address
        case legacyNumber = "legacy_number"
    }
}
