import Foundation
import HTTPTypes
public import Hummingbird
public import Logging
import Metrics

/// Logs and counts each request: method, route, status and time; no query, no address, nothing that a person typed.
///
/// The route is the pattern (`/requests/{id}`), never the path, so references stay out of metrics and the number of series
/// stays bounded. The request's id goes back in `X-Request-Id`, so that a person can name it to the help desk.
public struct RequestJournal: RouterMiddleware {
    /// The context of every route.
    public typealias Context = HubRequestContext

    /// A journal.
    public init() {}

    /// Passes the request on and notes what came of it.
    public func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            note(request, context, status: (error as? any HTTPResponseError)?.status ?? .internalServerError, started)
            throw error
        }
        response.headers[.xRequestID] = context.id
        note(request, context, status: response.status, started)
        return response
    }

    private func note(
        _ request: Request,
        _ context: HubRequestContext,
        status: HTTPResponse.Status,
        _ started: ContinuousClock.Instant
    ) {
        let route = context.endpointPath ?? "unmatched"
        let elapsed = started.duration(to: .now)
        let method = request.method.rawValue.count <= 7 ? request.method.rawValue : "OTHER"
        Timer(
            label: "hub.http.request",
            dimensions: [("method", method), ("route", route), ("status", String(status.code))]
        ).recordNanoseconds(elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000)
        let level: Logger.Level = status.code >= 500 ? .error : .debug
        context.logger.log(
            level: level,
            "request",
            metadata: [
                "method": "\(method)", "route": "\(route)", "status": "\(status.code)",
                "milliseconds": "\(elapsed / .milliseconds(1))",
            ]
        )
    }
}

extension HTTPField.Name {
    /// The id of a request, for the help desk and the log.
    static let xRequestID = HTTPField.Name("X-Request-Id") ?? .server
}
