import ArgumentParser
import Domain
import Foundation
import Geo
import Hub
import Storage

/// `hub311 geo …`: boundaries and roads from files to generations, and look-ups in them.
struct GeoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geo",
        abstract: "Import, check and activate boundaries; locate points.",
        subcommands: [GeoImport.self, GeoCheck.self, Activate.self, Status.self, GeoLocate.self]
    )
}

extension GeoCommand {
    /// The command `hub311 geo activate`.
    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a generation in force, now or at an instant; an older one can be put in force again."
        )

        @Argument(help: "Number of the generation.") var generation: Int
        @Option(help: "Instant from which it answers. (default: now)") var at: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let instant = try at.map { try Checked.instant($0, "--at") } ?? Date()
            try await Workbench.use(deployment) { bench in
                do {
                    try await ImportGeneration(databases: bench.databases)
                        .activate(GenerationID(generation), at: instant, by: "cli", now: Date())
                } catch let fault as ImportGeneration.NotActivatable {
                    Progress.say("\(fault)")
                    throw ExitCode.faults
                }
                print("generation \(generation) answers from \(instant.formatted(.iso8601))")
            }
        }
    }

    /// The command `hub311 geo status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the generations, newest first.")

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let (all, current) = try await bench.databases.withHub { transaction in
                    let generations = Generations(transaction)
                    return (try await generations.all(), try await generations.current(at: Date()))
                }
                for generation in all {
                    let mark = generation.id == current ? "in force" : generation.state.rawValue
                    print("\(generation.id)\t\(mark)\t\(generation.importedAt.formatted(.iso8601))\t\(generation.note)")
                }
            }
        }
    }
}
