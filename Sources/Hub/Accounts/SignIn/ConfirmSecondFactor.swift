public import Domain
public import Foundation
public import Storage

/// Takes the second factor of a person: a code of their app, or a recovery code in its place.
///
/// Used after the password and before dangerous actions; either way the session gets another token.
public struct ConfirmSecondFactor: Sendable {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        /// Right.
        case opened(OpenedSession)
        /// Wrong, used before, or of another time.
        case refused
        /// Tried too often; again after so many seconds.
        case wait(seconds: Int)
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Compares what was typed.
    public func callAsFunction(_ typed: String, of found: FoundSession, _ visitor: Visitor) async throws -> Outcome {
        let now = surroundings.now()
        let rules = surroundings.signIn.rules
        let id = found.account.id
        let throttle = SignInThrottle(rules: rules, name: "second factor of \(id.rawValue)", visitor: visitor.stranger)
        let admitted = try await surroundings.databases.withHub { transaction in
            if let wait = try await throttle.admit(now: now, in: transaction) { return Admission(wait: wait) }
            return Admission(account: try await Accounts(transaction).read(id))
        }
        if let wait = admitted.wait { return .wait(seconds: wait) }
        guard let stored = admitted.account, stored.hasSecondFactor, let sealed = stored.timeCodeSecret else {
            return .refused
        }
        let secret = try surroundings.signIn.open(sealed, for: id)
        let step = secret.step(of: typed, at: now)
        let token = SecretToken.make()
        let isRenewed = try await surroundings.databases.withHub { transaction in
            let isTaken: Bool
            if let step {
                isTaken = try await Accounts(transaction).takeTimeCode(step: step, of: id, now: now)
            } else if RecoveryCode.isPlausible(typed) {
                isTaken = try await RecoveryCodes(transaction).take(hash: RecoveryCode.hash(typed), of: id, now: now)
            } else {
                isTaken = false
            }
            guard isTaken else {
                try await AuditEntries(transaction).append(entry("signin.code_refused", found, visitor, now))
                return false
            }
            try await throttle.forgive(in: transaction)
            let action = step == nil ? "signin.recovery_code" : "signin.done"
            try await AuditEntries(transaction).append(entry(action, found, visitor, now))
            return try await AccountSessions(transaction).renew(
                found.session.id,
                tokenHash: SecretToken.hash(token),
                stage: .full,
                endsAt: found.session.end(by: rules),
                now: now
            )
        }
        guard isRenewed else { return .refused }
        let seconds = Int(found.session.end(by: rules).timeIntervalSince(now))
        return .opened(OpenedSession(token: token, stage: .full, account: id, seconds: seconds))
    }

    private func entry(_ action: String, _ found: FoundSession, _ visitor: Visitor, _ now: Date) -> AuditEntry {
        AuditEntry(
            happenedAt: now,
            actor: found.account.id.actor,
            action: action,
            jurisdiction: visitor.jurisdiction,
            subject: found.session.id,
            details: ["network": visitor.network]
        )
    }
}

extension StoredSession {
    /// When a session that is fully open is over: counted from its beginning, whatever is proved later.
    func end(by rules: SignInRules) -> Date { startedAt.addingTimeInterval(rules.longest) }
}

extension Visitor {
    /// The same visitor without what the browser remembers: the second factor has one line for everybody.
    var stranger: Visitor {
        Visitor(face: face, jurisdiction: jurisdiction, isHub: isHub, device: device, network: network)
    }
}
