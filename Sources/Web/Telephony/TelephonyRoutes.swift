import Domain
import HTTPTypes
public import Hub
public import Hummingbird
import NIOCore

/// `GET /telephony/route?from=&did=`: one address in plain text, for a SIP proxy that has a call in its hands.
///
/// | Status | When |
/// | --- | --- |
/// | 200 | always, whatever the numbers are: the body is one `sip:`, `sips:` or `tel:` address and nothing else |
/// | 403 | who asks is not on this machine, in no network named, and without the token |
/// | 405 | another method than GET or HEAD |
/// | 409 | the number dialled is the emergency number: such a call is never taken over |
/// | 503 | no hub is set up yet |
///
/// It is answered from memory: the database may be away. What a number says goes into no log in full.
public struct TelephonyRoutes: Sendable {
    /// The path.
    static let path = "/telephony/route"

    private let surroundings: Surroundings
    private let access: TelephonyAccess

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings, access: TelephonyAccess = TelephonyAccess()) {
        self.surroundings = surroundings
        self.access = access
    }

    /// Adds it, for every method.
    public func add(to router: Router<HubRequestContext>) {
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options, .trace] {
            router.on(RouterPath(Self.path), method: method) { request, context in
                answer(request, from: context.remoteAddress)
            }
        }
    }

    private func answer(_ request: Request, from peer: SocketAddress?) -> Response {
        guard request.method == .get || request.method == .head else {
            return Self.text("GET only", .methodNotAllowed, [.allow: "GET, HEAD"])
        }
        guard access.allows(request.headers, from: peer) else {
            return Self.text("not from here: token or network missing", .forbidden)
        }
        let parameters = TelephoneParameters(request)
        let answer = RouteCall(surroundings)(
            caller: parameters.number("from"),
            dialled: parameters.number("did")
        )
        guard let route = answer.route else {
            return Self.text("no hub is set up", .serviceUnavailable, [.retryAfter: "5"])
        }
        guard route.kind != .emergency else {
            return Self.text("911 is never transferred: the caller hangs up and dials 911", .conflict)
        }
        var headers: HTTPFields = [:]
        if let name = HTTPField.Name("X-Hub-Route") { headers[name] = route.kind.rawValue }
        if let name = HTTPField.Name("X-Hub-Greeting") { headers[name] = answer.greeting.word }
        let response = Self.text(route.address.rawValue, .ok, headers)
        return request.method == .head ? response.withoutBody : response
    }

    private static func text(
        _ text: String,
        _ status: HTTPResponse.Status,
        _ headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "text/plain; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentLength] = String(text.utf8.count)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension ExchangeAnswer.Greeting {
    /// `neutral`, or the area of the municipality, in characters a header may hold.
    fileprivate var word: String {
        switch self {
        case .neutral: "neutral"
        case .municipality(let area):
            area.rawValue.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? area.rawValue : "municipality"
        }
    }
}
