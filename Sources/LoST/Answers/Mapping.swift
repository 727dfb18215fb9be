public import Domain
public import Foundation
public import XML

/// Who answers for a service in an area, and how to reach them (RFC 5222, section 5).
public struct Mapping: Sendable, Hashable {
    /// Until when a client may use it.
    public enum Expiry: Sendable, Hashable {
        /// An instant.
        case at(Date)
        /// Not to be kept.
        case noCache
        /// As long as it likes.
        case never
    }

    /// A name in one language.
    public struct DisplayName: Sendable, Hashable {
        /// The name.
        public let text: String
        /// Language tag: `en`, `fr`.
        public let language: String

        /// A name.
        public init(_ text: String, language: String) {
            self.text = text
            self.language = language
        }
    }

    /// Where it holds: the area itself, or a key to ask for it.
    public enum Boundary: Sendable, Hashable {
        /// The area; several of one profile add up.
        case value([ServiceBoundary])
        /// A key at a server.
        case reference(source: ServerName, key: String)
    }

    /// The server whose mapping it is.
    public var source: ServerName
    /// The mapping's name there; stays while it is about the same service, body and area.
    public var sourceID: String
    /// When it last changed.
    public var lastUpdated: Date
    /// Until when it may be kept.
    public var expires: Expiry
    /// Names, one a language.
    public var displayNames: [DisplayName]
    /// The service it is for.
    public var service: String
    /// Where it holds.
    public var boundary: Boundary?
    /// How to reach them; each scheme at most once.
    public var uris: [String]
    /// What people dial.
    public var serviceNumber: String?

    /// A mapping.
    public init(
        source: ServerName,
        sourceID: String,
        lastUpdated: Date,
        expires: Expiry,
        displayNames: [DisplayName] = [],
        service: String,
        boundary: Boundary? = nil,
        uris: [String],
        serviceNumber: String? = nil
    ) {
        self.source = source
        self.sourceID = sourceID
        self.lastUpdated = lastUpdated
        self.expires = expires
        self.displayNames = displayNames
        self.service = service
        self.boundary = boundary
        self.uris = uris
        self.serviceNumber = serviceNumber
    }
}

/// One area in which a mapping holds, in one profile.
public enum ServiceBoundary: Sendable, Hashable {
    /// A polygon: closed rings, the outer one first.
    case polygon(rings: [[Coordinate]])
    /// Elements that every address inside has in common.
    case civic(CivicAddress)
    /// A profile that is not known here.
    case other(profile: String, [XMLElement])
}
