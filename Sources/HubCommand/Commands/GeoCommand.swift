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
        abstract: "Import, check, rehearse and activate boundaries; locate points.",
        subcommands: [
            GeoImport.self, GeoCheck.self, GeoRehearse.self, Activate.self, Status.self, GeoLocate.self,
            GeoBodies.self,
        ]
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
        static let configuration = CommandConfiguration(
            abstract: "List the generations, newest first, and the switches that are ordered."
        )

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let now = Date()
            try await Workbench.use(deployment) { bench in
                let (all, current, orders) = try await bench.databases.withHub(.readOnly) { transaction in
                    let generations = Generations(transaction)
                    return (
                        try await generations.all(), try await generations.current(at: now),
                        try await generations.activations()
                    )
                }
                let rows = all.map { generation in
                    Row(generation, isInForce: generation.id == current, orders: orders, now: now)
                }
                if json {
                    print(try JSONText.of(rows))
                } else {
                    for row in rows { print(row.line) }
                }
            }
        }

        private struct Row: Encodable {
            let generation: Int
            let state: String
            let importedAt: Date
            let inForceFrom: Date?
            let note: String
            let obstacles: [String]

            init(_ stored: StoredGeneration, isInForce: Bool, orders: [StoredActivation], now: Date) {
                generation = stored.id.rawValue
                state = isInForce ? "in force" : stored.state.rawValue
                importedAt = stored.importedAt
                inForceFrom = orders.first { $0.generation == stored.id && $0.activatesAt > now }?.activatesAt
                note = stored.note
                obstacles = (try? stored.report?.decoded(as: GenerationReport.self))?.obstacles ?? []
            }

            var line: String {
                var line = "\(generation)\t\(state)\t\(importedAt.formatted(.iso8601))\t\(note)"
                if let inForceFrom { line += "\tin force from \(inForceFrom.formatted(.iso8601))" }
                if state == StoredGeneration.State.refused.rawValue, let first = obstacles.first {
                    line += "\t\(first)"
                }
                return line
            }

            private enum CodingKeys: String, CodingKey {
                case generation, state, note, obstacles
                case importedAt = "imported_at"
                case inForceFrom = "in_force_from"
            }
        }
    }
}
