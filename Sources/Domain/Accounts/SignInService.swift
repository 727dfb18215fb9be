/// A sign-in service of a tenant: where its staff prove who they are, and what they then are here (OpenID Connect Core 1.0).
public struct SignInService: Sendable, Hashable, Codable {
    /// What a group of the service means here.
    public struct GroupRule: Sendable, Hashable, Codable {
        /// The group as the service names it.
        public let group: String
        /// What its members are.
        public let roles: Set<Role>
        /// Departments they are it for; empty for all of the body.
        public let departments: Set<String>

        /// A rule.
        public init(group: String, roles: Set<Role>, departments: Set<String> = []) {
            self.group = group
            self.roles = roles
            self.departments = departments
        }
    }

    /// Its name in addresses: `works`.
    public let code: String
    /// Its name on the button.
    public let name: LocalizedText
    /// The issuer, character by character as its tokens name it.
    public let issuer: String
    /// What the service knows this hub as.
    public let clientID: String
    /// Environment variable with the secret it gave; nil for a public client (PKCE alone).
    public let secretVariable: String?
    /// The claim that lists groups.
    public let groupsClaim: String
    /// What groups mean; a person in none of them has no part here.
    public let groups: [GroupRule]

    /// All parts.
    public init(
        code: String,
        name: LocalizedText,
        issuer: String,
        clientID: String,
        secretVariable: String? = nil,
        groupsClaim: String = "groups",
        groups: [GroupRule]
    ) {
        self.code = code
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.secretVariable = secretVariable
        self.groupsClaim = groupsClaim
        self.groups = groups
    }

    /// What a person in these groups is in a body; nil when they are nothing.
    ///
    /// Departments are joined over the groups; a group without departments serves the whole body, and then so does the person.
    public func membership(of told: Set<String>, in jurisdiction: JurisdictionID, isHub: Bool) -> Membership? {
        let rules = groups.filter { told.contains($0.group) }
        let roles = Set(rules.flatMap(\.roles)).filter { $0.isStaff && (isHub || !$0.isHubOnly) }
        guard !roles.isEmpty else { return nil }
        let servesAll = rules.contains { $0.departments.isEmpty }
        return Membership(
            jurisdiction: jurisdiction,
            roles: roles,
            departments: servesAll ? [] : Set(rules.flatMap(\.departments)),
            source: .signInService
        )
    }

    private enum CodingKeys: String, CodingKey {
        case code
        case name
        case issuer
        case clientID = "client_id"
        case secretVariable = "client_secret_variable"
        case groupsClaim = "groups_claim"
        case groups
    }
}
