import Foundation
import Hub
import Logging
import Observability
import PostgresServer
import ServiceLifecycle
import Storage
import Transports
import Web

/// The whole service from the database up: prepares, serves, and puts everything away in the reverse order.
struct HubService: Service {
    let deployment: Deployment
    let settings: ServeSettings
    let tenants: String
    let geography: String
    let registry: PrometheusRegistry

    func run() async throws {
        guard deployment.external == nil else {
            try await serve(at: nil, server: nil)
            return
        }
        let server = EmbeddedServer(deployment.embedded, logger: Logger(label: "postgres-server"))
        let address = try await cancelWhenGracefulShutdown { try await server.start() }
        do {
            try await serve(at: address, server: server)
            try await server.stop()
        } catch {
            try? await server.stop()
            throw error
        }
    }

    private func serve(at address: ServerAddress?, server: EmbeddedServer?) async throws {
        let (administrator, database) = try deployment.database(at: address)
        let administration = try DatabaseAdministration(administrator: administrator, settings: database)
        let databases = TenantDatabases(database)
        do {
            let surroundings = try await cancelWhenGracefulShutdown {
                try await prepare(administration, databases)
            }
            try await run(surroundings, databases, server)
            await databases.close()
        } catch {
            await databases.close()
            throw error
        }
    }

    /// Everything that must be done before the first request is taken.
    private func prepare(
        _ administration: DatabaseAdministration,
        _ databases: TenantDatabases
    ) async throws -> Surroundings {
        let log = Logger(label: "hub")
        let prepared = try await administration.prepare(now: Date())
        for step in prepared.applied { log.notice("hub schema migrated", metadata: ["step": "\(step)"]) }
        for gap in prepared.gaps { log.warning("database not closed", metadata: ["gap": "\(gap)"]) }
        let migration = try await administration.migrateTenants(now: Date())
        if let fault = migration.firstFault {
            log.error(
                "a tenant's schema was not migrated",
                metadata: ["tenant": "\(fault.code)", "fault": "\(fault.fault ?? "")"]
            )
        }
        try await FirstStart(
            administration: administration,
            databases: databases,
            tenants: tenants,
            geography: geography,
            keyFile: deployment.data.appendingPathComponent("first-api-key"),
            log: log
        )(now: Date())
        let environment = settings.environment
        var hub = settings.hub
        hub.telling.key = deployment.secret.derivedKey("telling")
        let surroundings = try Assembly.surroundings(
            settings: hub,
            databases: databases,
            photos: deployment.photos,
            indexes: deployment.indexes,
            lost: LoSTDesk(
                key: deployment.secret.derivedKey("lost"),
                peers: LoSTPeers(http: OutboundHTTP(policy: outboundPolicy, now: { Date() }))
            ),
            connectors: ConnectorSettings(
                secret: { environment[$0] },
                replyKey: deployment.secret.derivedKey("connector replies"),
                folder: deployment.connectors
            ),
            signIn: SignInDesk(
                rules: settings.signIn,
                exchange: SignInExchange(
                    http: OutboundHTTP(policy: outboundPolicy, now: { Date() }),
                    secret: { [environment = settings.environment] in environment[$0] }
                ),
                key: deployment.secret.derivedKey("second factors")
            )
        )
        try await RefreshFromDatabase(surroundings).once()
        return surroundings
    }

    /// Where the service may send to.
    private var outboundPolicy: AddressPolicy {
        AddressPolicy(
            internalHosts: Set(settings.internalHosts.compactMap { AddressPolicy.InternalHost($0) }),
            ownAddresses: IPAddress.ofThisMachine()
        )
    }

    private func run(
        _ surroundings: Surroundings,
        _ databases: TenantDatabases,
        _ server: EmbeddedServer?
    ) async throws {
        let environment = settings.environment
        var delivery = OutsideSystems(policy: outboundPolicy, key: { environment[$0] }, now: { Date() }).delivery
        if let letters = settings.messages.letters() { delivery.letter = letters }
        let outside = delivery
        let ways = settings.messages.ways(http: OutboundHTTP(policy: outboundPolicy, now: { Date() }))
        let inbox = settings.messages.inbox.map { MailInbox($0, surroundings: surroundings) }
        let observer = ObserveOutboxes(surroundings)
        let registry = registry
        let application = try HubServer(
            surroundings,
            settings: settings.server,
            pages: PageSettings(formKey: deployment.secret.derivedKey("forms")),
            metrics: {
                await observer.once()
                return registry.text()
            }
        ).application { port in
            let invitation = try? await FirstAdministrator(surroundings).invitation()
            Welcome(settings: settings, data: deployment.data, port: port, invitation: invitation ?? nil).say()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            let loops: [@Sendable () async -> Void] = [
                { await databases.run() },
                { await server?.run() },
                { await RefreshFromDatabase(surroundings).run() },
                { await ForwardServiceRequests(surroundings, outside: outside, ways: ways).run() },
                { await ReadOutsideNews(surroundings, outside: outside).run() },
                { await TimeOutOffers(surroundings).run() },
                { await SweepDeadlines(surroundings).run() },
                { await WatchConnectorFolders(surroundings).run() },
                { await ReconcileConnectors(surroundings, outside: outside).run() },
                { await IndexPlaces(surroundings).run() },
                { await SealAudit(surroundings).run() },
                { await observer.run() },
                { await inbox?.run() },
            ]
            for loop in loops { group.addTask { await loop() } }
            // The server ends by the graceful shutdown it inherits: no new requests, those under way finish.
            try await application.run()
            group.cancelAll()
        }
    }
}
