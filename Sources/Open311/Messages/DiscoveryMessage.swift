public import Foundation

/// What `discovery` answers: where the service is and in which formats.
public struct DiscoveryMessage: Message, Hashable {
    /// One address of the service.
    public struct Endpoint: ListMember, Hashable {
        /// Standard spoken there; ``DiscoveryMessage/geoReport`` for this one.
        public var specification: String

        /// Root of the resources, without closing slash.
        public var url: String

        /// When services or definitions last changed; not in the future.
        public var changeset: Date

        /// Whether real crews read what is sent there.
        public var type: Kind

        /// Media types answered.
        public var formats: [String]

        /// Kinds of endpoint.
        public enum Kind: String, Sendable, Hashable {
            /// Requests are worked on.
            case production
            /// Requests are thrown away.
            case test
        }

        /// An endpoint of GeoReport v2 in both formats.
        public init(
            url: String,
            changeset: Date,
            type: Kind = .production,
            specification: String = DiscoveryMessage.geoReport,
            formats: [String] = Format.allCases.map(\.mediaType)
        ) {
            self.specification = specification
            self.url = url
            self.changeset = changeset
            self.type = type
            self.formats = formats
        }

        /// `endpoints/endpoint`.
        public static let list = ListName.endpoints

        /// Writes the five fields.
        public func writeFields(to writer: inout MessageWriter) {
            writer.field("specification", specification)
            writer.field("url", url)
            writer.field("changeset", changeset)
            writer.field("type", type.rawValue)
            writer.beginList(.formats)
            for format in formats { writer.member(format) }
            writer.endList()
        }
    }

    /// The name GeoReport v2 goes by in `specification`.
    public static let geoReport = "http://wiki.open311.org/GeoReport_v2"

    /// When anything in it or behind it last changed; not in the future.
    public var changeset: Date

    /// How to reach the people who run the service.
    public var contact: String

    /// Where to ask for an `api_key`.
    public var keyService: String

    /// The addresses of the service.
    public var endpoints: [Endpoint]

    /// A discovery answer.
    public init(changeset: Date, contact: String, keyService: String, endpoints: [Endpoint]) {
        self.changeset = changeset
        self.contact = contact
        self.keyService = keyService
        self.endpoints = endpoints
    }

    /// Writes the object `discovery`.
    public func write(to writer: inout MessageWriter) {
        writer.beginObject("discovery")
        writer.field("changeset", changeset)
        writer.field("contact", contact)
        writer.field("key_service", keyService)
        writer.write(endpoints)
        writer.endObject()
    }
}
