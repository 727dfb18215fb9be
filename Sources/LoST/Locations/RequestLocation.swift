public import XML

/// A place in a request: its name in the request, its profile, and what was sent.
///
/// What stands inside is read only when the location is used: a client may send profiles nobody here knows, in front of one that is.
public struct RequestLocation: Sendable, Hashable {
    /// What a location is, once looked at.
    public enum Content: Sendable, Hashable {
        /// A point or an area.
        case geodetic(GeodeticShape)
        /// An address.
        case civic(CivicAddress)
    }

    /// Name in the request, which `locationUsed` gives back.
    public let id: String

    /// The profile; where the client named none (F11), the one its first element belongs to, nil when that is unknown too.
    public let profile: String?

    /// What was sent.
    public let elements: [XMLElement]

    /// A location as sent.
    public init(id: String, profile: String?, elements: [XMLElement]) {
        self.id = id
        self.elements = elements
        self.profile = profile ?? Self.profile(of: elements)
    }

    /// A point or area.
    public init(id: String, _ shape: GeodeticShape) {
        self.init(id: id, profile: LocationProfile.geodetic, elements: [GeodeticWriter.element(shape)])
    }

    /// An address.
    public init(id: String, _ address: CivicAddress) {
        self.init(id: id, profile: LocationProfile.civic, elements: [address.element])
    }

    private static func profile(of elements: [XMLElement]) -> String? {
        switch elements.first?.name.namespace {
        case LoSTNamespace.gml?, LoSTNamespace.shapes?: LocationProfile.geodetic
        case LoSTNamespace.civic?: LocationProfile.civic
        default: nil
        }
    }

    /// Whether the profile is one of the two that are served.
    public var isKnown: Bool { profile == LocationProfile.geodetic || profile == LocationProfile.civic }

    /// What the location is.
    ///
    /// - Throws: ``LoSTError`` `locationInvalid` when what was sent is no place of its profile.
    public func content() throws(LoSTError) -> Content {
        if profile == LocationProfile.civic {
            let name = XMLName("civicAddress", namespace: LoSTNamespace.civic)
            guard let element = elements.first(where: { $0.name == name }) else {
                throw LoSTError(.locationInvalid, "a location of the profile civic holds a civicAddress (RFC 5139)")
            }
            return .civic(CivicAddress(element))
        }
        return .geodetic(try GeodeticReader.shape(in: elements))
    }

    /// The location a server uses: the first whose profile it knows (F16).
    ///
    /// - Throws: ``LoSTError`` `locationProfileUnrecognized` when there is none, `badRequest` when a profile comes twice (E6).
    public static func used(of locations: [RequestLocation]) throws(LoSTError) -> RequestLocation {
        var seen: Set<String> = []
        for profile in locations.compactMap(\.profile) where !seen.insert(profile).inserted {
            throw LoSTError(.badRequest, "two locations have the profile \(profile); send one for each profile")
        }
        if let known = locations.first(where: \.isKnown) { return known }
        let profiles = locations.compactMap(\.profile)
        guard !profiles.isEmpty else {
            throw LoSTError(.badRequest, "the location names no profile and holds no element of a profile known here")
        }
        throw LoSTError(
            .locationProfileUnrecognized,
            "only the profiles geodetic-2d and civic are known here",
            unsupportedProfiles: profiles
        )
    }
}
