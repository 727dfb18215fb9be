public import Domain
public import Hub
public import Hummingbird
public import Logging
import Storage

/// The member of staff behind a request, in the one body they act for.
public struct StaffSession: Sendable, Hashable {
    /// Whose session it is.
    public let account: AccountID
    /// What colleagues see.
    public let displayName: String
    /// The body they act for; nothing of another may be shown or changed.
    public let actingIn: JurisdictionID
    /// What they are there.
    public let roles: Set<Role>
    /// Departments they are it for; empty for all of the body.
    public let departments: Set<String>
    /// Language of their pages.
    public let language: Language

    /// Who did something, as histories spell it.
    public var actor: String { account.actor }

    /// Whether they may do something.
    public func may(_ permission: Permission) -> Bool { permission.isGranted(to: roles) }

    /// Whether a department's work is theirs; work without a department is everybody's.
    public func serves(department: String?) -> Bool {
        departments.isEmpty || department.map(departments.contains) ?? true
    }
}

/// What a staff route is given: the person, the body they act for, the face, and what the path names.
public struct StaffContext: Sendable {
    /// The person.
    public let session: StaffSession
    /// The body they act for.
    public let tenant: HostedTenant
    /// What the pattern of the path names.
    public let parameters: Parameters
    /// Id of the request, for the help desk and the log.
    public let id: String
    /// The log of the request.
    public let logger: Logger
    /// From where, as the audit names it.
    public let network: String

    /// The face and language the page stands in.
    let site: Site
    /// The session as it is kept.
    let found: FoundSession
    /// What every form of this session brings back in `token`.
    let token: String
    /// The visitor as the sign-in operations know one.
    let visitor: Visitor
    /// Address asked for, for coming back to it.
    let address: String
}
