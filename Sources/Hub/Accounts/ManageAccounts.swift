public import Domain
public import Foundation
public import Storage

/// What an administrator does with accounts: invite, give roles, reset, disable.
///
/// Works over the databases alone, so that the command line can do it while no service runs.
public struct ManageAccounts: Sendable {
    /// A person with what they are.
    public struct Entry: Sendable, Hashable {
        /// The person.
        public let account: Account
        /// Everything they are.
        public let memberships: [Membership]
        /// Whether a second factor is in use.
        public let hasSecondFactor: Bool
    }

    /// How far an administrator's word goes.
    public enum Reach: Sendable, Hashable {
        /// Over every account.
        case hub
        /// Over accounts that are something in one body alone: whoever could reset others would act for other bodies.
        case body(JurisdictionID)

        func covers(_ memberships: [Membership]) -> Bool {
            switch self {
            case .hub: true
            case .body(let id): memberships.allSatisfy { $0.jurisdiction == id }
            }
        }
    }

    /// A link to be handed to the person; shown once, kept as a hash.
    public struct Link: Sendable, Hashable {
        /// The person.
        public let account: Account
        /// The secret part.
        public let token: String
        /// When it ceases to count.
        public let expiresAt: Date

        /// The whole address, below the address of the service that its settings name and no request can change.
        public func address(below base: URL) -> String {
            "\(base.absoluteString)/\(account.language.rawValue)/staff/invitation/\(token)"
        }
    }

    /// Why something was not done.
    public enum Fault: Error, Sendable, Hashable {
        /// Nobody signs in with that name.
        case unknown(SignInName)
        /// The state forbids it.
        case illegal(Account.IllegalStep)
        /// The person is something in other bodies too; the hub's administrator must do it.
        case beyondReach
        /// Nobody could administer the hub any more.
        case lastAdministrator
    }

    private let databases: TenantDatabases
    private let rules: SignInRules

    /// An operation over these databases.
    public init(databases: TenantDatabases, rules: SignInRules = SignInRules()) {
        self.databases = databases
        self.rules = rules
    }

    /// Makes an account where there is none of that name, gives it the membership, and a link to choose a password.
    ///
    /// Who has a password already, or is something in bodies beyond the reach, gets the membership and no link: a link would hand
    /// their account over.
    ///
    /// - Parameter membership: checked by the caller against the body (``Membership/check(isHub:departments:)``).
    /// - Returns: the link; nil when the person signs in as before.
    public func invite(
        _ name: SignInName,
        displayName: String,
        language: Language,
        _ membership: Membership,
        reach: Reach = .hub,
        by actor: String,
        now: Date
    ) async throws -> Link? {
        let token = SecretToken.make()
        let expires = now.addingTimeInterval(rules.invitation)
        let fresh = Account(
            id: AccountID.make(),
            signInName: name,
            displayName: displayName,
            language: language,
            createdAt: now,
            createdBy: actor
        )
        return try await databases.withHub { transaction in
            let known = try await Accounts(transaction).read(name)
            let account = known?.account ?? fresh
            guard account.state != .disabled else {
                throw Fault.illegal(Account.IllegalStep(state: .disabled, step: "invited"))
            }
            let former = try await Memberships(transaction).of(account.id)
            if known == nil { try await Accounts(transaction).insert(account) }
            try await Memberships(transaction).put(membership, of: account.id, by: actor, now: now)
            try await note("account.invite", account.id, membership, by: actor, now: now, in: transaction)
            guard known?.password == nil, reach.covers(former) else { return nil }
            try await Invitations(transaction).replace(
                tokenHash: SecretToken.hash(token),
                account: account.id,
                purpose: .invitation,
                by: actor,
                now: now,
                expiresAt: expires
            )
            return Link(account: account, token: token, expiresAt: expires)
        }
    }

    /// A link to choose another password; the second factor is set up anew with it.
    public func reset(_ name: SignInName, reach: Reach = .hub, by actor: String, now: Date) async throws -> Link {
        let token = SecretToken.make()
        let expires = now.addingTimeInterval(rules.invitation)
        return try await databases.withHub { transaction in
            guard let account = try await Accounts(transaction).read(name)?.account else { throw Fault.unknown(name) }
            guard account.state != .disabled else {
                throw Fault.illegal(Account.IllegalStep(state: .disabled, step: "reset"))
            }
            guard reach.covers(try await Memberships(transaction).of(account.id)) else { throw Fault.beyondReach }
            try await Invitations(transaction).replace(
                tokenHash: SecretToken.hash(token),
                account: account.id,
                purpose: .reset,
                by: actor,
                now: now,
                expiresAt: expires
            )
            try await note("account.reset", account.id, nil, by: actor, now: now, in: transaction)
            return Link(account: account, token: token, expiresAt: expires)
        }
    }

