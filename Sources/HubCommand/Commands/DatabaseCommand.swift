import ArgumentParser
import Foundation
import Storage

/// `hub311 db …`: schemas brought up to date, and where they stand.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Bring the database up to date and say where it stands.",
        subcommands: [Migrate.self, Status.self]
    )
}

extension DatabaseCommand {
    /// The command `hub311 db migrate`.
    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Migrate the hub's schema, then every tenant's, several at once. A killed run is taken up by the next."
        )

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let prepared = try await bench.administration.prepare(now: Date())
                for step in prepared.applied { print("hub: \(step)") }
                let report = try await bench.administration.migrateTenants(now: Date()) { tenant in
                    Progress.tick("\(tenant.code)")
                }
                Progress.endTicks()
                for tenant in report.tenants where !tenant.applied.isEmpty || tenant.fault != nil {
                    print("\(tenant.code): \(tenant.fault ?? tenant.applied.joined(separator: ", "))")
                }
                print("\(report.tenants.count) tenants migrated, \(report.skipped) up to date, \(report.left) left")
                if report.firstFault != nil { throw ExitCode(1) }
            }
        }
    }

    /// The command `hub311 db status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Versions of the hub's and each tenant's schema. Exit status 1 when something is not up to date."
        )

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let status = try await Workbench.use(deployment) { try await $0.administration.status() }
            print("hub: \(status.hub.map(String.init) ?? "none") of \(status.newestOfHub)")
            for tenant in status.tenants {
                print(
                    "\(tenant.code): \(tenant.version) of \(status.newestOfTenant)\(tenant.fault.map { " (\($0))" } ?? "")"
                )
            }
            for gap in status.gaps { print("open: \(gap)") }
            let isCurrent =
                status.hub == status.newestOfHub && status.tenants.allSatisfy { $0.version == status.newestOfTenant }
            if !isCurrent { throw ExitCode(1) }
        }
    }
}
