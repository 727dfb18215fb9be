import Configuration
import Foundation
import Hub
import Web

/// What the environment says about serving.
struct ServeSettings: Sendable {
    let hub: HubSettings
    let server: ServerSettings
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
        server = ServerSettings(
            host: host,
            port: port,
            mostConnections: reader.int(forKey: "hub.connections") ?? 2_000,
            metricsToken: reader.string(forKey: "hub.metrics.token", isSecret: true),
            tileHost: reader.string(forKey: "hub.tile.host")
        )
        internalHosts = reader.stringArray(forKey: "hub.internal.hosts") ?? []
        environment = ProcessInfo.processInfo.environment
    }
}
