import Crypto
import Foundation
import Hummingbird
import NIOCore

/// `/api/openapi.json`: the API described in OpenAPI 3.1, kept as a file beside the program.
struct APIDescription: Sendable {
    private let text: ByteBuffer
    private let tag: String

    init() {
        let place = Bundle.module.url(forResource: "Assets/openapi", withExtension: "json")
        let data = place.flatMap { try? Data(contentsOf: $0) } ?? Data("{}".utf8)
        text = ByteBuffer(bytes: data)
        tag = "\"" + SHA256.hash(data: data).prefix(8).map { String(format: "%02x", $0) }.joined() + "\""
    }

    func answer(to request: Request) -> Response {
        let headers: HTTPFields = [.eTag: tag, .cacheControl: "public, max-age=300", .accessControlAllowOrigin: "*"]
        if request.headers[.ifNoneMatch]?.contains(tag) == true {
            return Response(status: .notModified, headers: headers)
        }
        return Response(json: text, headers: headers)
    }
}
