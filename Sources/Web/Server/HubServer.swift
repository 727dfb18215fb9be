import Foundation
public import Hub
public import Hummingbird
import HummingbirdCore
import NIOCore

/// What the deployment says about the HTTP server.
public struct ServerSettings: Sendable {
    /// Address to listen at.
    public var host: String
    /// Port to listen at; 0 for any free one.
    public var port: Int
    /// Most connections at once; further ones wait to be accepted.
    public var mostConnections: Int
    /// Seconds after which a silent connection is closed.
    public var idleSeconds: Int64
    /// Secret that opens `/metrics`; nil: it is not served.
    public var metricsToken: String?
    /// Origin of a tile server for the maps, when one is used.
    public var tileHost: String?
    /// What one client may do; nil: as much as it likes.
    public var rates: RateSettings?
    /// Who may ask where a call goes; the same machine alone by default.
    public var telephony = TelephonyAccess()

    /// Settings; the defaults suit one machine behind no proxy.
    public init(
        host: String = "127.0.0.1",
        port: Int = 8311,
        mostConnections: Int = 2_000,
        idleSeconds: Int64 = 60,
        metricsToken: String? = nil,
        tileHost: String? = nil,
        rates: RateSettings? = RateSettings()
    ) {
        self.host = host
        self.port = port
        self.mostConnections = mostConnections
        self.idleSeconds = idleSeconds
        self.metricsToken = metricsToken
        self.tileHost = tileHost
        self.rates = rates
    }
}

/// The one HTTP server: every face's routes, the middleware around them, the limits of connections and headers.
public struct HubServer: Sendable {
    private let surroundings: Surroundings
    private let settings: ServerSettings
    private let pages: PageSettings
    private let metrics: @Sendable () async -> String

    /// A server over these surroundings.
    ///
    /// - Parameter metrics: Prometheus text of what was counted.
    public init(
        _ surroundings: Surroundings,
        settings: ServerSettings,
        pages: PageSettings,
        metrics: @escaping @Sendable () async -> String
    ) {
        self.surroundings = surroundings
        self.settings = settings
        self.pages = pages
        self.metrics = metrics
    }

    /// Every route with its middleware; the tests drive this without a socket.
    ///
    /// - Parameter staff: Told of every staff route with what it needs.
    public func router(staff: StaffRouteTable = StaffRouteTable()) throws -> Router<HubRequestContext> {
        let router = Router(context: HubRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestJournal())
        router.add(
            middleware: SecurityHeaders(
                isSecure: surroundings.settings.publicBaseURL.scheme == "https",
                tileHost: settings.tileHost
            )
        )
        var pages = pages
        pages.proxies = settings.rates?.proxies ?? []
        let routes = try PageRoutes(surroundings: surroundings, settings: pages, staff: staff)
        router.add(middleware: routes.errorPages)
        if let rates = settings.rates { router.add(middleware: RateLimiting(limits: RateLimits(rates))) }
        Open311Endpoint(surroundings).add(to: router)
        APIRoutes(surroundings).add(to: router)
        LoSTEndpoint(surroundings).add(to: router)
        TileRoutes(surroundings).add(to: router)
        HealthRoutes(surroundings).add(to: router)
        MetricsRoute(token: settings.metricsToken, text: metrics).add(to: router)
        PhotoRoutes(surroundings).add(to: router)
        TelephonyRoutes(surroundings, access: settings.telephony).add(to: router)
        routes.add(to: router)
        return router
    }

    /// The server, ready to run as a service.
    ///
    /// - Parameter onRunning: Told the port once connections are taken.
    public func application(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(settings.idleSeconds),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: 16 * 1024,
                maxHeaderListSize: 32 * 1024,
                maxHeaderFieldCount: 100
            )
        )
        return Application(
            router: try router(),
            server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.mostConnections)
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: surroundings.log
        )
    }
}
