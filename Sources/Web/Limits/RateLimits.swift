import HTTPTypes
public import Hummingbird
import Metrics

/// What one client may do, and behind which proxies clients stand.
public struct RateSettings: Sendable, Hashable {
    /// Posts of one address: reports, updates, forms.
    public var posts = RateAllowance(burst: 30, perMinute: 30)

    /// Posts of one API key, whatever addresses use it.
    public var keyPosts = RateAllowance(burst: 600, perMinute: 600)

    /// What one address may read; a list costs ten, everything else one.
    public var reads = RateAllowance(burst: 600, perMinute: 600)

    /// Proxies whose `X-Forwarded-For` is believed, beside the machine itself.
    public var proxies: [NetworkRange] = []

    /// The defaults suit residents and the software of a town.
    public init() {}
}

/// Keeps one client from using up what is there for all: 429 with `Retry-After`, in the shape of the face that was asked.
///
/// The machine itself is not limited: what comes from there without a word of a proxy is the operator's own. Health and metrics,
/// pictures, tiles and the pages' own files are not counted.
public final class RateLimits: Sendable {
    private let settings: RateSettings
    private let posts: TokenBuckets
    private let keyPosts: TokenBuckets
    private let reads: TokenBuckets
    private let now: @Sendable () -> ContinuousClock.Instant
    private let refused = ["posts", "key_posts", "reads"].map {
        Counter(label: "hub.http.limited", dimensions: [("what", $0)])
    }

    /// Limits with full buckets.
    public convenience init(_ settings: RateSettings) {
        self.init(settings) { .now }
    }

    init(_ settings: RateSettings, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.settings = settings
        self.now = now
        posts = TokenBuckets(settings.posts)
        keyPosts = TokenBuckets(settings.keyPosts)
        reads = TokenBuckets(settings.reads)
    }

    /// The client of a request; nil when nothing of it is counted.
    func client(of request: Request, _ context: HubRequestContext) -> String? {
        switch ClientAddress(request, peer: context.remoteAddress, proxies: settings.proxies) {
        case .local: nil
        case .remote(let subject): subject
        }
    }

    func post(by subject: String) throws { try take(1, posts, subject, counter: 0) }

    func post(withKey id: String) throws { try take(1, keyPosts, id, counter: 1) }

    func read(by subject: String, cost: Double) throws { try take(cost, reads, subject, counter: 2) }

    private func take(_ cost: Double, _ buckets: TokenBuckets, _ subject: String, counter: Int) throws {
        guard let wait = buckets.take(cost, of: subject, now: now()) else { return }
        refused[counter].increment()
        let seconds = Int(wait.rounded(.up))
        throw HTTPFault(
            .tooManyRequests,
            english: "too many requests from one client; try again in \(max(seconds, 1)) seconds",
            french: "trop de demandes d’un même client; réessayez dans \(max(seconds, 1)) secondes",
            headers: [.retryAfter: String(max(seconds, 1))]
        )
    }
}

/// The limits as one request meets them; asked by each face at the place where it can tell its own kind of fault.
public struct RequestGate: Sendable {
    fileprivate let limits: RateLimits
    fileprivate let client: String

    /// Counts a request by its method: posts, reads, and lists ten times.
    ///
    /// - Throws: ``HTTPFault`` 429.
    func admit(_ method: HTTPRequest.Method, isList: Bool = false) throws {
        switch method {
        case .get, .head: try limits.read(by: client, cost: isList ? 10 : 1)
        case .options: break
        default: try limits.post(by: client)
        }
    }

    /// Counts a post under the key it came with.
    ///
    /// - Throws: ``HTTPFault`` 429.
    func admit(key id: String) throws { try limits.post(withKey: id) }
}

/// Puts the gate into the context of each request, and asks it for the pages.
///
/// Open311 and the API ask it themselves, so that their clients get an errors body and not a page.
struct RateLimiting: RouterMiddleware {
    typealias Context = HubRequestContext

    let limits: RateLimits

    func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let client = limits.client(of: request, context) else { return try await next(request, context) }
        var context = context
        let gate = RequestGate(limits: limits, client: client)
        context.gate = gate
        if Self.isPage(request.uri.path) { try gate.admit(request.method) }
        return try await next(request, context)
    }

    private static let counted = ["en", "fr", "t"]

    private static func isPage(_ path: String) -> Bool {
        let first = path.split(separator: "/", maxSplits: 1).first
        return first.map { counted.contains(String($0)) } ?? false
    }
}
