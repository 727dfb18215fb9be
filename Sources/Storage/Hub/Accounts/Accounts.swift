public import Domain
public import Foundation
import Postgres

/// An account with the proofs kept for it.
public struct StoredAccount: Sendable, Hashable {
    /// The person.
    public var account: Account
    /// PHC string of the password; nil before one was chosen, and for those who sign in elsewhere.
    public var password: String?
    /// Sealed secret of the second factor; nil before it is set up.
    public var timeCodeSecret: Data?
    /// When the second factor was confirmed with a code; nil: it does not count yet.
    public var timeCodeConfirmedAt: Date?
    /// Number of the last code taken: each is good once.
    public var timeCodeLastStep: Int64?

    /// An account with its proofs.
    public init(
        account: Account,
        password: String? = nil,
        timeCodeSecret: Data? = nil,
        timeCodeConfirmedAt: Date? = nil,
        timeCodeLastStep: Int64? = nil
    ) {
        self.account = account
        self.password = password
        self.timeCodeSecret = timeCodeSecret
        self.timeCodeConfirmedAt = timeCodeConfirmedAt
        self.timeCodeLastStep = timeCodeLastStep
    }

    /// Whether a second factor is in use.
    public var hasSecondFactor: Bool { timeCodeSecret != nil && timeCodeConfirmedAt != nil }
}

/// Accounts of staff.
public struct Accounts {
    let transaction: HubTransaction

    /// The accounts of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a new account; ``StorageError/alreadyThere`` at COMMIT when its sign-in name is taken.
    public func insert(_ account: Account) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.account
                (account_id, sign_in_name, display_name, language, state, created_at, created_by, updated_at)
            VALUES
                (\(account.id.rawValue), \(account.signInName.rawValue), \(account.displayName),
                \(account.language.rawValue), \(account.state.rawValue), \(account.createdAt), \(account.createdBy),
                \(account.createdAt))
            """
        )
    }

    /// Queues what changed of the person; the proofs stay.
    public func save(_ account: Account, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account
            SET display_name = \(account.displayName), language = \(account.language.rawValue),
                state = \(account.state.rawValue), updated_at = \(now)
            WHERE account_id = \(account.id.rawValue)
            """
        )
    }

    /// Queues a password in its PHC form.
    public func setPassword(_ password: String, of id: AccountID, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account
            SET password = \(password), password_changed_at = \(now), updated_at = \(now)
            WHERE account_id = \(id.rawValue)
            """
        )
    }

    /// Queues a sealed secret that counts once it is confirmed; nil takes the second factor away.
    public func setTimeCodeSecret(_ sealed: Data?, of id: AccountID, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.account
            SET time_code_secret = \(sealed), time_code_confirmed_at = NULL, time_code_last_step = NULL,
                updated_at = \(now)
            WHERE account_id = \(id.rawValue)
            """
        )
    }

    /// Takes a code's number, once: false when this or a later one was taken before, on whichever node.
    public func takeTimeCode(step: Int64, of id: AccountID, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.account
            SET time_code_last_step = \(step), time_code_confirmed_at = COALESCE(time_code_confirmed_at, \(now)),
                updated_at = \(now)
            WHERE account_id = \(id.rawValue)
                AND time_code_secret IS NOT NULL
                AND (time_code_last_step IS NULL OR time_code_last_step < \(step))
            """
        )
        return count == 1
    }

    /// An account by its id; nil when there is none.
    public func read(_ id: AccountID) async throws -> StoredAccount? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM hub.account
            WHERE account_id = \(id.rawValue)
            """
        )
        return try row.map(StoredAccount.init)
    }

    /// An account by what the person signs in with; nil when there is none.
    public func read(_ name: SignInName) async throws -> StoredAccount? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM hub.account
            WHERE sign_in_name = \(name.rawValue)
            """
        )
        return try row.map(StoredAccount.init)
    }

    /// All accounts, or those with a membership in one jurisdiction, by name.
    public func all(in jurisdiction: JurisdictionID? = nil) async throws -> [StoredAccount] {
        let condition: SQL =
            jurisdiction.map { id in
                """
                account_id IN (SELECT account_id FROM hub.account_membership WHERE jurisdiction_id = \(id.rawValue))
                """
            } ?? "true"
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hub.account
            WHERE \(condition)
            ORDER BY sign_in_name
            """
        )
        return try rows.map(StoredAccount.init)
    }

    /// Whether there is any account.
    public func isEmpty() async throws -> Bool {
        try await transaction.first("SELECT 1 AS there FROM hub.account LIMIT 1") == nil
    }

    /// Whether somebody who is not disabled looks after the hub: nobody does before the first was invited.
    public func hasHubAdministrator() async throws -> Bool {
        let row = try await transaction.first(
            """
            SELECT 1 AS there
            FROM hub.account
            JOIN hub.account_membership USING (account_id)
            WHERE state <> 'disabled'
                AND \(Role.hubAdministrator.rawValue) = ANY (roles)
            LIMIT 1
            """
        )
        return row != nil
    }

    /// The account that a sign-in service knows under this issuer and subject; nil when it is new.
    public func account(issuer: String, subject: String) async throws -> AccountID? {
        let row = try await transaction.first(
            """
            SELECT account_id
            FROM hub.account_identity
            WHERE issuer = \(issuer)
                AND subject = \(subject)
            """
        )
        return try row.map { AccountID(trusted: try $0.decode("account_id")) }
    }

    /// Queues that an issuer's subject is this account.
    public func link(issuer: String, subject: String, to id: AccountID, now: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.account_identity
                (issuer, subject, account_id, created_at)
            VALUES
                (\(issuer), \(subject), \(id.rawValue), \(now))
            """
        )
    }

    private static let columns: SQL = """
        account_id, sign_in_name, display_name, language, state, password, time_code_secret, time_code_confirmed_at,
        time_code_last_step, created_at, created_by
        """
}

extension StoredAccount {
    init(_ row: Row) throws {
        self.init(
            account: Account(
                id: AccountID(trusted: try row.decode("account_id")),
                signInName: SignInName(trusted: try row.decode("sign_in_name")),
                displayName: try row.decode("display_name"),
                language: try row.word("language"),
                state: try row.word("state"),
                createdAt: try row.decode("created_at"),
                createdBy: try row.decode("created_by")
            ),
            password: try row.decode("password"),
            timeCodeSecret: try row.decode("time_code_secret", as: Data?.self),
            timeCodeConfirmedAt: try row.decode("time_code_confirmed_at"),
            timeCodeLastStep: try row.decode("time_code_last_step")
        )
    }
}
