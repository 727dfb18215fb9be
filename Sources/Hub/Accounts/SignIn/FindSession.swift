public import Domain
public import Foundation
public import Storage

/// Finds who stands behind a token at one door: the session, the person, and what they may do in the body they act for.
///
/// Read from the database with every request, so a session ended, a person disabled or a role taken counts at once on every node.
public struct FindSession: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The session; nil when the token is unknown, over, of another door, or its person may not sign in: all alike.
    ///
    /// - Throws: ``StorageError`` while the database is away: nobody is let in then.
    public func callAsFunction(token: String, face: String, jurisdiction: JurisdictionID, isHub: Bool) async throws
        -> FoundSession?
    {
        guard token.utf8.count == 26 else { return nil }
        let now = surroundings.now()
        let hash = SecretToken.hash(token)
        let idle = surroundings.signIn.rules.idle
        let live = try await surroundings.databases.withHub { transaction in
            let sessions = AccountSessions(transaction)
            guard let live = try await sessions.live(tokenHash: hash, face: face, now: now, idle: idle) else {
                return nil as LiveSession?
            }
            if now.timeIntervalSince(live.session.seenAt) >= 60 {
                try await sessions.touch(live.session.id, now: now)
            }
            return live
        }
        guard let live else { return nil }
        let visitor = Visitor(face: face, jurisdiction: jurisdiction, isHub: isHub, device: "", network: "")
        let counting = visitor.counting(live.memberships)
        // A person whose roles here were taken has no session any more.
        guard let acting = counting.first(where: { $0.jurisdiction == live.session.actingIn }) ?? counting.first else {
            return nil
        }
        return FoundSession(session: live.session, account: live.account, acting: acting, others: counting)
    }
}

/// A session with what it is good for now.
public struct FoundSession: Sendable, Hashable {
    /// The session.
    public let session: StoredSession
    /// The person.
    public let account: Account
    /// What they are in the body they act for.
    public let acting: Membership
    /// Everything they may act for at this door, the acting one with it.
    public let others: [Membership]
}
