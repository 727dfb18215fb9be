public import Domain
public import Foundation
public import Storage

/// A person's own sessions: the list, signing out here or everywhere, the body they act for, proving again who they are.
public struct ManageSessions: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Sessions that count now, the latest used first.
    public func list(of id: AccountID) async throws -> [StoredSession] {
        let now = surroundings.now()
        let idle = surroundings.signIn.rules.idle
        return try await surroundings.databases.withHub { try await AccountSessions($0).of(id, now: now, idle: idle) }
    }

    /// Ends one session of the person; false when it is none of theirs.
    public func end(_ session: String, of found: FoundSession) async throws -> Bool {
        let now = surroundings.now()
        return try await surroundings.databases.withHub { transaction in
            let isEnded = try await AccountSessions(transaction).end(session, of: found.account.id)
            if isEnded {
                try await AuditEntries(transaction).append(entry("signin.out", session, found, now))
            }
            return isEnded
        }
    }

    /// Ends every session of the person, this one with them, and says how many.
    public func endAll(of found: FoundSession) async throws -> Int {
        let now = surroundings.now()
        return try await surroundings.databases.withHub { transaction in
            let count = try await AccountSessions(transaction).endAll(of: found.account.id)
            try await AuditEntries(transaction).append(entry("signin.out_everywhere", found.session.id, found, now))
            return count
        }
    }

    /// Acts for another body from now on; false when the person is nothing there or the door is another's.
    public func act(in jurisdiction: JurisdictionID, _ found: FoundSession) async throws -> Bool {
        guard found.others.contains(where: { $0.jurisdiction == jurisdiction }) else { return false }
        let now = surroundings.now()
        try await surroundings.databases.withHub { transaction in
            try await AccountSessions(transaction).act(in: jurisdiction, session: found.session.id)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: found.account.id.actor,
                    action: "signin.acts_in",
                    jurisdiction: jurisdiction,
                    subject: found.session.id
                )
            )
        }
        return true
    }

    /// Proves again who the person is, by password where they have no second factor; the session gets another token.
    public func prove(_ password: String, of found: FoundSession, _ visitor: Visitor) async throws
        -> ConfirmSecondFactor.Outcome
    {
        let now = surroundings.now()
        let rules = surroundings.signIn.rules
        let id = found.account.id
        let throttle = SignInThrottle(rules: rules, name: "proof of \(id.rawValue)", visitor: visitor.stranger)
        let admitted = try await surroundings.databases.withHub { transaction in
            if let wait = try await throttle.admit(now: now, in: transaction) { return Admission(wait: wait) }
            return Admission(account: try await Accounts(transaction).read(id))
        }
        if let wait = admitted.wait { return .wait(seconds: wait) }
        let comparison = try await surroundings.signIn.passwords.compare(password, with: admitted.account?.password)
        guard comparison != .wrong else { return .refused }
        let token = SecretToken.make()
        let ends = found.session.end(by: rules)
        let isRenewed = try await surroundings.databases.withHub { transaction in
            try await throttle.forgive(in: transaction)
            return try await AccountSessions(transaction).renew(
                found.session.id,
                tokenHash: SecretToken.hash(token),
                stage: .full,
                endsAt: ends,
                now: now
            )
        }
        guard isRenewed else { return .refused }
        let seconds = Int(ends.timeIntervalSince(now))
        return .opened(OpenedSession(token: token, stage: .full, account: id, seconds: seconds))
    }

    private func entry(_ action: String, _ session: String, _ found: FoundSession, _ now: Date) -> AuditEntry {
        AuditEntry(
            happenedAt: now,
            actor: found.account.id.actor,
            action: action,
            jurisdiction: found.acting.jurisdiction,
            subject: session
        )
    }
}
