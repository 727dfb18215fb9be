import Configuration
import Domain
import Foundation
import Hub
import Web

/// What the environment says about serving.
struct ServeSettings: Sendable {
    let hub: HubSettings
    let server: ServerSettings
    /// How long a sign-in of staff counts and whether it needs a second factor.
    let signIn: SignInRules
    /// Hosts inside that forwarding may reach, `name:port`, from HUB_INTERNAL_HOSTS.
    let internalHosts: [String]
    /// The whole environment, for the key variables that forwarding files name.
    let environment: [String: String]

    init(host: String?, port: Int?) {
        let reader = ConfigReader(provider: EnvironmentVariablesProvider())
        let host = host ?? reader.string(forKey: "hub.address") ?? "127.0.0.1"
        let port = port ?? reader.int(forKey: "hub.port") ?? 8311
        let given = reader.string(forKey: "hub.public.url")
        let shown = host == "0.0.0.0" || host == "::" ? "localhost" : host
        let base = (given ?? "http://\(shown):\(port)").trimmingCharacters(in: CharacterSet(charactersIn: "/"))
        hub = HubSettings(
            publicBaseURL: URL(string: base) ?? URL(fileURLWithPath: "/"),
            apiContact: reader.string(forKey: "hub.contact") ?? "api@\(shown)",
            isProduction: reader.bool(forKey: "hub.production") ?? (given != nil)
        )
        var server = ServerSettings(
            host: host,
            port: port,
            mostConnections: reader.int(forKey: "hub.connections") ?? 2_000,
            metricsToken: reader.string(forKey: "hub.metrics.token", isSecret: true),
            tileHost: reader.string(forKey: "hub.tile.host"),
            rates: Self.rates(reader)
        )
        server.telephony = TelephonyAccess(
            token: reader.string(forKey: "hub.telephony.token", isSecret: true),
            networks: reader.stringArray(forKey: "hub.telephony.networks") ?? ["127.0.0.0/8", "::1"]
        )
        self.server = server
        var signIn = SignInRules()
        signIn.idle = reader.int(forKey: "hub.session.idle.minutes").map { Double($0) * 60 } ?? signIn.idle
        signIn.longest = reader.int(forKey: "hub.session.hours").map { Double($0) * 3600 } ?? signIn.longest
        signIn.needsSecondFactor = reader.bool(forKey: "hub.second.factor") ?? true
        self.signIn = signIn
        internalHosts = reader.stringArray(forKey: "hub.internal.hosts") ?? []
        environment = ProcessInfo.processInfo.environment
    }

    /// Limits of one client, from HUB_RATE_LIMITS (`off` for none), HUB_RATE_POSTS, HUB_RATE_KEY_POSTS and HUB_RATE_READS (so many a
    /// minute, and as many at once), HUB_TRUSTED_PROXIES (addresses and networks).
    private static func rates(_ reader: ConfigReader) -> RateSettings? {
        guard reader.string(forKey: "hub.rate.limits")?.lowercased() != "off" else { return nil }
        var rates = RateSettings()
        func read(_ key: ConfigKey, into allowance: inout RateAllowance) {
            guard let number = reader.int(forKey: key), number > 0 else { return }
            allowance = RateAllowance(burst: Double(number), perMinute: Double(number))
        }
        read("hub.rate.posts", into: &rates.posts)
        read("hub.rate.key.posts", into: &rates.keyPosts)
        read("hub.rate.reads", into: &rates.reads)
        rates.proxies = (reader.stringArray(forKey: "hub.trusted.proxies") ?? []).compactMap { text in
            let range = NetworkRange(text.trimmingCharacters(in: .whitespaces))
            if range == nil { Progress.say("HUB_TRUSTED_PROXIES: \(text) is no address or network such as 10.0.0.0/8") }
            return range
        }
        return rates
    }
}
