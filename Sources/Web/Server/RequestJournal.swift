import Foundation
import HTTPTypes
public import Hummingbird
public import Logging
import Metrics
import Synchronization

/// Logs and counts each request: method, route, status and time; no query, no address, nothing that a person typed.
///
/// The route is the pattern (`/requests/{id}`), never the path, so references stay out of metrics and the number of series
/// stays bounded. The request's id goes back in `X-Request-Id`, so that a person can name it to the help desk.
public struct RequestJournal: RouterMiddleware {
    /// The context of every route.
    public typealias Context = HubRequestContext

    private let timers = RequestTimers()

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
        timers.timer(method: method, route: route, status: status.code)
            .recordNanoseconds(
                elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000
            )
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

/// The timer of each method, route and status, made when first needed: to name one costs more than to use it.
private final class RequestTimers: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private let known = Mutex<[Key: Timer]>([:])

    func timer(method: String, route: String, status: Int) -> Timer {
        let key = Key(method: method, route: route, status: status)
        if let timer = known.withLock({ $0[key] }) { return timer }
        let timer = Timer(
            label: "hub.http.request",
            dimensions: [("method", method), ("route", route), ("status", String(status))]
        )
        known.withLock { $0[key] = timer }
        return timer
    }
}

extension HTTPField.Name {
    /// The id of a request, for the help desk and the log.
    static let xRequestID = HTTPField.Name("X-Request-Id") ?? .server
}
