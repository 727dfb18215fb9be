/// A body a request can be handed to: a tenant of this hub, or a partner outside that keeps a system of its own.
public enum ReceivingBody: Sendable, Hashable, Codable, CustomStringConvertible {
    /// A tenant of this hub.
    case tenant(JurisdictionID)
    /// A body outside the hub.
    case partner(PartnerID)

    /// The body a decision names; nil when it names none.
    public init?(_ lead: Lead) {
        switch lead {
        case .tenant(let id): self = .tenant(id)
        case .partner(let id): self = .partner(id)
        case .undecided: return nil
        }
    }

    /// The same as a lead.
    public var lead: Lead {
        switch self {
        case .tenant(let id): .tenant(id)
        case .partner(let id): .partner(id)
        }
    }

    /// Its id; tenants and partners share one set of names.
    public var id: String {
        switch self {
        case .tenant(let id): id.rawValue
        case .partner(let id): id.rawValue
        }
    }

    /// The id.
    public var description: String { id }

    /// Reads the form of ``Lead``.
    public init(from decoder: any Decoder) throws {
        guard let body = ReceivingBody(try Lead(from: decoder)) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "an undecided lead is no body"
                )
            )
        }
        self = body
    }

    /// Writes the form of ``Lead``.
    public func encode(to encoder: any Encoder) throws {
        try lead.encode(to: encoder)
    }
}
