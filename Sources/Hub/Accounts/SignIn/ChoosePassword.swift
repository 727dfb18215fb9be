public import Domain
public import Foundation
public import Storage

/// Takes a person's new password: by the link of an invitation or a reset, or while signed in.
public struct ChoosePassword: Sendable {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        /// Kept, and the person is signed in as far as a password goes.
        case opened(OpenedSession)
        /// Kept.
        case kept
        /// Not taken; the link still counts.
        case fault(PasswordRules.Fault)
        /// The link is unknown, used or too old, or the present password wrong: all alike.
        case refused
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The person a link is for, if it counts; looking uses nothing up.
    public func holder(of token: String) async throws -> Account? {
        guard token.utf8.count == 26 else { return nil }
        let now = surroundings.now()
        return try await surroundings.databases.withHub { transaction in
            guard let link = try await Invitations(transaction).find(tokenHash: SecretToken.hash(token), now: now)
            else { return nil }
            return try await Accounts(transaction).read(link.account)?.account
        }
    }

    /// Chooses a password by a link, which is used up by it; every former session and second factor of the person ends.
    public func callAsFunction(_ password: String, link token: String, _ visitor: Visitor) async throws -> Outcome {
        guard let holder = try await holder(of: token), holder.state != .disabled else { return .refused }
        do throws(PasswordRules.Fault) {
            try PasswordRules.check(password, context: context(of: holder))
        } catch {
            return .fault(error)
        }
        let text = try await surroundings.signIn.passwords.hash(password)
        let now = surroundings.now()
        let memberships = try await surroundings.databases.withHub { transaction in
            guard let link = try await Invitations(transaction).take(tokenHash: SecretToken.hash(token), now: now),
                var account = try await Accounts(transaction).read(link.account)?.account
            else { return nil as [Membership]? }
            try account.acceptInvitation()
            let accounts = Accounts(transaction)
            try await accounts.save(account, now: now)
            try await accounts.setPassword(text, of: account.id, now: now)
            try await accounts.setTimeCodeSecret(nil, of: account.id, now: now)
            _ = try await AccountSessions(transaction).endAll(of: account.id)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: account.id.actor,
                    action: "account.password",
                    jurisdiction: visitor.jurisdiction,
                    subject: account.id.rawValue,
                    details: ["by": link.purpose.rawValue, "network": visitor.network]
                )
            )
            return try await Memberships(transaction).of(account.id)
        }
        guard let memberships else { return .refused }
        let stage: SignInStage = surroundings.signIn.rules.needsSecondFactor ? .enrolmentDue : .full
        let opened = try await OpenSession(surroundings)(
            holder.id,
            stage: stage,
            means: .password,
            memberships: memberships,
            visitor
        )
        return opened.map(Outcome.opened) ?? .kept
    }

    /// Changes the password of a person who is signed in; their other sessions end.
    public func change(from present: String, to password: String, of found: FoundSession) async throws -> Outcome {
        let now = surroundings.now()
        let id = found.account.id
        let stored = try await surroundings.databases.withHub { try await Accounts($0).read(id) }
        guard try await surroundings.signIn.passwords.compare(present, with: stored?.password) != .wrong else {
            return .refused
        }
        do throws(PasswordRules.Fault) {
            try PasswordRules.check(password, context: context(of: found.account))
        } catch {
            return .fault(error)
        }
        let text = try await surroundings.signIn.passwords.hash(password)
        try await surroundings.databases.withHub { transaction in
            try await Accounts(transaction).setPassword(text, of: id, now: now)
            _ = try await AccountSessions(transaction).endAll(of: id, but: found.session.id)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: id.actor,
                    action: "account.password",
                    jurisdiction: found.acting.jurisdiction,
                    subject: id.rawValue,
                    details: ["by": "change"]
                )
            )
        }
        return .kept
    }

    private func context(of account: Account) -> [String] {
        let bodies = surroundings.directory.entries.map(\.id.rawValue)
        return [account.displayName, account.signInName.rawValue, "hub311", "311"] + bodies
    }
}
