/// The one body that answers for a matter at a place, or the honest statement that it is not decided yet.
public enum Lead: Sendable, Hashable {
    /// A tenant of this hub; the request is stored in its schema.
    case tenant(JurisdictionID)

    /// A body outside the hub; the resident is referred to it, or the request is forwarded where it keeps a server.
    case partner(PartnerID)

    /// Not decided: one question is open, or a person of the hub must find out. Never the same as "nobody".
    case undecided

    /// The tenant, when it is one.
    public var tenantID: JurisdictionID? {
        if case .tenant(let id) = self { id } else { nil }
    }

    /// The partner, when it is one.
    public var partnerID: PartnerID? {
        if case .partner(let id) = self { id } else { nil }
    }

    /// Id of the body, whichever kind it is; nil when undecided.
    public var bodyID: String? {
        switch self {
        case .tenant(let id): id.rawValue
        case .partner(let id): id.rawValue
        case .undecided: nil
        }
    }
}

extension Lead: CustomStringConvertible {
    /// The kind and the id: `tenant lakeside`.
    public var description: String {
        switch self {
        case .tenant(let id): "tenant \(id)"
        case .partner(let id): "partner \(id)"
        case .undecided: "undecided"
        }
    }
}

extension Lead: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind
        case jurisdictionID = "jurisdiction_id"
        case partnerID = "partner_id"
    }

    /// Reads `{"kind": "tenant", "jurisdiction_id": …}`, `{"kind": "partner", "partner_id": …}` or `{"kind": "undecided"}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try values.decode(String.self, forKey: .kind)
        switch kind {
        case "tenant": self = .tenant(try values.decode(JurisdictionID.self, forKey: .jurisdictionID))
        case "partner": self = .partner(try values.decode(PartnerID.self, forKey: .partnerID))
        case "undecided": self = .undecided
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind,
                in: values,
                debugDescription: "the kind of a lead is tenant, partner or undecided, not \(kind.prefix(20))"
            )
        }
    }

    /// Writes the kind and the id under the key of that kind.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .tenant(let id):
            try values.encode("tenant", forKey: .kind)
            try values.encode(id, forKey: .jurisdictionID)
        case .partner(let id):
            try values.encode("partner", forKey: .kind)
            try values.encode(id, forKey: .partnerID)
        case .undecided:
            try values.encode("undecided", forKey: .kind)
        }
    }
}
