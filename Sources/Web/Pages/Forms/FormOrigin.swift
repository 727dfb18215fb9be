import Foundation
import HTTPTypes
import Hummingbird

/// Whether a POST comes from a page of ours.
///
/// Source: OWASP ASVS 5.0 V3.5: the browser itself says where a form was sent from (`Sec-Fetch-Site`, `Origin`, `Referer`), and a
/// page of another site cannot change that. A sender that says nothing at all is no browser with a session to misuse; the
/// signed form it must show decides then.
struct FormOrigin: Sendable {
    /// Address of the service as the public sees it.
    let publicBaseURL: URL

    /// Whether the request may be taken.
    func allows(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" }
        if let origin = request.headers[.origin] { return isOurs(origin, request) }
        if let referrer = request.headers[.referer] { return isOurs(referrer, request) }
        return true
    }

    private func isOurs(_ address: String, _ request: Request) -> Bool {
        guard let theirs = Self.origin(address) else { return false }
        if theirs == Self.origin(publicBaseURL.absoluteString) { return true }
        guard let host = request.head.authority else { return false }
        return theirs == Self.origin("https://\(host)") || theirs == Self.origin("http://\(host)")
    }

    private static func origin(_ address: String) -> String? {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host):\(port)"
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}
