public import Domain

/// What a server says: one of the four answers, errors, or where to ask instead.
public enum LoSTAnswer: Sendable, Hashable {
    /// Mappings.
    case findService(FindServiceResponse)
    /// Services below another.
    case listServices(ListServicesResponse)
    /// The same, at a place.
    case listServicesByLocation(ListServicesByLocationResponse)
    /// The area of a key.
    case serviceBoundary(GetServiceBoundaryResponse)
    /// Why there is no answer.
    case errors(LoSTErrors)
    /// Who has one.
    case redirect(LoSTRedirect)
}

/// Warnings of one server.
public struct LoSTWarnings: Sendable, Hashable {
    /// Who warns.
    public var source: ServerName
    /// At least one, each kind at most once.
    public var list: [LoSTWarning]

    /// Warnings.
    public init(source: ServerName, _ list: [LoSTWarning]) {
        self.source = source
        self.list = list
    }
}

/// What a civic address was held against (RFC 5222, section 8.4.2): element names, none in two lists.
public struct LocationValidation: Sendable, Hashable {
    /// Found, and used to find the mapping.
    public var valid: [String]
    /// Compared, and did not fit.
    public var invalid: [String]
    /// Not compared.
    public var unchecked: [String]

    /// Three lists.
    public init(valid: [String] = [], invalid: [String] = [], unchecked: [String] = []) {
        self.valid = valid
        self.invalid = invalid
        self.unchecked = unchecked
    }
}

/// Answer to `findService`.
public struct FindServiceResponse: Sendable, Hashable {
    /// At least one; several where the place lies in several areas.
    public var mappings: [Mapping]
    /// What the address was held against; only when asked for.
    public var validation: LocationValidation?
    /// Warnings, by server.
    public var warnings: [LoSTWarnings]
    /// Servers the request went through, in order, the answering one last.
    public var path: [ServerName]
    /// Which location was used.
    public var locationUsed: String?

    /// An answer.
    public init(
        mappings: [Mapping],
        validation: LocationValidation? = nil,
        warnings: [LoSTWarnings] = [],
        path: [ServerName],
        locationUsed: String? = nil
    ) {
        self.mappings = mappings
        self.validation = validation
        self.warnings = warnings
        self.path = path
        self.locationUsed = locationUsed
    }
}

/// Answer to `listServices`.
public struct ListServicesResponse: Sendable, Hashable {
    /// URNs; may be empty.
    public var services: [String]
    /// Warnings, by server.
    public var warnings: [LoSTWarnings]
    /// Servers the request went through.
    public var path: [ServerName]

    /// An answer.
    public init(services: [String], warnings: [LoSTWarnings] = [], path: [ServerName]) {
        self.services = services
        self.warnings = warnings
        self.path = path
    }
}

/// Answer to `listServicesByLocation`.
public struct ListServicesByLocationResponse: Sendable, Hashable {
    /// URNs served at the place; may be empty.
    public var services: [String]
    /// Warnings, by server.
    public var warnings: [LoSTWarnings]
    /// Servers the request went through.
    public var path: [ServerName]
    /// Which location was used.
    public var locationUsed: String?

    /// An answer.
    public init(
        services: [String],
        warnings: [LoSTWarnings] = [],
        path: [ServerName],
        locationUsed: String? = nil
    ) {
        self.services = services
        self.warnings = warnings
        self.path = path
        self.locationUsed = locationUsed
    }
}

/// Answer to `getServiceBoundary`.
public struct GetServiceBoundaryResponse: Sendable, Hashable {
    /// At least one.
    public var boundary: [ServiceBoundary]
    /// Warnings, by server.
    public var warnings: [LoSTWarnings]
    /// Servers the request went through.
    public var path: [ServerName]

    /// An answer.
    public init(boundary: [ServiceBoundary], warnings: [LoSTWarnings] = [], path: [ServerName]) {
        self.boundary = boundary
        self.warnings = warnings
        self.path = path
    }
}

/// Errors of one server.
public struct LoSTErrors: Sendable, Hashable {
    /// Who says so.
    public var source: ServerName
    /// At least one.
    public var list: [LoSTError]

    /// Errors.
    public init(source: ServerName, _ list: [LoSTError]) {
        self.source = source
        self.list = list
    }
}

/// "Ask that server" (RFC 5222, section 13.3).
public struct LoSTRedirect: Sendable, Hashable {
    /// Whom to ask.
    public var target: ServerName
    /// Who says so.
    public var source: ServerName
    /// For a person, in English.
    public var message: String?

    /// A redirect.
    public init(target: ServerName, source: ServerName, message: String? = nil) {
        self.target = target
        self.source = source
        self.message = message
    }
}
