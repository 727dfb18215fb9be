import HTTPTypes
public import Hub
public import Hummingbird
import LoST
import NIOCore

/// LoST over HTTP at `/lost` (RFC 5222, section 14): every answer of the protocol is HTTP 200, errors and redirects among them.
///
/// Only HTTP's own failures have other statuses and then carry no LoST: 405 for another method, 413 for a body over 1 MiB. The request's
/// `Content-Type` is not judged (H2): clients send several.
public struct LoSTEndpoint: Sendable {
    /// Where requests are posted.
    public static let path = "/lost"

    private let answer: AnswerLoST

    /// An endpoint over these surroundings.
    public init(_ surroundings: Surroundings) {
        answer = AnswerLoST(surroundings)
    }

    /// Takes every method.
    public func add(to router: Router<HubRequestContext>) {
        router.on("\(Self.path)", method: .post) { request, _ in try await respond(to: request) }
        for method in [HTTPRequest.Method.get, .head, .put, .patch, .delete, .options, .trace] {
            router.on("\(Self.path)", method: method) { _, _ -> Response in
                throw HTTPFault(
                    .methodNotAllowed,
                    english: "LoST requests are posted",
                    french: "les requêtes LoST sont envoyées par POST",
                    headers: [.allow: "POST"]
                )
            }
        }
    }

    private func respond(to request: Request) async throws -> Response {
        let body = try await request.body(limit: LoSTMessage.largest)
        let bytes: [UInt8]
        switch await answer(Array(body.readableBytesView)) {
        case .relayed(let relayed): bytes = relayed
        case .answer(let message):
            do { bytes = try message.bytes() } catch { bytes = try answer.errors(error).bytes() }
        }
        return Response(
            status: .ok,
            headers: [.contentType: LoSTMessage.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
