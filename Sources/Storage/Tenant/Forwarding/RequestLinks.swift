public import Domain
public import Foundation
import Postgres

/// That a request is also known to another body, and as what.
public struct RequestLink: Sendable, Hashable {
    /// The request.
    public let reference: RequestReference

    /// The other body or system: a jurisdiction id, a partner, or a target outside.
    public let peer: String

    /// What the peer is to the request.
    public let kind: Kind

    /// Its identifier there; nil until known.
    public let remoteID: String?

    /// Token that will be exchanged for the identifier (batch services); nil otherwise.
    public let remoteToken: String?

    /// Last state the peer told, in its own words.
    public let remoteStatus: String?

    /// When to ask the peer next; nil when it is not asked.
    public let pollDueAt: Date?

    /// When it was first and last written.
    public let createdAt: Date

    /// When it was last written.
    public let updatedAt: Date

    /// What a peer is to a request.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request was born there; we have it from them.
        case origin
        /// The body that leads now; our row is its mirror.
        case lead
        /// A system outside that works on a copy.
        case copy
        /// A body that was told.
        case told
    }

    /// A link.
    public init(
        reference: RequestReference,
        peer: String,
        kind: Kind,
        remoteID: String? = nil,
        remoteToken: String? = nil,
        remoteStatus: String? = nil,
        pollDueAt: Date? = nil,
        createdAt: Date,
        updatedAt: Date
    ) {
        self.reference = reference
        self.peer = peer
        self.kind = kind
        self.remoteID = remoteID
        self.remoteToken = remoteToken
        self.remoteStatus = remoteStatus
        self.pollDueAt = pollDueAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Where requests of this tenant are also known.
public struct RequestLinks {
    let transaction: TenantTransaction

    /// The links of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a link; one of the same request and peer is replaced, its first date stays.
    public func put(_ link: RequestLink) async throws {
        try await transaction.queue(
            """
            INSERT INTO request_link
                (service_request_id, peer, kind, remote_id, remote_token, remote_status, poll_due_at, created_at,
                updated_at)
            VALUES
                (\(link.reference.rawValue), \(link.peer), \(link.kind.rawValue), \(link.remoteID), \(link.remoteToken),
                \(link.remoteStatus), \(link.pollDueAt), \(link.createdAt), \(link.updatedAt))
            ON CONFLICT (service_request_id, peer) DO UPDATE
            SET kind = excluded.kind, remote_id = excluded.remote_id, remote_token = excluded.remote_token,
                remote_status = excluded.remote_status, poll_due_at = excluded.poll_due_at,
                updated_at = excluded.updated_at
            """
        )
    }

    /// All links of a request, by peer.
    public func of(_ reference: RequestReference) async throws -> [RequestLink] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM request_link
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY peer
            """
        )
        return try rows.map(RequestLink.init)
    }

    /// The link by the identifier a peer uses; nil when there is none.
    public func find(peer: String, remoteID: String) async throws -> RequestLink? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM request_link
            WHERE peer = \(peer)
                AND remote_id = \(remoteID)
            ORDER BY created_at
            LIMIT 1
            """
        )
        return try row.map(RequestLink.init)
    }

    /// Links whose peer should be asked by now, the longest waiting first.
    public func dueForPolling(now: Date, limit: Int = 100) async throws -> [RequestLink] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM request_link
            WHERE poll_due_at <= \(now)
            ORDER BY poll_due_at, service_request_id
            LIMIT \(limit)
            FOR UPDATE SKIP LOCKED
            """
        )
        return try rows.map(RequestLink.init)
    }

    private static let columns: SQL = """
        service_request_id, peer, kind, remote_id, remote_token, remote_status, poll_due_at, created_at, updated_at
        """
}

extension RequestLink {
    init(_ row: Row) throws {
        self.init(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            peer: try row.decode("peer"),
            kind: try row.word("kind"),
            remoteID: try row.decode("remote_id"),
            remoteToken: try row.decode("remote_token"),
            remoteStatus: try row.decode("remote_status"),
            pollDueAt: try row.decode("poll_due_at"),
            createdAt: try row.decode("created_at"),
            updatedAt: try row.decode("updated_at")
        )
    }
}
