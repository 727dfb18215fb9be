/// One kind of service request in the list `services`.
public struct ServiceMessage: ListMember, Hashable {
    /// How an id comes back for a POST.
    public enum Kind: String, Sendable, Hashable {
        /// At once.
        case realtime
        /// Later, under a token.
        case batch
        /// Never.
        case blackbox
    }

    /// Code the request is posted with.
    public var serviceCode: String

    /// Name for people.
    public var serviceName: String

    /// A sentence on what it is for.
    public var description: String?

    /// Whether the definition has attributes.
    public var metadata: Bool

    /// How an id comes back.
    public var type: Kind

    /// Words people search by; sent joined by commas without blanks (rule S3).
    public var keywords: [String]

    /// Groups it sits in, the main one first; the element `groups` follows only when there are two or more.
    public var groups: [String]

    /// A service.
    public init(
        serviceCode: String,
        serviceName: String,
        description: String?,
        metadata: Bool,
        type: Kind,
        keywords: [String],
        groups: [String]
    ) {
        self.serviceCode = serviceCode
        self.serviceName = serviceName
        self.description = description
        self.metadata = metadata
        self.type = type
        self.keywords = keywords
        self.groups = groups
    }

    /// `services/service`.
    public static let list = ListName.services

    /// Writes the fields in the order of the standard.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("service_code", serviceCode)
        writer.field("service_name", serviceName)
        writer.field("description", description)
        writer.field("metadata", metadata)
        writer.field("type", type.rawValue)
        writer.field("keywords", keywords.isEmpty ? nil : keywords.joined(separator: ","))
        writer.field("group", groups.first)
        if groups.count > 1 {
            writer.beginList(.groups)
            for group in groups { writer.member(group) }
            writer.endList()
        }
    }
}
