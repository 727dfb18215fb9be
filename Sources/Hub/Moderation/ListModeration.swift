public import Domain
import Foundation
public import Storage

/// Something that waits for a person, with the words or the address of the photo it is about; for staff only.
public struct WaitingPiece: Sendable, Hashable {
    /// The entry of the queue.
    public let item: ModerationItem
    /// The kind of the request.
    public let service: ServiceCode
    /// The words, or the address of the photo.
    public let content: String
}

/// What of a tenant's requests waits for a person before the public sees it, the longest waiting first.
public struct ListModeration: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The queue of one tenant.
    public func callAsFunction(of tenant: HostedTenant, limit: Int = 100) async throws -> [WaitingPiece] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let items = try await ModerationItems(transaction).held(limit: limit)
            let references = Array(Set(items.map(\.reference)))
            var requests: [RequestReference: ServiceRequest] = [:]
            for reference in references { requests[reference] = try await ServiceRequests(transaction).read(reference) }
            let updates = try await Updates(transaction).of(references)
            return items.compactMap { item in
                guard let request = requests[item.reference] else { return nil }
                let update = updates[item.reference]?.first { $0.id == item.updateID }
                let photos = item.updateID == nil ? request.mediaURLs : update?.mediaURLs ?? []
                let content: String =
                    switch item.piece {
                    case .description: item.updateID == nil ? request.description : update?.description ?? ""
                    case .address: request.address ?? ""
                    case .photo(let place): photos.indices.contains(place) ? photos[place] : ""
                    }
                return WaitingPiece(item: item, service: request.serviceCode, content: content)
            }
        }
    }
}
