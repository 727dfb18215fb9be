/// What the operator configures for LoST (RFC 5222): the server's name, the tree of services, what every mapping says, and the peers.
///
/// Part of a version of the agreement, read from `tenants/agreement/lost.yml`: the tree hangs on its service parts.
public struct LocationServices: Sendable, Hashable, Codable {
    /// Name of this server, `source` of its mappings.
    public let server: ServerName

    /// Public `https` address of the hub, used in mappings while the deployment itself has none.
    public let publicURL: String

    /// What people dial: digits, `*` and `#`.
    public let serviceNumber: String

    /// How long a client may keep a mapping: at least half of this, at most all of it.
    public let expiresHours: Int

    /// ISO 3166 code of the country civic addresses must name, if they name one.
    public let country: String

    /// Province, state or the like (element A1), in the spellings that are accepted; the first is the one given out.
    public let provinces: [String]

    /// Telephone country code for numbers written without one.
    public let countryCode: String

    /// SIP addresses of contact centres, by tenant or partner.
    public let sip: [String: String]

    /// Other LoST servers.
    public let peers: [LocationServicesPeer]

    /// Seconds a peer may take to answer.
    public let peerSeconds: Int

    /// The top-level services.
    public let services: [ServiceNode]

    /// All parts.
    public init(
        server: ServerName,
        publicURL: String,
        serviceNumber: String = "311",
        expiresHours: Int = 24,
        country: String = "CA",
        provinces: [String] = [],
        countryCode: String = "1",
        sip: [String: String] = [:],
        peers: [LocationServicesPeer] = [],
        peerSeconds: Int = 3,
        services: [ServiceNode]
    ) {
        self.server = server
        self.publicURL = publicURL
        self.serviceNumber = serviceNumber
        self.expiresHours = expiresHours
        self.country = country
        self.provinces = provinces
        self.countryCode = countryCode
        self.sip = sip
        self.peers = peers
        self.peerSeconds = peerSeconds
        self.services = services
    }

    /// A service by its name; nil when the tree lacks it.
    public func node(_ urn: ServiceURN) -> ServiceNode? {
        var level = services
        while let next = level.first(where: { $0.urn.covers(urn) }) {
            if next.urn == urn { return next }
            level = next.children
        }
        return nil
    }

    /// The service itself or the nearest one above it in the tree; nil when none is.
    public func nearest(_ urn: ServiceURN) -> ServiceNode? {
        var name: ServiceURN? = urn
        while let asked = name {
            if let node = node(asked) { return node }
            name = asked.parent
        }
        return nil
    }
}

/// Another LoST server: who it is, where, and what it answers for.
public struct LocationServicesPeer: Sendable, Hashable, Codable {
    /// Its name.
    public let server: ServerName

    /// Where requests are posted: an `https` address.
    public let url: String

    /// Municipalities outside the hub whose places it covers: ids of partners.
    public let covers: [PartnerID]

    /// Services it answers for anywhere, with everything below them; empty: those of this tree.
    public let services: [ServiceURN]

    /// Whether it is asked for every place that nobody else covers.
    public let isDefault: Bool

    /// All parts.
    public init(
        server: ServerName,
        url: String,
        covers: [PartnerID] = [],
        services: [ServiceURN] = [],
        isDefault: Bool = false
    ) {
        self.server = server
        self.url = url
        self.covers = covers
        self.services = services
        self.isDefault = isDefault
    }
}
