public import Domain
public import Foundation
import Postgres

/// The person a request or an update comes from, as stored apart from the request.
public struct StoredRequester: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID

    /// The request.
    public let reference: RequestReference

    /// What is known of the person.
    public let requester: Requester

    /// Language to answer in.
    public let language: Language?

    /// SHA-256 of the token that opens the private part; nil when none was given.
    public let privateTokenHash: Data?

    /// When it was written down.
    public let notedAt: Date

    /// A person and the request they speak of.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        requester: Requester,
        language: Language?,
        privateTokenHash: Data? = nil,
        notedAt: Date
    ) {
        self.id = id
        self.reference = reference
        self.requester = requester
        self.language = language
        self.privateTokenHash = privateTokenHash
        self.notedAt = notedAt
    }
}

/// Personal data of the people who asked; read only where it is needed, erased when its time is over.
public struct Requesters {
    let transaction: TenantTransaction

    /// The requesters of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a person.
    public func insert(_ person: StoredRequester) async throws {
        let known = person.requester
        try await transaction.queue(
            """
            INSERT INTO requester
                (requester_id, service_request_id, email, phone, first_name, last_name, device_id, account_id, language,
                private_token_hash, noted_at)
            VALUES
                (\(person.id), \(person.reference.rawValue), \(known.email), \(known.phone), \(known.firstName),
                \(known.lastName), \(known.deviceID), \(known.accountID), \(person.language?.rawValue),
                \(person.privateTokenHash), \(person.notedAt))
            """
        )
    }

    /// Everybody who asked about a request, the first one first.
    public func of(_ reference: RequestReference) async throws -> [StoredRequester] {
        let rows = try await transaction.all(
            """
            SELECT requester_id, service_request_id, email, phone, first_name, last_name, device_id, account_id,
                language, private_token_hash, noted_at
            FROM requester
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY noted_at, requester_id
            """
        )
        return try rows.map(StoredRequester.init)
    }

    /// Whether a token opens the private part of a request; compared in constant time.
    public func tokenOpens(_ reference: RequestReference, tokenHash: Data) async throws -> Bool {
        try await of(reference).reduce(false) { opens, person in
            ConstantTime.equal(person.privateTokenHash ?? Data(), tokenHash) || opens
        }
    }

    /// Erases what is known of the people of a request; the rows stay, empty.
    public func erase(_ reference: RequestReference) async throws {
        try await transaction.queue(
            """
            UPDATE requester
            SET email = NULL, phone = NULL, first_name = NULL, last_name = NULL, device_id = NULL, account_id = NULL,
                private_token_hash = NULL
            WHERE service_request_id = \(reference.rawValue)
            """
        )
    }
}

extension StoredRequester {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("requester_id"),
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            requester: Requester(
                email: try row.decode("email"),
                phone: try row.decode("phone"),
                firstName: try row.decode("first_name"),
                lastName: try row.decode("last_name"),
                deviceID: try row.decode("device_id"),
                accountID: try row.decode("account_id")
            ),
            language: try row.wordIfPresent("language"),
            privateTokenHash: try row.decode("private_token_hash"),
            notedAt: try row.decode("noted_at")
        )
    }
}
