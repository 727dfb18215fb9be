/// A system outside the hub that takes service requests of a tenant: its work system or another body's Open311 server.
public struct ForwardingTarget: Sendable, Hashable, Codable {
    /// Code of the target within its tenant: `works-system`.
    public let code: String

    /// How it is spoken to.
    public let kind: Kind

    /// Where things go: the base address of a GeoReport server, ending in a slash; the address a webhook is posted to; a mailbox; the
    /// name of a folder below the deployment's folder of connectors.
    ///
    /// Web addresses are https, and nothing private unless ``allowsPrivateAddress``.
    public let endpoint: String

    /// `jurisdiction_id` the endpoint wants; nil when it has one jurisdiction only.
    public let jurisdictionID: String?

    /// Name of the environment variable that holds the API key, or for a webhook the secret that signs; never the key itself.
    public let apiKeyVariable: String?

    /// Format asked for.
    public let format: Format

    /// Departments whose requests go there; empty means all.
    public let departments: [DepartmentCode]

    /// Codes of our services and what the target calls them; a service that is absent goes under its own code.
    public let serviceCodes: [ServiceCode: String]

    /// Whether only the services named in ``serviceCodes`` go there.
    public let onlyListedServices: Bool

    /// Minutes between two looks for news of a request.
    public let pollMinutes: Int

    /// Seconds one attempt may take.
    public let timeoutSeconds: Int

    /// Whether a private or loopback address is fine; for a system inside the tenant's own network.
    public let allowsPrivateAddress: Bool

    /// Whether anything is sent there now.
    public let isEnabled: Bool

    /// Whether answers that only the lead's staff may read go there; false unless the file says so.
    ///
    /// GeoReport shows attributes to anybody, so this is for a work system whose lists are closed.
    public let receivesStaffOnly: Bool

    /// What was agreed beyond that.
    public let terms: ConnectorTerms

    /// Ways of forwarding.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// GeoReport v2.
        case open311
        /// A letter to a mailbox, answered by letter.
        case email
        /// A signed POST.
        case webhook
        /// A file in a folder that somebody fetches.
        case file
    }

    /// Formats of GeoReport v2.
    public enum Format: String, Sendable, Hashable, Codable, CaseIterable {
        /// What every server speaks.
        case xml
        /// What most servers speak.
        case json
    }

    /// All parts.
    public init(
        code: String,
        kind: Kind = .open311,
        endpoint: String,
        jurisdictionID: String? = nil,
        apiKeyVariable: String? = nil,
        format: Format = .xml,
        departments: [DepartmentCode] = [],
        serviceCodes: [ServiceCode: String] = [:],
        onlyListedServices: Bool = false,
        pollMinutes: Int = 15,
        timeoutSeconds: Int = 20,
        allowsPrivateAddress: Bool = false,
        isEnabled: Bool = true,
        receivesStaffOnly: Bool = false,
        terms: ConnectorTerms = .plain
    ) {
        self.code = code
        self.kind = kind
        self.endpoint = endpoint
        self.jurisdictionID = jurisdictionID
        self.apiKeyVariable = apiKeyVariable
        self.format = format
        self.departments = departments
        self.serviceCodes = serviceCodes
        self.onlyListedServices = onlyListedServices
        self.pollMinutes = pollMinutes
        self.timeoutSeconds = timeoutSeconds
        self.allowsPrivateAddress = allowsPrivateAddress
        self.isEnabled = isEnabled
        self.receivesStaffOnly = receivesStaffOnly
        self.terms = terms
    }

    /// Reads a stored target; one from before answers could be for staff alone receives none of them, one without terms has the plain ones.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            code: try stored.decode(String.self, forKey: .code),
            kind: try stored.decode(Kind.self, forKey: .kind),
            endpoint: try stored.decode(String.self, forKey: .endpoint),
            jurisdictionID: try stored.decodeIfPresent(String.self, forKey: .jurisdictionID),
            apiKeyVariable: try stored.decodeIfPresent(String.self, forKey: .apiKeyVariable),
            format: try stored.decode(Format.self, forKey: .format),
            departments: try stored.decode([DepartmentCode].self, forKey: .departments),
            serviceCodes: try stored.decode([ServiceCode: String].self, forKey: .serviceCodes),
            onlyListedServices: try stored.decode(Bool.self, forKey: .onlyListedServices),
            pollMinutes: try stored.decode(Int.self, forKey: .pollMinutes),
            timeoutSeconds: try stored.decode(Int.self, forKey: .timeoutSeconds),
            allowsPrivateAddress: try stored.decode(Bool.self, forKey: .allowsPrivateAddress),
            isEnabled: try stored.decode(Bool.self, forKey: .isEnabled),
            receivesStaffOnly: try stored.decodeIfPresent(Bool.self, forKey: .receivesStaffOnly) ?? false,
            terms: try stored.decodeIfPresent(ConnectorTerms.self, forKey: .terms) ?? .plain
        )
    }

    /// Whether a request of this service and department goes to this target now.
    public func takes(_ service: ServiceCode, department: DepartmentCode?) -> Bool {
        guard isEnabled else { return false }
        if onlyListedServices, serviceCodes[service] == nil {
            return false
        }
        guard !departments.isEmpty else { return true }
        return department.map(departments.contains) ?? false
    }

    /// Whether a second copy does no harm: the receiver knows it by its key, or finds it under the same name.
    public var isKeyed: Bool { kind == .webhook || kind == .file }

    private enum CodingKeys: String, CodingKey {
        case code
        case kind
        case endpoint
        case jurisdictionID = "jurisdiction_id"
        case apiKeyVariable = "api_key_variable"
        case format
        case departments
        case serviceCodes = "service_codes"
        case onlyListedServices = "only_listed_services"
        case pollMinutes = "poll_minutes"
        case timeoutSeconds = "timeout_seconds"
        case allowsPrivateAddress = "allow_private_address"
        case isEnabled = "enabled"
        case receivesStaffOnly = "receives_staff_only"
        case terms
    }
}
