import HTTPTypes
public import Hummingbird

/// Puts the headers that keep a browser careful on every answer, errors included.
///
/// Source: OWASP ASVS 5.0 V3.4. The policy allows the service's own scripts, styles and pictures and nothing inline; a
/// route that serves something else (a photo) sets its own and keeps it.
public struct SecurityHeaders: RouterMiddleware {
    /// The context of every route.
    public typealias Context = HubRequestContext

    private let isSecure: Bool
    private let pictureSources: String

    /// Headers for a service whose public address is `https` or not.
    ///
    /// - Parameter tileHost: Origin of a tile server, when maps use one.
    public init(isSecure: Bool, tileHost: String? = nil) {
        self.isSecure = isSecure
        pictureSources = ["'self'", "data:", tileHost].compactMap(\.self).joined(separator: " ")
    }

    /// Passes the request on and completes the headers of its answer.
    public func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        func set(_ name: String, _ value: String) {
            guard let field = HTTPField.Name(name), response.headers[field] == nil else { return }
            response.headers[field] = value
        }
        set(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src \(pictureSources); connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        set("X-Content-Type-Options", "nosniff")
        set("X-Frame-Options", "DENY")
        set("Referrer-Policy", "strict-origin-when-cross-origin")
        set("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        set("Cross-Origin-Opener-Policy", "same-origin")
        if isSecure { set("Strict-Transport-Security", "max-age=31536000; includeSubDomains") }
        return response
    }
}
