public import Domain
public import Foundation
import Postgres

/// A photo of a request: the file lies elsewhere under the hash of its content, this is what is known of it.
public struct StoredAttachment: Sendable, Hashable, Identifiable {
    /// Identity of the row.
    public let id: UUID

    /// The request.
    public let reference: RequestReference

    /// Place among the request's photos, from 0.
    public let position: Int

    /// SHA-256 of the stored file, as hexadecimal text.
    public let contentHash: String

    /// Media type it is served with.
    public let mediaType: String

    /// Size of the stored file.
    public let byteCount: Int

    /// Width and height in pixels; nil when unknown.
    public let width: Int?

    /// Height in pixels.
    public let height: Int?

    /// Whether anybody may see it.
    public let isPublic: Bool

    /// When it was stored.
    public let storedAt: Date

    /// What is known of a photo.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        position: Int,
        contentHash: String,
        mediaType: String,
        byteCount: Int,
        width: Int? = nil,
        height: Int? = nil,
        isPublic: Bool = true,
        storedAt: Date
    ) {
        self.id = id
        self.reference = reference
        self.position = position
        self.contentHash = contentHash
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.width = width
        self.height = height
        self.isPublic = isPublic
        self.storedAt = storedAt
    }
}

/// Photos of this tenant's requests.
public struct Attachments {
    let transaction: TenantTransaction

    /// The photos of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a photo of a request.
    public func insert(_ photo: StoredAttachment) async throws {
        try await transaction.queue(
            """
            INSERT INTO attachment
                (attachment_id, service_request_id, position, content_hash, media_type, byte_count, width, height,
                state, is_public, stored_at)
            VALUES
                (\(photo.id), \(photo.reference.rawValue), \(photo.position), \(photo.contentHash), \(photo.mediaType),
                \(photo.byteCount), \(photo.width), \(photo.height), 'stored', \(photo.isPublic), \(photo.storedAt))
            """
        )
    }

    /// Photos of a request that were not removed, in their order.
    public func of(_ reference: RequestReference) async throws -> [StoredAttachment] {
        let rows = try await transaction.all(
            """
            SELECT attachment_id, service_request_id, position, content_hash, media_type, byte_count, width, height,
                is_public, stored_at
            FROM attachment
            WHERE service_request_id = \(reference.rawValue)
                AND state = 'stored'
            ORDER BY position, attachment_id
            """
        )
        return try rows.map { row in
            StoredAttachment(
                id: try row.decode("attachment_id"),
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                position: try row.decode("position"),
                contentHash: try row.decode("content_hash"),
                mediaType: try row.decode("media_type"),
                byteCount: try row.decode("byte_count"),
                width: try row.decode("width"),
                height: try row.decode("height"),
                isPublic: try row.decode("is_public"),
                storedAt: try row.decode("stored_at")
            )
        }
    }

    /// Whether a request of this tenant shows a file; one nobody shows can be deleted.
    public func isUsed(contentHash: String) async throws -> Bool {
        let row = try await transaction.first(
            """
            SELECT 1 AS used
            FROM attachment
            WHERE content_hash = \(contentHash)
                AND state = 'stored'
            LIMIT 1
            """
        )
        return row != nil
    }

    /// Takes a photo off its request; false when it was not there.
    public func remove(_ id: UUID) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE attachment
            SET state = 'removed'
            WHERE attachment_id = \(id)
                AND state = 'stored'
            """
        )
        return count == 1
    }
}
