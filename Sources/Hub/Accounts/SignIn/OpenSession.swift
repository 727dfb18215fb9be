import Domain
import Foundation
import Storage

/// Opens a session for a person whose proof was right; nil when nothing is theirs to do at this door.
struct OpenSession: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func callAsFunction(
        _ id: AccountID,
        stage: SignInStage,
        means: SignInMeans,
        memberships: [Membership],
        _ visitor: Visitor,
        forgiving throttle: SignInThrottle? = nil
    ) async throws -> OpenedSession? {
        let counting = visitor.counting(memberships)
        guard let first = counting.first(where: { $0.jurisdiction == visitor.jurisdiction }) ?? counting.first else {
            return nil
        }
        let rules = surroundings.signIn.rules
        let now = surroundings.now()
        let seconds = stage == .full ? rules.longest : rules.halfway
        let token = SecretToken.make()
        let session = StoredSession(
            id: SecretToken.make(),
            account: id,
            face: visitor.face,
            actingIn: first.jurisdiction,
            stage: stage,
            means: means,
            device: visitor.device,
            network: visitor.network,
            startedAt: now,
            seenAt: now,
            endsAt: now.addingTimeInterval(seconds),
            provedAt: now
        )
        try await surroundings.databases.withHub { transaction in
            if stage != .codeDue { try await throttle?.forgive(in: transaction) }
            try await AccountSessions(transaction).sweep(now: now, idle: rules.idle)
            try await SignInTries(transaction).sweep(now: now, memory: rules.memory)
            try await AccountSessions(transaction).insert(session, tokenHash: SecretToken.hash(token))
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: id.actor,
                    action: "signin.\(stage == .full ? "done" : "password")",
                    jurisdiction: visitor.jurisdiction,
                    subject: session.id,
                    details: ["network": visitor.network, "means": means.rawValue]
                )
            )
        }
        return OpenedSession(token: token, stage: stage, account: id, seconds: Int(seconds))
    }
}
