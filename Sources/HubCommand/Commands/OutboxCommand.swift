import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 outbox …`: what waits to be sent, and another try for what was given up.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "List what waits, is uncertain or was given up; try again.",
        subcommands: [List.self, Retry.self]
    )
}

extension OutboxCommand {
    /// The command `hub311 outbox list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Depth and age by tenant, target and state.")

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                for entry in surroundings.directory.entries {
                    let (depths, dead) = try await bench.databases.withTenant(entry.code) { transaction in
                        let outbox = Outbox(transaction)
                        return (try await outbox.depths(), try await outbox.listed(.dead, limit: 100))
                    }
                    for depth in depths where depth.state != .sent {
                        print(
                            "\(entry.id)\t\(depth.target)\t\(depth.state.rawValue)\t\(depth.count)\t"
                                + depth.oldest.formatted(.iso8601)
                        )
                    }
                    for row in dead { print("\(entry.id)\tdead\t\(row.id)\t\(row.item.orderKey)\t\(row.fault ?? "")") }
                }
            }
        }
    }

    /// The command `hub311 outbox retry`.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put an item that was given up back in the queue. Exit status 2 when there is none of that id."
        )

        @Argument(help: "Jurisdiction whose item it is.") var jurisdiction: String
        @Argument(help: "Id of the item.") var id: String
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            guard let id = UUID(uuidString: id) else {
                throw ValidationError("the id is a UUID as outbox list shows it")
            }
            let tenant = try Checked.value(jurisdiction, "jurisdiction", JurisdictionID.self)
            let isBack = try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                guard let found = try await surroundings.directory.tenant(tenant) else { return false }
                return try await bench.databases.withTenant(found.code) { try await Outbox($0).retry(id, now: Date()) }
            }
            guard isBack else {
                Progress.say("no item of \(tenant) with that id was given up")
                throw ExitCode.faults
            }
            print("\(id): due now")
        }
    }
}
