public import Domain
public import XML

/// What a client asks: one of the four requests of RFC 5222.
public enum LoSTRequest: Sendable, Hashable {
    /// Who answers for a service at a place?
    case findService(FindService)
    /// Which services are there?
    case listServices(ListServices)
    /// Which services are there at a place?
    case listServicesByLocation(ListServicesByLocation)
    /// What is the area of this key?
    case getServiceBoundary(GetServiceBoundary)

    /// Servers the request came through, in order.
    public var path: [ServerName] {
        switch self {
        case .findService(let request): request.path
        case .listServices(let request): request.path
        case .listServicesByLocation(let request): request.path
        case .getServiceBoundary: []
        }
    }
}

/// `findService` (RFC 5222, section 8).
public struct FindService: Sendable, Hashable {
    /// How the area of a mapping is given.
    public enum BoundaryForm: String, Sendable, Hashable, CaseIterable {
        /// As a key.
        case reference
        /// Whole.
        case value
    }

    /// The same place, in one or more profiles, the preferred one first.
    public var locations: [RequestLocation]
    /// The service; nil when the client left it out, which the grammar lets it do.
    public var service: String?
    /// Whether the server may ask others.
    public var recursive: Bool
    /// How the area is wanted.
    public var boundary: BoundaryForm
    /// Whether a civic address is to be held against a register.
    public var validatesLocation: Bool
    /// Servers the request came through.
    public var path: [ServerName]
    /// Extensions of other namespaces, handed on and otherwise ignored.
    public var extensions: [XMLElement]

    /// A request.
    public init(
        locations: [RequestLocation],
        service: String?,
        recursive: Bool = false,
        boundary: BoundaryForm = .reference,
        validatesLocation: Bool = false,
        path: [ServerName] = [],
        extensions: [XMLElement] = []
    ) {
        self.locations = locations
        self.service = service
        self.recursive = recursive
        self.boundary = boundary
        self.validatesLocation = validatesLocation
        self.path = path
        self.extensions = extensions
    }
}

/// `listServices` (RFC 5222, section 10).
public struct ListServices: Sendable, Hashable {
    /// Whose children are wanted; nil: the top-level services.
    public var service: String?
    /// Servers the request came through.
    public var path: [ServerName]

    /// A request.
    public init(service: String? = nil, path: [ServerName] = []) {
        self.service = service
        self.path = path
    }
}

/// `listServicesByLocation` (RFC 5222, section 11).
public struct ListServicesByLocation: Sendable, Hashable {
    /// The same place, in one or more profiles.
    public var locations: [RequestLocation]
    /// Whose children are wanted; nil: the top-level services.
    public var service: String?
    /// Whether the server may ask others; false unless said, as the RFC's text has it.
    public var recursive: Bool
    /// Servers the request came through.
    public var path: [ServerName]
    /// Extensions of other namespaces, handed on and otherwise ignored.
    public var extensions: [XMLElement]

    /// A request.
    public init(
        locations: [RequestLocation],
        service: String? = nil,
        recursive: Bool = false,
        path: [ServerName] = [],
        extensions: [XMLElement] = []
    ) {
        self.locations = locations
        self.service = service
        self.recursive = recursive
        self.path = path
        self.extensions = extensions
    }
}

/// `getServiceBoundary` (RFC 5222, section 9).
public struct GetServiceBoundary: Sendable, Hashable {
    /// The key of a mapping's boundary.
    public var key: String

    /// A request.
    public init(key: String) { self.key = key }
}
