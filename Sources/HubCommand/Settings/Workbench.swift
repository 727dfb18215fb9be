import Configuration
import Foundation
import Hub
import Logging
import PostgresServer
import Storage
import Transports

/// What a command works with: the database of a hub that runs, or of one that is started for the command's time only.
struct Workbench {
    let deployment: Deployment
    let administration: DatabaseAdministration
    let databases: TenantDatabases

    /// Runs `body` over the deployment's database and puts everything back as it was.
    static func use<Value>(
        _ options: DeploymentOptions,
        _ body: (Workbench) async throws -> Value
    ) async throws -> Value {
        let deployment = try Deployment(options)
        var server: EmbeddedServer?
        var address: ServerAddress?
        if deployment.external == nil {
            address = EmbeddedServer.running(deployment.embedded)
            if address == nil {
                let own = EmbeddedServer(deployment.embedded, logger: Logger(label: "postgres-server"))
                address = try await own.start()
                server = own
            }
        }
        do {
            let (administrator, settings) = try deployment.database(at: address)
            let administration = try DatabaseAdministration(administrator: administrator, settings: settings)
            if server != nil { _ = try await administration.prepare(now: Date()) }
            let databases = TenantDatabases(settings)
            let bench = Workbench(deployment: deployment, administration: administration, databases: databases)
            do {
                let value = try await Circumstances.$current.withValue(Circumstances(origin: "cli")) {
                    try await body(bench)
                }
                await databases.close()
                try await server?.stop()
                return value
            } catch {
                await databases.close()
                throw error
            }
        } catch {
            try? await server?.stop()
            throw error
        }
    }

    /// Secrets and folders of departments' own systems, as the service has them.
    private var connectors: ConnectorSettings {
        let environment = ProcessInfo.processInfo.environment
        return ConnectorSettings(
            secret: { environment[$0] },
            replyKey: deployment.secret.derivedKey("connector replies"),
            folder: deployment.connectors
        )
    }

    /// The ways out as the service has them, for commands that ask a system outside.
    var outside: OutsideDelivery {
        let environment = ProcessInfo.processInfo.environment
        let policy = AddressPolicy(
            internalHosts: Set(
                ServeSettings.internalHosts().compactMap { AddressPolicy.InternalHost($0) }
            ),
            ownAddresses: IPAddress.ofThisMachine()
        )
        var delivery = OutsideSystems(policy: policy, key: { environment[$0] }, now: { Date() }).delivery
        let messages = MessageSettings(ConfigReader(provider: EnvironmentVariablesProvider()))
        if let letters = messages.letters() { delivery.letter = letters }
        return delivery
    }

    /// Everything loaded as the service has it, for operations that decide.
    func surroundings() async throws -> Surroundings {
        // A command prints results and faults; what is normal is not told.
        var log = Logger(label: "hub")
        log.logLevel = .warning
        let surroundings = try Assembly.surroundings(
            settings: HubSettings(
                publicBaseURL: Assembly.localURL,
                apiContact: "",
                telling: TellingSettings(key: deployment.secret.derivedKey("telling"))
            ),
            databases: databases,
            photos: deployment.photos,
            indexes: deployment.indexes,
            connectors: connectors,
            log: log
        )
        try await RefreshFromDatabase(surroundings).once()
        return surroundings
    }
}
