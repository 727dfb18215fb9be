public import Domain
public import Foundation
public import Storage

/// Sets up a person's second factor: a secret is made and shown, and counts once a code of it was typed.
public struct EnrolSecondFactor: Sendable {
    /// What confirming came to.
    public enum Outcome: Sendable, Hashable {
        /// It counts; the recovery codes are shown this once.
        case done(OpenedSession, recoveryCodes: [String])
        /// The code was not one of this secret now.
        case refused
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The secret to type into an app: the one that waits for its first code, else a new one.
    ///
    /// - Throws: ``AlreadyEnrolled`` when a confirmed factor is in use; it must be proved before another is set up.
    public func secret(of found: FoundSession) async throws -> TimeCode {
        let now = surroundings.now()
        let id = found.account.id
        let fresh = TimeCode.make()
        let sealed = try surroundings.signIn.seal(fresh, for: id)
        let stored = try await surroundings.databases.withHub { transaction in
            guard let stored = try await Accounts(transaction).read(id) else { throw AlreadyEnrolled() }
            if stored.hasSecondFactor, found.session.stage != .full { throw AlreadyEnrolled() }
            if let waiting = stored.timeCodeSecret, !stored.hasSecondFactor { return waiting as Data? }
            try await Accounts(transaction).setTimeCodeSecret(sealed, of: id, now: now)
            return nil
        }
        guard let stored else { return fresh }
        return try surroundings.signIn.open(stored, for: id)
    }

    /// Takes the first code: the factor counts from now on, the session gets another token.
    public func confirm(_ typed: String, of found: FoundSession, _ visitor: Visitor) async throws -> Outcome {
        let now = surroundings.now()
        let id = found.account.id
        let rules = surroundings.signIn.rules
        let stored = try await surroundings.databases.withHub { try await Accounts($0).read(id) }
        guard let stored, let sealed = stored.timeCodeSecret, !stored.hasSecondFactor,
            let step = try surroundings.signIn.open(sealed, for: id).step(of: typed, at: now)
        else { return .refused }
        let codes = RecoveryCode.make()
        let token = SecretToken.make()
        let ends = found.session.end(by: rules)
        let isDone = try await surroundings.databases.withHub { transaction in
            guard try await Accounts(transaction).takeTimeCode(step: step, of: id, now: now) else { return false }
            try await RecoveryCodes(transaction).replace(hashes: codes.map(RecoveryCode.hash), of: id, now: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: id.actor,
                    action: "account.second_factor",
                    jurisdiction: visitor.jurisdiction,
                    subject: id.rawValue,
                    details: ["network": visitor.network]
                )
            )
            return try await AccountSessions(transaction).renew(
                found.session.id,
                tokenHash: SecretToken.hash(token),
                stage: .full,
                endsAt: ends,
                now: now
            )
        }
        guard isDone else { return .refused }
        let seconds = Int(ends.timeIntervalSince(now))
        return .done(OpenedSession(token: token, stage: .full, account: id, seconds: seconds), recoveryCodes: codes)
    }

    /// New recovery codes in place of the former ones, shown this once.
    public func newRecoveryCodes(of found: FoundSession) async throws -> [String] {
        let now = surroundings.now()
        let codes = RecoveryCode.make()
        let id = found.account.id
        try await surroundings.databases.withHub { transaction in
            try await RecoveryCodes(transaction).replace(hashes: codes.map(RecoveryCode.hash), of: id, now: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: id.actor,
                    action: "account.recovery_codes",
                    jurisdiction: found.acting.jurisdiction,
                    subject: id.rawValue
                )
            )
        }
        return codes
    }

    /// How many recovery codes are left.
    public func recoveryCodesLeft(of id: AccountID) async throws -> Int {
        try await surroundings.databases.withHub { try await RecoveryCodes($0).left(of: id) }
    }

    /// A second factor is in use.
    public struct AlreadyEnrolled: Error, Sendable {}
}
