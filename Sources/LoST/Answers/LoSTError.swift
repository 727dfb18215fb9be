/// Why there is no answer, as the protocol names it (RFC 5222, section 13.1).
///
/// Thrown by the readers of this module, and carried by ``LoSTErrors``. The message is for a person and shows no internals.
public struct LoSTError: Error, Sendable, Hashable {
    /// Kinds of errors; the raw value is the element's name.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Not a message of the protocol.
        case badRequest
        /// The client may not ask.
        case forbidden
        /// The server's own fault.
        case internalError
        /// No location in a profile the server knows.
        case locationProfileUnrecognized
        /// A location that cannot be.
        case locationInvalid
        /// A coordinate system that is not known; read, never written: the grammar lacks it.
        case srsInvalid = "SRSInvalid"
        /// The request came round again.
        case loop
        /// Nobody serves the place, or nothing has the key.
        case notFound
        /// Another server answered nonsense.
        case serverError
        /// Another server did not answer in time.
        case serverTimeout
        /// The service is unknown.
        case serviceNotImplemented
    }

    /// What kind.
    public let kind: Kind

    /// For a person, in English.
    public let message: String

    /// Profiles that nobody here knows; for ``Kind/locationProfileUnrecognized`` alone.
    public let unsupportedProfiles: [String]

    /// An error.
    public init(_ kind: Kind, _ message: String, unsupportedProfiles: [String] = []) {
        self.kind = kind
        self.message = message
        self.unsupportedProfiles = unsupportedProfiles
    }
}

extension LoSTError: CustomStringConvertible {
    /// Kind and message.
    public var description: String { "\(kind.rawValue): \(message)" }
}

/// Something to know beside an answer (RFC 5222, section 13.2).
public struct LoSTWarning: Sendable, Hashable {
    /// Kinds of warnings; the raw value is the element's name.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The answer is for a service above the one asked for.
        case serviceSubstitution
        /// Nobody is known for sure; this is who takes care meanwhile.
        case defaultMappingReturned
        /// The address could not be held against a register.
        case locationValidationUnavailable
    }

    /// What kind.
    public let kind: Kind

    /// For a person, in English.
    public let message: String

    /// A warning.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
