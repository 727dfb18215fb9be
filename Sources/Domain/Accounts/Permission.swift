/// One kind of action at the staff door; every staff route names the one it needs.
///
/// The raw values are the words of the written table in the article *Who may do what*, which a test holds against ``matrix``.
public enum Permission: String, Sendable, Hashable, Codable, CaseIterable {
    /// Look after one's own sign-in, sessions and second factor.
    case ownAccount = "account.own"
    /// Read requests of the jurisdiction, without personal data.
    case readRequests = "requests.read"
    /// Read who asked and how to reach them.
    case readPersonal = "requests.personal"
    /// Take steps, reply, note, place.
    case changeRequests = "requests.change"
    /// Accept or refuse what another body offers.
    case answerOffers = "offers.answer"
    /// Release texts and photos, hold them back.
    case moderate = "requests.moderate"
    /// Decide who has a request that bodies have twice declined; at the hub.
    case arbitrate = "requests.arbitrate"
    /// Make, assign and schedule work orders.
    case planWork = "work.plan"
    /// Do work orders and report what was done.
    case doWork = "work.do"
    /// Record calls and visits.
    case takeContacts = "contacts.take"
    /// Read figures.
    case readFigures = "figures.read"
    /// Read a ward's requests, without personal data.
    case readWard = "ward.read"
    /// Invite people, give and take roles, end their sessions.
    case managePeople = "people.manage"
    /// Change the jurisdiction's own files, texts and connectors.
    case manageTenant = "tenant.manage"
    /// Make and revoke keys of other software.
    case manageKeys = "keys.manage"
    /// Change tenants, agreement and boundaries of the whole hub.
    case manageHub = "hub.manage"
    /// Read the audit record.
    case readAudit = "audit.read"

    /// Who may do what; a role that is not named may do nothing.
    public static let matrix: [Role: Set<Permission>] = [
        .operator: [.ownAccount, .readRequests, .readPersonal, .takeContacts],
        .supervisor: [
            .ownAccount, .readRequests, .readPersonal, .takeContacts, .changeRequests, .moderate, .arbitrate,
            .readFigures,
        ],
        .departmentClerk: [
            .ownAccount, .readRequests, .readPersonal, .takeContacts, .changeRequests, .answerOffers, .planWork,
        ],
        .field: [.ownAccount, .doWork],
        .departmentHead: [
            .ownAccount, .readRequests, .readPersonal, .takeContacts, .changeRequests, .answerOffers, .planWork,
            .doWork,
            .moderate, .readFigures,
        ],
        .tenantAdministrator: [
            .ownAccount, .readRequests, .moderate, .readFigures, .managePeople, .manageTenant, .manageKeys, .readAudit,
        ],
        .councillorOffice: [.ownAccount, .readWard, .readFigures],
        .hubAdministrator: [
            .ownAccount, .readRequests, .arbitrate, .readFigures, .managePeople, .manageTenant, .manageKeys, .manageHub,
            .readAudit,
        ],
        .auditor: [.ownAccount, .readRequests, .readFigures, .readAudit],
    ]

    /// Whether one of the roles may do it.
    public func isGranted(to roles: Set<Role>) -> Bool {
        roles.contains { Self.matrix[$0]?.contains(self) ?? false }
    }
}
