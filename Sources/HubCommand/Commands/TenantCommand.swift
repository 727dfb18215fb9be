import ArgumentParser
import Domain
import Foundation
import Hub
import Routing
import Storage
import Tenancy

/// `hub311 tenant …`: the files of a region, checked, compared, put in force.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Check, compare and apply the files of the tenants.",
        subcommands: [Check.self, Diff.self, Apply.self, List.self]
    )

    struct Folder: ParsableArguments {
        @Argument(help: "Folder of the region's files.")
        var folder = "tenants"
    }
}

extension TenantCommand {
    /// The command `hub311 tenant check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read every file and print every fault with file and line. Exit status 2 when there is one."
        )

        @OptionGroup var files: Folder
        @Flag(help: "Print the faults as JSON.") var json = false

        func run() async throws {
            let region = RegionFiles(files.folder)
            if json {
                print(try JSONText.of(region.faults))
            } else {
                for fault in region.faults { print(fault) }
            }
            guard region.faults.isEmpty else {
                Progress.say("\(region.faults.count) faults; nothing may be applied")
                throw ExitCode.faults
            }
            if !json {
                print(
                    "\(region.tenants.count) tenants, \(region.tenants.map(\.catalogue.services.count).reduce(0, +)) types, "
                        + "\(region.agreement.count) versions of the agreement: no fault"
                )
            }
        }
    }

    /// The command `hub311 tenant diff`.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what applying the files would change. Exit status 1 when something would."
        )

        @OptionGroup var files: Folder
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let region = try RegionFiles(files.folder).checked()
            let changes = try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                var lines: [String] = []
                for configuration in region.tenants {
                    let stored = try await surroundings.directory.tenant(configuration.tenant.id)?.configuration
                    lines += TenantDiff(from: stored, to: configuration).lines.map {
                        "\(configuration.tenant.id): \($0)"
                    }
                }
                return lines
            }
            for line in changes { print(line) }
            guard changes.isEmpty else { throw ExitCode(1) }
            print("no difference")
        }
    }

    /// The command `hub311 tenant apply`.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the files in force: a new version for each tenant that changed. May be repeated."
        )

        @OptionGroup var files: Folder
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let region = try RegionFiles(files.folder).checked()
            try await Workbench.use(deployment) { bench in
                try await ApplyTenants(administration: bench.administration, databases: bench.databases)(
                    region.tenants,
                    agreement: region.agreement,
                    by: "cli",
                    now: Date()
                ) { print($0.line) }
                if let telephone = region.telephone,
                    try await ApplyTelephoneSettings(databases: bench.databases)(telephone, by: "cli", now: Date())
                {
                    print("telephone: in force")
                }
            }
        }
    }

    /// The command `hub311 tenant list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tenants in force.")

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                for entry in surroundings.directory.entries {
                    print(
                        [
                            entry.id.rawValue, entry.code.rawValue, entry.tier.rawValue, entry.state.rawValue,
                            entry.configurationVersion.map { "version \($0)" } ?? "no files",
                        ].joined(separator: "\t")
                    )
                }
            }
        }
    }
}
