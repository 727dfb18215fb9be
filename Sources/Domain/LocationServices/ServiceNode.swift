/// One service of the URN tree: what a LoST client may ask for, and what decides who answers.
public struct ServiceNode: Sendable, Hashable, Codable {
    /// What decides who answers for a service at a place.
    public enum Basis: Sendable, Hashable {
        /// The municipality of the place, whatever the matter: "311 in general".
        case municipality
        /// The hub itself, everywhere in the region.
        case hub
        /// Whoever leads for a part of service there, by the agreement's rules.
        case part(ServicePart)
    }

    /// Its name.
    public let urn: ServiceURN

    /// What people call it.
    public let name: LocalizedText

    /// What decides who answers.
    public let basis: Basis

    /// The services below it; each name begins with this one's.
    public let children: [ServiceNode]

    /// A service.
    public init(urn: ServiceURN, name: LocalizedText, basis: Basis, children: [ServiceNode] = []) {
        self.urn = urn
        self.name = name
        self.basis = basis
        self.children = children
    }

    /// This service and everything below it.
    public var all: [ServiceNode] { [self] + children.flatMap(\.all) }
}

extension ServiceNode.Basis: RawRepresentable, Codable {
    /// `municipality`, `hub`, or `part:road.surface`.
    public var rawValue: String {
        switch self {
        case .municipality: "municipality"
        case .hub: "hub"
        case .part(let part): "part:\(part)"
        }
    }

    /// Reads ``rawValue``.
    public init?(rawValue: String) {
        switch rawValue {
        case "municipality": self = .municipality
        case "hub": self = .hub
        case let text where text.hasPrefix("part:"):
            guard let part = ServicePart(rawValue: String(text.dropFirst(5))) else { return nil }
            self = .part(part)
        default: return nil
        }
    }
}
