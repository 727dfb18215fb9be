public import Domain
public import Foundation
import Logging
public import Storage

/// Signs a person in with name and password: counted first, then compared, the same work and words for unknown names.
public struct SignIn: Sendable {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        /// In, or one step from it.
        case opened(OpenedSession)
        /// Unknown, wrong, not active, or nothing to do at this door: all alike.
        case refused
        /// Tried too often; again after so many seconds.
        case wait(seconds: Int)
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Tries to sign in.
    ///
    /// - Throws: ``PasswordDesk/Busy`` when too many do at once; ``StorageError`` while the database is away: nobody is let in then.
    public func callAsFunction(_ name: String, password: String, _ visitor: Visitor) async throws -> Outcome {
        let desk = surroundings.signIn
        let now = surroundings.now()
        let signInName = SignInName(typed: name)
        let throttle = SignInThrottle(rules: desk.rules, name: signInName?.rawValue ?? name, visitor: visitor)
        let found = try await surroundings.databases.withHub { transaction in
            if let wait = try await throttle.admit(now: now, in: transaction) { return Found(wait: wait) }
            guard let signInName, let stored = try await Accounts(transaction).read(signInName) else { return Found() }
            return Found(stored: stored, memberships: try await Memberships(transaction).of(stored.account.id))
        }
        if let wait = found.wait { return .wait(seconds: wait) }
        let (stored, memberships) = (found.stored, found.memberships)
        guard password.utf8.count <= PasswordRules.longest * 4 else { return .refused }
        let comparison = try await desk.passwords.compare(password, with: stored?.password)
        guard let stored, comparison != .wrong, stored.account.state == .active else {
            await note("signin.refused", stored?.account.id, visitor, now)
            return .refused
        }
        guard !visitor.counting(memberships).isEmpty else {
            await note("signin.refused", stored.account.id, visitor, now)
            return .refused
        }
        if comparison == .outdated { try? await rehash(password, of: stored.account.id, now: now) }
        let stage: SignInStage =
            if stored.hasSecondFactor { .codeDue } else if desk.rules.needsSecondFactor { .enrolmentDue } else { .full }
        let opened = try await OpenSession(surroundings)(
            stored.account.id,
            stage: stage,
            means: .password,
            memberships: memberships,
            visitor,
            forgiving: throttle
        )
        return opened.map(Outcome.opened) ?? .refused
    }

    /// What one look into the database found.
    private struct Found: Sendable {
        var wait: Int?
        var stored: StoredAccount?
        var memberships: [Membership] = []
    }

    private func rehash(_ password: String, of id: AccountID, now: Date) async throws {
        let text = try await surroundings.signIn.passwords.hash(password)
        try await surroundings.databases.withHub { try await Accounts($0).setPassword(text, of: id, now: now) }
    }

    /// A refusal is written down for an account that exists; of unknown names nothing is kept: people type passwords there.
    private func note(_ action: String, _ id: AccountID?, _ visitor: Visitor, _ now: Date) async {
        guard let id else { return }
        let entry = AuditEntry(
            happenedAt: now,
            actor: id.actor,
            action: action,
            jurisdiction: visitor.jurisdiction,
            subject: id.rawValue,
            details: ["network": visitor.network]
        )
        do {
            try await surroundings.databases.withHub { try await AuditEntries($0).append(entry) }
        } catch {
            surroundings.log.warning("refused sign-in not written down", metadata: ["fault": "\(error)"])
        }
    }
}
