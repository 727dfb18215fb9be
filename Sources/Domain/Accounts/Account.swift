public import Foundation

/// A person who may sign in at the staff door, and whether they may now.
///
/// Goes invited → active by the invitation's link, active ⇄ disabled by an administrator; a reset keeps the state and only
/// asks for a new password. What a person may do stands in their ``Membership`` of each jurisdiction.
public struct Account: Sendable, Hashable, Identifiable {
    /// Where an account stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Made; the person has not chosen a password. Goes to active, disabled.
        case invited
        /// May sign in. Goes to disabled.
        case active
        /// May not sign in; its sessions are dead. Goes to active, or invited where no password was ever chosen.
        case disabled
    }

    /// The step is not one of this state.
    public struct IllegalStep: Error, Sendable, Hashable, CustomStringConvertible {
        /// The state.
        public let state: State
        /// What was tried.
        public let step: String

        /// A step that this state forbids.
        public init(state: State, step: String) {
            self.state = state
            self.step = step
        }

        /// One line.
        public var description: String { "an account that is \(state.rawValue) cannot be \(step)" }
    }

    /// Its id.
    public let id: AccountID
    /// What the person signs in with.
    public var signInName: SignInName
    /// What colleagues see.
    public var displayName: String
    /// Language of pages and mails to the person.
    public var language: Language
    /// Where it stands.
    public private(set) var state: State
    /// When it was made.
    public let createdAt: Date
    /// Who made it.
    public let createdBy: String

    /// An account as it is made or stored.
    public init(
        id: AccountID,
        signInName: SignInName,
        displayName: String,
        language: Language,
        state: State = .invited,
        createdAt: Date,
        createdBy: String
    ) {
        self.id = id
        self.signInName = signInName
        self.displayName = displayName
        self.language = language
        self.state = state
        self.createdAt = createdAt
        self.createdBy = createdBy
    }

    /// The person has followed the link and chosen a password.
    public mutating func acceptInvitation() throws(IllegalStep) {
        guard state != .disabled else { throw IllegalStep(state: state, step: "activated") }
        state = .active
    }

    /// An administrator takes the right to sign in.
    public mutating func disable() throws(IllegalStep) {
        guard state != .disabled else { throw IllegalStep(state: state, step: "disabled") }
        state = .disabled
    }

    /// An administrator gives it back.
    public mutating func enable(hasPassword: Bool) throws(IllegalStep) {
        guard state == .disabled else { throw IllegalStep(state: state, step: "enabled") }
        state = hasPassword ? .active : .invited
    }
}

/// What a person is in one jurisdiction.
public struct Membership: Sendable, Hashable, Codable {
    /// Who decides about it.
    public enum Source: String, Sendable, Hashable, Codable {
        /// An administrator of the hub or the tenant.
        case hub
        /// The groups that the tenant's own sign-in service tells; renewed at each sign-in.
        case signInService = "sign_in_service"
    }

    /// Where.
    public let jurisdiction: JurisdictionID
    /// What; never empty.
    public let roles: Set<Role>
    /// Departments it is for; empty for all of the body.
    public let departments: Set<String>
    /// Who decides about it.
    public let source: Source

    /// A membership.
    public init(
        jurisdiction: JurisdictionID,
        roles: Set<Role>,
        departments: Set<String> = [],
        source: Source = .hub
    ) {
        self.jurisdiction = jurisdiction
        self.roles = roles
        self.departments = departments
        self.source = source
    }

    /// Why a membership cannot be given.
    public enum Fault: Error, Sendable, Hashable {
        /// No role is named.
        case noRole
        /// A resident is no member of staff.
        case notStaff
        /// The role is held at the hub only.
        case hubOnly(Role)
        /// The body has no department of that code.
        case unknownDepartment(String)
    }

    /// Checks roles and departments against the body they are for.
    public func check(isHub: Bool, departments known: Set<String>) throws(Fault) {
        guard !roles.isEmpty else { throw .noRole }
        guard roles.allSatisfy(\.isStaff) else { throw .notStaff }
        if !isHub, let role = roles.first(where: \.isHubOnly) { throw .hubOnly(role) }
        if let unknown = departments.subtracting(known).min() { throw .unknownDepartment(unknown) }
    }
}