    /// Gives a person what they are in one body from now on, in place of what they were; an empty set of roles takes it all.
    public func setRoles(_ membership: Membership, of name: SignInName, by actor: String, now: Date) async throws {
        try await databases.withHub { transaction in
            guard let account = try await Accounts(transaction).read(name)?.account else { throw Fault.unknown(name) }
            let hadAdministrator = try await Accounts(transaction).hasHubAdministrator()
            if membership.roles.isEmpty {
                _ = try await Memberships(transaction).remove(membership.jurisdiction, of: account.id)
            } else {
                try await Memberships(transaction).put(membership, of: account.id, by: actor, now: now)
            }
            try await keepAdministrator(hadAdministrator, in: transaction)
            try await note("account.role", account.id, membership, by: actor, now: now, in: transaction)
        }
    }

    /// Takes the right to sign in; every session of the person is dead at once, on every node.
    public func disable(_ name: SignInName, by actor: String, now: Date) async throws {
        try await databases.withHub { transaction in
            guard var account = try await Accounts(transaction).read(name)?.account else { throw Fault.unknown(name) }
            do throws(Account.IllegalStep) { try account.disable() } catch { throw Fault.illegal(error) }
            let hadAdministrator = try await Accounts(transaction).hasHubAdministrator()
            try await Accounts(transaction).save(account, now: now)
            _ = try await AccountSessions(transaction).endAll(of: account.id)
            try await keepAdministrator(hadAdministrator, in: transaction)
            try await note("account.disable", account.id, nil, by: actor, now: now, in: transaction)
        }
    }

    /// Gives the right to sign in back.
    public func enable(_ name: SignInName, by actor: String, now: Date) async throws {
        try await databases.withHub { transaction in
            guard let stored = try await Accounts(transaction).read(name) else { throw Fault.unknown(name) }
            var account = stored.account
            do throws(Account.IllegalStep) {
                try account.enable(hasPassword: stored.password != nil)
            } catch {
                throw Fault.illegal(error)
            }
            try await Accounts(transaction).save(account, now: now)
            try await note("account.enable", account.id, nil, by: actor, now: now, in: transaction)
        }
    }

    /// All accounts, or those that are something in one body.
    public func list(in jurisdiction: JurisdictionID? = nil) async throws -> [Entry] {
        try await databases.withHub(.readOnly) { transaction in
            let accounts = try await Accounts(transaction).all(in: jurisdiction)
            let memberships = try await Memberships(transaction).of(accounts.map(\.account.id))
            return accounts.map { stored in
                Entry(
                    account: stored.account,
                    memberships: memberships[stored.account.id] ?? [],
                    hasSecondFactor: stored.hasSecondFactor
                )
            }
        }
    }

    /// Whether there is nobody yet.
    public func isEmpty() async throws -> Bool {
        try await databases.withHub { try await Accounts($0).isEmpty() }
    }

    private func keepAdministrator(_ hadOne: Bool, in transaction: HubTransaction) async throws {
        guard hadOne else { return }
        guard try await Accounts(transaction).hasHubAdministrator() else { throw Fault.lastAdministrator }
    }

    private func note(
        _ action: String,
        _ id: AccountID,
        _ membership: Membership?,
        by actor: String,
        now: Date,
        in transaction: HubTransaction
    ) async throws {
        var details: [String: String] = [:]
        if let membership {
            details["roles"] = membership.roles.map(\.rawValue).sorted().joined(separator: ",")
            details["departments"] = membership.departments.sorted().joined(separator: ",")
        }
        try await AuditEntries(transaction).append(
            AuditEntry(
                happenedAt: now,
                actor: actor,
                action: action,
                jurisdiction: membership?.jurisdiction,
                subject: id.rawValue,
                details: details
            )
        )
    }
}

extension ManageAccounts.Fault: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .unknown(let name): "nobody signs in as \(name)"
        case .illegal(let step): "\(step)"
        case .beyondReach: "the person belongs to other bodies too; the hub's administrator must do this"
        case .lastAdministrator: "this would leave the hub without an administrator who may sign in or be invited"
        }
    }
}
