public import Domain
public import Foundation
import Postgres

/// Somebody who said "me too" to a request of this tenant.
public struct StoredFollower: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID
    /// The request.
    public let reference: RequestReference
    /// The person in ``Requesters``; nil when nothing was given to reach them by.
    public let requesterID: UUID?
    /// Recognises the same person pressing twice; says nothing of who it is.
    public let joiningKey: String
    /// The way they came.
    public let channel: Channel
    /// Language to answer in.
    public let language: Language
    /// When they joined.
    public let joinedAt: Date

    /// A follower.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        requesterID: UUID?,
        joiningKey: String,
        channel: Channel,
        language: Language,
        joinedAt: Date
    ) {
        self.id = id
        self.reference = reference
        self.requesterID = requesterID
        self.joiningKey = joiningKey
        self.channel = channel
        self.language = language
        self.joinedAt = joinedAt
    }
}

/// People who said "me too" to requests of this tenant.
public struct Followers {
    let transaction: TenantTransaction

    /// The followers of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Whether somebody with this key has joined before.
    public func has(_ joiningKey: String, of reference: RequestReference) async throws -> Bool {
        try await transaction.first(
            """
            SELECT 1 AS there
            FROM follower
            WHERE service_request_id = \(reference.rawValue)
                AND joining_key = \(joiningKey)
            """
        ) != nil
    }

    /// Queues a follower; ``StorageError/alreadyThere`` at COMMIT when the same one has joined meanwhile.
    public func insert(_ follower: StoredFollower) async throws {
        try await transaction.queue(
            """
            INSERT INTO follower
                (follower_id, service_request_id, requester_id, joining_key, channel, language, joined_at)
            VALUES
                (\(follower.id), \(follower.reference.rawValue), \(follower.requesterID), \(follower.joiningKey),
                \(follower.channel.rawValue), \(follower.language.rawValue), \(follower.joinedAt))
            """
        )
    }

    /// How many joined a request.
    public func count(of reference: RequestReference) async throws -> Int {
        try await transaction.first(
            """
            SELECT count(*) AS followers
            FROM follower
            WHERE service_request_id = \(reference.rawValue)
            """
        )?.decode("followers") ?? 0
    }
}
