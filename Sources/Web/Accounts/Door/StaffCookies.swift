import Domain
import Hub
import Hummingbird

/// The cookies of the staff door; all `__Host-`: sent back to this host alone, over TLS, to no script.
///
/// `Secure` holds on `http://localhost` and `http://127.0.0.1` too, which browsers take as trustworthy. Each face has a cookie of its
/// own name, so a person may be in at two doors of one host, and the token of one is refused at the other.
enum StaffCookies {
    /// Name of the session's cookie at a face.
    static func session(_ site: Site) -> String {
        site.tenant.isHub ? "__Host-hub_staff" : "__Host-hub_staff_\(site.tenant.id.rawValue)"
    }

    /// Name of the cookie that ties a sign-in form to a browser before anybody is signed in.
    static let before = "__Host-hub_before"

    /// Name of the cookie that tells a browser that has been in before.
    static let known = "__Host-hub_known"

    /// A cookie to set; nil seconds: until the browser closes.
    static func set(_ name: String, _ value: String, seconds: Int? = nil) -> String {
        "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax" + (seconds.map { "; Max-Age=\($0)" } ?? "")
    }

    /// A cookie to take away.
    static func clear(_ name: String) -> String { set(name, "", seconds: 0) }

    /// Value of a cookie; nil when it is missing, blank, or sent twice: then somebody has planted one.
    static func read(_ name: String, of request: Request) -> String? {
        var found: [String] = []
        for header in request.headers[values: .cookie] where header.utf8.count <= 16_384 {
            for pair in header.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, String(halves[0].drop(while: \.isWhitespace)) == name else { continue }
                found.append(String(halves[1]))
            }
        }
        return found.count == 1 ? found[0] : nil
    }
}
