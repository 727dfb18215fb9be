import Foundation
import HTTPTypes
public import Hub
public import Hummingbird
import NIOCore

/// `/photos/<sha256>.jpg`: the kept pictures, each only ever one thing: a JPEG we wrote ourselves.
///
/// The type is fixed, sniffing is off and the policy is a sandbox, so that nothing in a picture can act on this host. The name is the
/// content, so it may be kept for ever. Everything else below `/photos` looks the same: not there.
public struct PhotoRoutes: Sendable {
    private let photos: PhotoStore

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings) {
        photos = surroundings.photos
    }

    /// Adds the route.
    public func add(to router: Router<HubRequestContext>) {
        router.get("/photos/:name") { request, context in
            let name = try context.parameters.require("name")
            guard name.hasSuffix(".jpg"), let file = photos.file(of: String(name.dropLast(4))),
                let data = try? Data(contentsOf: file, options: .mappedIfSafe)
            else { throw HTTPFault.notFound }
            var headers = Self.headers
            headers[.eTag] = "\"\(name.dropLast(4))\""
            headers[.contentDisposition] = "inline; filename=\"\(name)\""
            if request.headers[.ifNoneMatch]?.contains(name.dropLast(4)) == true {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentLength] = String(data.count)
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
        }
    }

    private static let headers: HTTPFields = {
        var headers: HTTPFields = [
            .contentType: "image/jpeg", .cacheControl: "public, max-age=31536000, immutable",
            .xContentTypeOptions: "nosniff",
        ]
        if let policy = HTTPField.Name("Content-Security-Policy") { headers[policy] = "default-src 'none'; sandbox" }
        if let sharing = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[sharing] = "cross-origin" }
        return headers
    }()
}
