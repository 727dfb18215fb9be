/// What the place of a matter is known by, strongest first; the rung that decided is kept with the decision.
public enum EvidenceRung: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// An asset was picked: a light, a hydrant, a stop.
    case asset
    /// A point on the map.
    case mapPoint = "map_point"
    /// A civic address that was found.
    case civicAddress = "civic_address"
    /// An intersection or landmark that the person confirmed.
    case intersection
    /// A postal code; it may straddle municipalities.
    case postalCode = "postal_code"
    /// The address kept for a known contact; they may call about another place.
    case contactAddress = "contact_address"
    /// The number that was dialled, through its exchange.
    case dialledExchange = "dialled_exchange"
    /// The caller's own number, through its exchange.
    case callerExchange = "caller_exchange"
    /// Nothing at all.
    case nothing

    /// How much a decision on this rung may claim at best: a number is only ever a hint, and asks.
    public var bestConfidence: DecisionConfidence {
        switch self {
        case .asset, .mapPoint, .civicAddress, .intersection: .certain
        case .postalCode, .contactAddress: .likely
        case .dialledExchange, .callerExchange, .nothing: .ask
        }
    }

    /// Stronger evidence is less.
    public static func < (left: EvidenceRung, right: EvidenceRung) -> Bool { left.strength > right.strength }

    private var strength: Int {
        switch self {
        case .asset: 8
        case .mapPoint: 7
        case .civicAddress: 6
        case .intersection: 5
        case .postalCode: 4
        case .contactAddress: 3
        case .dialledExchange: 2
        case .callerExchange: 1
        case .nothing: 0
        }
    }
}

/// How sure a decision is of its lead.
public enum DecisionConfidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// Place and rule leave no doubt.
    case certain
    /// One lead, on evidence that can mislead: a postal code, a place whose border is disputed but where every candidate gives the same lead.
    case likely
    /// A person must answer the question first.
    case ask
}
