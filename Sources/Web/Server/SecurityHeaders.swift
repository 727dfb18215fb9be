import HTTPTypes
public import Hummingbird

/// Puts the headers that keep a browser careful on every answer, errors included.
///
/// Source: OWASP ASVS 5.0 V3.4. The policy allows the service's own scripts, styles and pictures and nothing inline; a
/// route that serves something else (a photo) sets its own and keeps it.
public struct SecurityHeaders: RouterMiddleware {
    /// The context of every route.
    public typealias Context = HubRequestContext

    private let fields: [(name: HTTPField.Name, value: String)]

    /// Headers for a service whose public address is `https` or not.
    ///
    /// - Parameter tileHost: Origin of a tile server, when maps use one.
    public init(isSecure: Bool, tileHost: String? = nil) {
        let pictureSources = ["'self'", "data:", tileHost].compactMap(\.self).joined(separator: " ")
        var headers = [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src \(pictureSources); connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ]
        if isSecure { headers.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains")) }
        fields = headers.compactMap { name, value in HTTPField.Name(name).map { (name: $0, value: value) } }
    }

    /// Passes the request on and completes the headers of its answer.
    public func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields where response.headers[field.name] == nil { response.headers[field.name] = field.value }
        return response
    }
}
