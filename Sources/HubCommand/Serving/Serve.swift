import ArgumentParser
import CoreMetrics
import Foundation
import Logging
import Observability
import PostgresServer
import ServiceLifecycle
import Storage
import UnixSignals

/// `hub311 serve`: the service.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service until SIGTERM or SIGINT.",
        discussion: """
            Without HUB_DATABASE_URL the program keeps its own PostgreSQL below --data. The first start loads the files of \
            --tenants and --geo. Exit status 0 after a clean stop, 2 when the files have faults, 69 when something is missing \
            (the message names it).
            """
    )

    @Option(help: "Address to listen at. (default: HUB_ADDRESS, else 127.0.0.1)") var address: String?
    @Option(help: "Port to listen at. (default: HUB_PORT, else 8311)") var port: Int?
    @Option(help: "Folder of the tenants' files, loaded at the first start.") var tenants = "tenants"
    @Option(help: "Folder of the boundaries, loaded at the first start.") var geo = "geo"
    @Option(help: "Level of the log: trace, debug, info, notice, warning or error.") var log = "info"
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard let level = Logger.Level(rawValue: log) else {
            throw ValidationError("--log is trace, debug, info, notice, warning or error; not \(log)")
        }
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level, clock: { Date() }) }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let settings = ServeSettings(host: address, port: port)
        guard settings.messages.faults.isEmpty else {
            for fault in settings.messages.faults { Progress.say(fault) }
            throw ExitCode.faults
        }
        let service = HubService(
            deployment: try Deployment(deployment),
            settings: settings,
            tenants: tenants,
            geography: geo,
            registry: registry
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "service")
            )
        )
        do {
            try await group.run()
        } catch let fault as FaultyRegion {
            Progress.say("\(fault)")
            throw ExitCode.faults
        } catch let fault as ServerFault {
            Progress.say("\(fault)")
            throw ExitCode.unavailable
        } catch let fault as StorageError {
            Progress.say("the database cannot be used: \(fault.debugDescription)")
            throw ExitCode.unavailable
        } catch is CancellationError {
            return
        }
    }
}
