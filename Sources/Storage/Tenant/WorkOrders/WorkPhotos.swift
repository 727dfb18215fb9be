public import Domain
public import Foundation
import Postgres

/// A photo that a crew took of its work; for staff alone until somebody releases it.
public struct WorkPhoto: Sendable, Hashable, Identifiable {
    /// Identity of the row; part of the photo's address.
    public let id: UUID
    /// The order.
    public let order: UUID
    /// The request.
    public let reference: RequestReference
    /// Before or after the work.
    public let moment: Moment
    /// SHA-256 of the stored file, as hexadecimal text.
    public let contentHash: String
    /// Size of the stored file.
    public let byteCount: Int
    /// When it was stored.
    public let storedAt: Date

    /// When a photo was taken, as the crew says.
    public enum Moment: String, Sendable, Hashable, Codable, CaseIterable {
        /// Before the work.
        case before
        /// After the work.
        case after
    }

    /// A photo of an order.
    public init(
        id: UUID = UUID(),
        order: UUID,
        reference: RequestReference,
        moment: Moment,
        contentHash: String,
        byteCount: Int,
        storedAt: Date
    ) {
        self.id = id
        self.order = order
        self.reference = reference
        self.moment = moment
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.storedAt = storedAt
    }
}

/// Photos of the work, among the photos of their requests.
public struct WorkPhotos {
    private let transaction: TenantTransaction

    /// The photos of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a photo, placed after the request's others.
    public func insert(_ photo: WorkPhoto) async throws {
        try await transaction.queue(
            """
            INSERT INTO attachment
                (attachment_id, service_request_id, position, content_hash, media_type, byte_count, state, is_public,
                stored_at, work_order_id, moment)
            SELECT \(photo.id), \(photo.reference.rawValue), COALESCE(max(position), -1) + 1, \(photo.contentHash),
                'image/jpeg', \(photo.byteCount), 'stored', false, \(photo.storedAt), \(photo.order),
                \(photo.moment.rawValue)
            FROM attachment
            WHERE service_request_id = \(photo.reference.rawValue)
            """
        )
    }

    /// Photos of some orders, the earliest first.
    public func of(_ orders: [UUID]) async throws -> [WorkPhoto] {
        let rows = try await transaction.all(
            """
            SELECT attachment_id, service_request_id, content_hash, byte_count, stored_at, work_order_id, moment
            FROM attachment
            WHERE work_order_id = ANY (\(orders))
                AND state = 'stored'
            ORDER BY position, attachment_id
            """
        )
        return try rows.map { row in
            WorkPhoto(
                id: try row.decode("attachment_id"),
                order: try row.decode("work_order_id"),
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                moment: try row.word("moment"),
                contentHash: try row.decode("content_hash"),
                byteCount: try row.decode("byte_count"),
                storedAt: try row.decode("stored_at")
            )
        }
    }
}
