import Domain
import Foundation
import HTTPTypes
import Hub
public import Hummingbird
import Logging

/// Shows people a page, in their language and in the frame, when a request cannot be answered as asked.
///
/// What went wrong inside stays inside: the page says what happened for the visitor, what is kept, what to do, and the
/// request's id for the help desk.
public struct ErrorPages: RouterMiddleware {
    /// The context of every route.
    public typealias Context = HubRequestContext

    private let parts: PageParts

    init(parts: PageParts) {
        self.parts = parts
    }

    /// Passes the request on and turns an error into a page.
    public func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return await page(for: error, request, context)
        }
    }

    /// What the page shows.
    struct ErrorView {
        let heading: String
        let text: String
        let details: [String]
        let requestID: String?
    }

    /// The page for an error, also for addresses outside every face.
    public func page(for error: any Error, _ request: Request, _ context: HubRequestContext) async -> Response {
        let language = LanguageChoice.language(ofPath: request.uri.path) ?? LanguageChoice.language(of: request)
        let (status, headers) = Self.status(of: error)
        if status.code >= 500 {
            let failure = ServiceFailure(error)
            context.logger.log(level: failure.level, "page failed", metadata: ["error": "\(failure.forLog)"])
        }
        let words = parts.words(language)
        let isDenied = (error as? HTTPFault)?.entries.first?.code == "denied"
        let key = isDenied ? "denied" : Self.key(of: status)
        let view = ErrorView(
            heading: words("error.\(key).heading"),
            text: words("error.\(key).text"),
            details: status == .badRequest ? (error as? HTTPFault)?.entries.map { $0.message[language] } ?? [] : [],
            requestID: status.code >= 500 ? context.id : nil
        )
        do {
            guard let site = await site(request, language) else {
                return plain(view, status, language, headers)
            }
            let frame = parts.frame(site, title: view.heading, here: "", isPersonal: true)
            return try parts.page("resident.error", view, frame, language, status: status, headers: headers)
        } catch {
            return plain(view, status, language, headers)
        }
    }

    private func site(_ request: Request, _ language: Language) async -> Site? {
        let pieces = request.uri.path.split(separator: "/", maxSplits: 3)
        if pieces.first == "t", pieces.count > 1, let id = try? JurisdictionID(String(pieces[1])),
            let tenant = try? await parts.surroundings.directory.tenant(id), !tenant.isHub
        {
            return Site(tenant: tenant, language: language)
        }
        return (try? await parts.surroundings.directory.hub()).map { Site(tenant: $0, language: language) }
    }

    /// The same without a frame, when even the hub's own name cannot be read.
    private func plain(_ view: ErrorView, _ status: HTTPResponse.Status, _ language: Language, _ headers: HTTPFields)
        -> Response
    {
        var headers = headers
        headers[.contentType] = "text/plain; charset=utf-8"
        headers[.contentLanguage] = language.tag
        headers[.cacheControl] = "no-store"
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: "\(view.heading)\n\n\(view.text)\n"))
        )
    }

    /// The status and headers for an error; what names none itself is a failure of the service.
    static func status(of error: any Error) -> (HTTPResponse.Status, HTTPFields) {
        if let fault = error as? HTTPFault { return (fault.status, fault.headers) }
        if let error = error as? any HTTPResponseError { return (error.status, [:]) }
        let failure = ServiceFailure(error)
        return (failure.status, failure.headers)
    }

    private static func key(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 404, 410: "missing"
        case 408: "slow"
        case 413: "large"
        case 401: "denied"
        case 403: "foreign"
        case 503, 429: "busy"
        case 400..<500: "unreadable"
        default: "broken"
        }
    }
}
