import Domain
import Foundation
import HTTPTypes
public import Hub
public import Hummingbird
import Mail
import NIOCore
import Open311

/// `/webhooks/mail`, `/webhooks/sms`, `/webhooks/sms/twilio`: what comes back from mail servers and from telephones.
///
/// Whoever cannot show the token or the signature gets 403, whatever the body says; a message that came before changes nothing.
public struct MessageHookRoutes: Sendable {
    private let surroundings: Surroundings
    private let hooks: MessageHooks

    /// Routes that open by these secrets.
    public init(_ surroundings: Surroundings, hooks: MessageHooks) {
        self.surroundings = surroundings
        self.hooks = hooks
    }

    /// Adds all three.
    public func add(to router: Router<HubRequestContext>) {
        let hooksRoutes = router.group("webhooks").add(middleware: PlainHookFaults())
        hooksRoutes.post("mail") { request, _ in try await mail(request) }
        hooksRoutes.post("sms") { request, _ in try await text(request) }
        hooksRoutes.post("sms/twilio") { request, _ in try await twilio(request) }
    }

    private static let forbidden = HTTPFault(
        .forbidden,
        english: "the signature or token is missing or wrong",
        french: "la signature ou le jeton manque ou est faux"
    )

    /// A mail as it came, `message/rfc822`.
    private func mail(_ request: Request) async throws -> Response {
        guard hooks.opensMail(request.headers) else { throw Self.forbidden }
        let body = try await request.body(limit: ReceivedMail.largest)
        let wasOurs = try await HearBounce(surroundings).take(ReceivedMail(body.readableBytesView))
        return Self.plain(wasOurs ? "taken\n" : "no report on a mail of this hub\n")
    }

    private struct IncomingText: Decodable {
        let id: String
        let from: String
        let text: String
    }

    /// A text message from the neutral gateway; the answer holds the reply to send.
    private func text(_ request: Request) async throws -> Response {
        let bytes = Array(try await request.body(limit: 16 << 10).readableBytesView)
        let header = HTTPField.Name("Hub-Signature").flatMap { request.headers[$0] }
        guard hooks.isSigned(bytes, header, at: surroundings.now()) else { throw Self.forbidden }
        guard let message = try? JSONDecoder().decode(IncomingText.self, from: Data(bytes)) else {
            throw HTTPFault(
                .badRequest,
                english: "the body must be a JSON object with the texts id, from and text",
                french: "le contenu doit être un objet JSON avec les textes id, from et text"
            )
        }
        let reply = try await HearText(surroundings)(
            source: "generic",
            messageID: message.id,
            from: message.from,
            text: message.text
        )
        let text = JSONText.of(capacity: 512) { json in
            json.object { $0.member("reply", reply.map(Self.bilingual) ?? "") }
        }
        return Response(json: text, headers: [.cacheControl: "no-store"])
    }

    private func twilio(_ request: Request) async throws -> Response {
        let bytes = Array(try await request.body(limit: 64 << 10).readableBytesView)
        let fields: [(name: String, value: String)]
        do {
            fields = try Open311.RequestBody(contentType: request.headers[.contentType], bytes: bytes).fields
                .map { ($0.name, $0.value) }
        } catch {
            throw HTTPFault(.badRequest, english: "the form could not be read", french: "le formulaire est illisible")
        }
        let url = surroundings.settings.publicBaseURL.absoluteString + "/webhooks/sms/twilio"
        let header = HTTPField.Name("X-Twilio-Signature").flatMap { request.headers[$0] }
        guard hooks.isSignedByTwilio(url: url, fields, header) else { throw Self.forbidden }
        func value(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        let reply = try await HearText(surroundings)(
            source: "twilio",
            messageID: value("MessageSid"),
            from: value("From"),
            text: value("Body")
        )
        let words = reply.map { "<Message>\(Self.escaped(Self.bilingual($0)))</Message>" } ?? ""
        let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\(words)</Response>\n"
        return Response(
            status: .ok,
            headers: [.contentType: "text/xml; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document))
        )
    }

    /// Nobody knows the language of a number: both, the same as on a sign.
    private static func bilingual(_ text: LocalizedText) -> String { "\(text.english) / \(text.french)" }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func plain(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

/// Faults of the hooks in one line of plain text; the other end is a program.
private struct PlainHookFaults: RouterMiddleware {
    typealias Context = HubRequestContext

    func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let fault as HTTPFault {
            let text = fault.entries.map(\.message.english).joined(separator: "\n") + "\n"
            return Response(
                status: fault.status,
                headers: fault.headers + [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        }
    }
}
