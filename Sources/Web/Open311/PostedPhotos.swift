import Foundation
import Hub
import Open311

/// The pictures that came with a request: files and `data:` addresses are kept at once, addresses elsewhere are fetched later.
struct PostedPhotos: Sendable {
    /// Most pictures of one request.
    static let most = 10

    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Ids of the kept ones and addresses of the others, each in the order given.
    ///
    /// - Throws: 400 or 413 naming the field when a picture cannot be taken; when only our disk is at fault, the request goes on
    ///   without the picture.
    func callAsFunction(
        _ files: [MultipartBody.File],
        mediaURLs: [String]
    ) async throws -> (kept: [String], elsewhere: [String]) {
        guard files.count + mediaURLs.count <= Self.most else {
            throw Open311Faults(.bad("media_url", "and files together are more than \(Self.most)"))
        }
        var kept: [String] = []
        var elsewhere: [String] = []
        for url in mediaURLs {
            guard url.lowercased().hasPrefix("data:") else {
                elsewhere.append(url)
                continue
            }
            if let id = try await keep("media_url", { try await surroundings.photos.keep(dataAddress: url) }) {
                kept.append(id)
            }
        }
        for file in files where !file.bytes.isEmpty {
            if let id = try await keep(file.field, { try await surroundings.photos.keep(Data(file.bytes)) }) {
                kept.append(id)
            }
        }
        return (kept, elsewhere)
    }

    private func keep(
        _ field: String,
        _ store: () async throws -> PhotoStore.Photo
    ) async throws -> String? {
        do {
            return try await store().id
        } catch PhotoFault.storeUnavailable {
            return nil
        } catch let fault as PhotoFault {
            if case .tooLarge = fault {
                throw Open311Faults(Open311Fault(status: 413, field: field, "\(field): \(fault)"))
            }
            throw Open311Faults(.bad(field, "is not taken: \(fault)"))
        }
    }
}
