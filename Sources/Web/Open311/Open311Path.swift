import Foundation
import Hummingbird
import Open311

/// What a path below the root names.
struct Open311Path: Sendable {
    /// Resources of GeoReport v2 and of the updates extension.
    enum Resource: Sendable, Hashable {
        case discovery
        case services
        case definition(String)
        case requests
        case request(String)
        case token(String)
        case updates

        var isReadable: Bool { true }

        /// Whether an answer may hold a thousand members.
        var isList: Bool { self == .requests || self == .updates }

        var isPostable: Bool { self == .requests || self == .updates }

        var allowed: String { isPostable ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS" }
    }

    /// The tenant that the path itself names (`t/<tenant>/…`).
    let tenant: String?
    /// Name and ending of the last piece.
    let name: ResourceName
    /// The resource; nil when nothing lies at this path.
    let resource: Resource?
    /// The path with its variable parts named, for the metrics.
    let pattern: String

    init(_ path: some StringProtocol) {
        var pieces = path.split(separator: "/", omittingEmptySubsequences: true).map {
            String($0).removingPercentEncoding ?? String($0)
        }
        var tenant: String?
        var prefix = ""
        if pieces.first == "t", pieces.count >= 2 {
            tenant = pieces[1]
            pieces.removeFirst(2)
            prefix = "t/{tenant}/"
        }
        self.tenant = tenant
        name = ResourceName(pieces.last ?? "")
        switch (pieces.count, pieces.count == 1 ? name.name : pieces.first) {
        case (1, "discovery"): (resource, pattern) = (.discovery, prefix + "discovery")
        case (1, "services"): (resource, pattern) = (.services, prefix + "services")
        case (2, "services"): (resource, pattern) = (.definition(name.name), prefix + "services/{service_code}")
        case (1, "requests"): (resource, pattern) = (.requests, prefix + "requests")
        case (2, "requests"): (resource, pattern) = (.request(name.name), prefix + "requests/{service_request_id}")
        case (2, "tokens"): (resource, pattern) = (.token(name.name), prefix + "tokens/{token}")
        case (1, "servicerequestupdates"): (resource, pattern) = (.updates, prefix + "servicerequestupdates")
        default: (resource, pattern) = (nil, prefix + "unknown")
        }
    }
}
