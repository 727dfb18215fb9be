public import Domain
public import Foundation
import Postgres

/// One sign-in, as it is kept: without its token.
public struct StoredSession: Sendable, Hashable, Identifiable {
    /// Public part, for the list of sessions and for forms; opens nothing.
    public let id: String
    /// Whose it is.
    public let account: AccountID
    /// Host and path it is good for.
    public let face: String
    /// The jurisdiction the person acts in.
    public var actingIn: JurisdictionID
    /// How far the sign-in has come.
    public var stage: SignInStage
    /// How it was proved.
    public let means: SignInMeans
    /// What the browser calls itself, cut to 200 characters.
    public let device: String
    /// Network it was begun from.
    public let network: String
    /// When it was begun.
    public let startedAt: Date
    /// When it was last used, to the minute.
    public let seenAt: Date
    /// When it is over whatever happens.
    public let endsAt: Date
    /// When the person last proved who they are.
    public var provedAt: Date

    /// A session.
    public init(
        id: String,
        account: AccountID,
        face: String,
        actingIn: JurisdictionID,
        stage: SignInStage,
        means: SignInMeans,
        device: String,
        network: String,
        startedAt: Date,
        seenAt: Date,
        endsAt: Date,
        provedAt: Date
    ) {
        self.id = id
        self.account = account
        self.face = face
        self.actingIn = actingIn
        self.stage = stage
        self.means = means
        self.device = device
        self.network = network
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.endsAt = endsAt
        self.provedAt = provedAt
    }
}

/// A session that counts now, with the person and what they are.
public struct LiveSession: Sendable, Hashable {
    /// The session.
    public let session: StoredSession
    /// The person.
    public let account: Account
    /// Everything they are.
    public let memberships: [Membership]
}

/// Sessions of staff.
public struct AccountSessions {
    let transaction: HubTransaction

    /// The sessions of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a new session under the hash of its token.
    public func insert(_ session: StoredSession, tokenHash: Data) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.account_session
                (token_hash, session_id, account_id, face, acting_in, stage, means, device, network, started_at, seen_at,
                ends_at, proved_at)
            VALUES
                (\(tokenHash), \(session.id), \(session.account.rawValue), \(session.face),
                \(session.actingIn.rawValue), \(session.stage.rawValue), \(session.means.rawValue), \(session.device),
                \(session.network), \(session.startedAt), \(session.seenAt), \(session.endsAt), \(session.provedAt))
            """
        )
    }

    /// The session of a token at one face, if it counts: not over, used lately, its person active; nil otherwise, all alike.
    public func live(tokenHash: Data, face: String, now: Date, idle: TimeInterval) async throws -> LiveSession? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns), sign_in_name, display_name, language, state, created_at, created_by
            FROM hub.account_session AS session
            JOIN hub.account USING (account_id)
            WHERE token_hash = \(tokenHash)
                AND face = \(face)
                AND state = 'active'
                AND ends_at > \(now)
                AND seen_at > \(now.addingTimeInterval(-idle))
            """
        )
        guard let row else { return nil }
        let session = try StoredSession(row)
        return LiveSession(
            session: session,
            account: Account(
                id: session.account,
                signInName: SignInName(trusted: try row.decode("sign_in_name")),
                displayName: try row.decode("display_name"),
                language: try row.word("language"),
                state: try row.word("state"),
                createdAt: try row.decode("created_at"),
                createdBy: try row.decode("created_by")
            ),
            memberships: try await Memberships(transaction).of(session.account)
        )
    }

    /// Queues that a session was used; written at most once a minute.
    public func touch(_ id: String, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account_session
            SET seen_at = \(now)
            WHERE session_id = \(id)
                AND seen_at < \(now.addingTimeInterval(-60))
            """
        )
    }

    /// Gives a session another token, stage and proof: what was known before the step opens nothing after it.
    public func renew(
        _ id: String,
        tokenHash: Data,
        stage: SignInStage,
        endsAt: Date,
        now: Date
    ) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.account_session
            SET token_hash = \(tokenHash), stage = \(stage.rawValue), proved_at = \(now), seen_at = \(now),
                ends_at = \(endsAt)
            WHERE session_id = \(id)
            """
        )
        return count == 1
    }

    /// Queues the jurisdiction that the person acts in from now on.
    public func act(in jurisdiction: JurisdictionID, session id: String) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account_session
            SET acting_in = \(jurisdiction.rawValue)
            WHERE session_id = \(id)
            """
        )
    }

    /// Sessions of a person that count now, the latest used first.
    public func of(_ id: AccountID, now: Date, idle: TimeInterval) async throws -> [StoredSession] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hub.account_session AS session
            WHERE account_id = \(id.rawValue)
                AND ends_at > \(now)
                AND seen_at > \(now.addingTimeInterval(-idle))
            ORDER BY seen_at DESC, session_id
            """
        )
        return try rows.map(StoredSession.init)
    }

    /// Ends one session of a person; false when it was none of theirs.
    public func end(_ session: String, of id: AccountID) async throws -> Bool {
        let count = try await transaction.change(
            """
            DELETE FROM hub.account_session
            WHERE session_id = \(session)
                AND account_id = \(id.rawValue)
            """
        )
        return count == 1
    }

    /// Ends every session of a person but one, and says how many.
    public func endAll(of id: AccountID, but kept: String? = nil) async throws -> Int {
        try await transaction.change(
            """
            DELETE FROM hub.account_session
            WHERE account_id = \(id.rawValue)
                AND session_id IS DISTINCT FROM \(kept)
            """
        )
    }

    /// Removes what is over, so that the table stays as small as the staff.
    public func sweep(now: Date, idle: TimeInterval) async throws {
        try await transaction.queue(
            """
            DELETE FROM hub.account_session
            WHERE ends_at <= \(now)
                OR seen_at <= \(now.addingTimeInterval(-idle))
            """
        )
    }

    private static let columns: SQL = """
        session_id, session.account_id, face, acting_in, stage, means, device, network, started_at, seen_at, ends_at,
        proved_at
        """
}

extension StoredSession {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("session_id"),
            account: AccountID(trusted: try row.decode("account_id")),
            face: try row.decode("face"),
            actingIn: JurisdictionID(trusted: try row.decode("acting_in")),
            stage: try row.word("stage"),
            means: try row.word("means"),
            device: try row.decode("device"),
            network: try row.decode("network"),
            startedAt: try row.decode("started_at"),
            seenAt: try row.decode("seen_at"),
            endsAt: try row.decode("ends_at"),
            provedAt: try row.decode("proved_at")
        )
    }
}
