import Domain
import Foundation
import Storage

/// Puts a fetched photo in the place of the address it was given by.
struct KeepPhoto: Sendable {
    let surroundings: Surroundings

    /// Exchanges the address in the request and notes the photo, in one transaction; a second time changes nothing.
    func callAsFunction(_ photo: PhotoStore.Photo, _ message: PhotoMessage, at tenant: HostedTenant) async throws {
        let now = surroundings.second
        let url = surroundings.settings.photoURL(photo.id)
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let requests = ServiceRequests(transaction)
            guard var request = try await requests.readForUpdate(message.reference),
                let place = request.mediaURLs.firstIndex(of: message.url)
            else { return }
            request.mediaURLs[place] = url
            try await requests.saveLocked(request)
            try await Attachments(transaction).insert(
                StoredAttachment(
                    reference: message.reference,
                    position: message.position,
                    contentHash: photo.id,
                    mediaType: photo.contentType,
                    byteCount: photo.bytes,
                    isPublic: request.visibility == .public,
                    storedAt: now
                )
            )
            try await tell(request, at: now, in: transaction)
        }
    }

    /// A picture that was fetched after the request was offered or handed on follows it.
    private func tell(_ request: ServiceRequest, at now: Date, in transaction: TenantTransaction) async throws {
        let body: ReceivingBody? =
            if case .offered(let body, _) = request.life.state { body } else { request.life.holder }
        guard case .tenant(let peer)? = body else { return }
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.pictures.rawValue,
                target: OutboxTarget.tenant(peer),
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(
                    PicturesMessage(reference: request.reference, mediaURLs: request.mediaURLs)
                ),
                createdAt: now
            )
        )
    }
}
