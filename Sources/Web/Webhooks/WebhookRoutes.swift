import Domain
import Foundation
import HTTPTypes
public import Hub
public import Hummingbird
import Logging
import NIOCore

/// `POST /webhooks/{tenant}/{connector}`: what departments' own systems tell, and `…/mail`: their answers by letter.
///
/// Signed as Standard Webhooks 1.0 says: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
///
/// | Status | When |
/// | --- | --- |
/// | 200 | carried out, message by message; or carried out before, then `"repeated": true` and nothing happened |
/// | 400 | the body is no JSON of the form |
/// | 401 | not signed, wrongly signed, older than five minutes, or no such connector: all alike |
/// | 405 | another method |
/// | 409 | the id was used for another body |
/// | 413 | larger than 256 KiB, a letter than 1 MiB |
/// | 503 | the operator has not set the secret yet |
public struct WebhookRoutes: Sendable {
    /// Most bytes of a call with messages.
    static let largestCall = 256 * 1024

    private let receive: ReceiveConnectorCall

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings) {
        receive = ReceiveConnectorCall(surroundings)
    }

    /// Adds them, for every method.
    public func add(to router: Router<HubRequestContext>) {
        let ways: [(path: RouterPath, content: ReceiveConnectorCall.Content, limit: Int)] = [
            ("/webhooks/:jurisdiction/:connector", .updates, Self.largestCall),
            ("/webhooks/:jurisdiction/:connector/mail", .letter, ReceiveLetter.largest),
        ]
        for (path, content, limit) in ways {
            router.on(path, method: .post) { request, context in
                try await take(request, context, content, limit: limit)
            }
            for method in [HTTPRequest.Method.get, .head, .put, .patch, .delete, .options, .trace] {
                router.on(path, method: method) { _, _ in
                    Self.answer(.methodNotAllowed, Problem(error: "calls are posted"), [.allow: "POST"])
                }
            }
        }
    }

    private func take(
        _ request: Request,
        _ context: HubRequestContext,
        _ content: ReceiveConnectorCall.Content,
        limit: Int
    ) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body(limit: limit)
        } catch let fault as HTTPFault {
            return Self.answer(fault.status, Problem(error: fault.entries.first?.message.english ?? ""), fault.headers)
        }
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }
        let outcome: ReceiveConnectorCall.Outcome
        do {
            outcome = try await receive(
                ReceiveConnectorCall.Call(
                    id: header("webhook-id"),
                    timestamp: header("webhook-timestamp"),
                    signature: header("webhook-signature"),
                    body: Array(body.readableBytesView)
                ),
                content,
                tenant: context.parameters.get("jurisdiction") ?? "",
                connector: context.parameters.get("connector") ?? ""
            )
        } catch {
            let failure = ServiceFailure(error)
            context.logger.log(
                level: failure.level,
                "call of a connector failed",
                metadata: ["fault": "\(failure.forLog)"]
            )
            return Self.answer(failure.status, Problem(error: failure.message.english), failure.headers)
        }
        return Self.answer(outcome)
    }

    private static func answer(_ outcome: ReceiveConnectorCall.Outcome) -> Response {
        switch outcome {
        case .taken(let answers): answer(.ok, Taken(results: answers, repeated: false))
        case .repeated: answer(.ok, Taken(results: [], repeated: true))
        case .notBelieved(let reason): answer(.unauthorized, Problem(error: reason.rawValue))
        case .notReady:
            answer(.serviceUnavailable, Problem(error: "this connector is being set up"), [.retryAfter: "300"])
        case .malformed(let reason): answer(.badRequest, Problem(error: reason))
        case .otherBody: answer(.conflict, Problem(error: "webhook-id was used for another body"))
        }
    }

    private struct Taken: Encodable {
        let results: [ConnectorAnswer]
        let repeated: Bool
    }

    private struct Problem: Encodable {
        let error: String
    }

    private static func answer(
        _ status: HTTPResponse.Status,
        _ value: some Encodable,
        _ headers: HTTPFields = [:]
    ) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers = headers
        headers[.cacheControl] = "no-store"
        let bytes = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return Response(json: ByteBuffer(bytes: bytes), status: status, headers: headers)
    }
}
