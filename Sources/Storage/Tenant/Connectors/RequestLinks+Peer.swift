public import Domain
public import Foundation
import Postgres

/// A request that a system outside was given, as it stands here, beside what that system said last.
public struct GivenRequest: Sendable, Hashable {
    /// The link.
    public let link: RequestLink
    /// Whether it is open or closed here.
    public let status: Open311Status
}

extension RequestLinks {
    /// Requests given to a peer from `start` until before `end`, the oldest first.
    public func given(
        to peer: String,
        from start: Date,
        until end: Date,
        limit: Int = 50_000
    ) async throws -> [GivenRequest] {
        let rows = try await transaction.all(
            """
            SELECT request_link.service_request_id, peer, kind, remote_id, remote_token, remote_status, poll_due_at,
                created_at, request_link.updated_at, status
            FROM request_link
            JOIN service_request ON service_request.service_request_id = request_link.service_request_id
            WHERE peer = \(peer)
                AND kind IN ('copy', 'lead')
                AND created_at >= \(start)
                AND created_at < \(end)
            ORDER BY created_at, request_link.service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map { GivenRequest(link: try RequestLink($0), status: try $0.word("status")) }
    }

    /// The links of some requests to one peer.
    public func of(_ references: [RequestReference], peer: String) async throws -> [RequestLink] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, peer, kind, remote_id, remote_token, remote_status, poll_due_at, created_at,
                updated_at
            FROM request_link
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
                AND peer = \(peer)
            """
        )
        return try rows.map(RequestLink.init)
    }
}

extension ForwardingTargets {
    /// Targets that are left alone at an instant.
    public func closed(at now: Date) async throws -> [String] {
        try await transaction.all(
            """
            SELECT target
            FROM forwarding_target
            WHERE closed_until > \(now)
            """
        ).map { try $0.decode("target") }
    }
}
