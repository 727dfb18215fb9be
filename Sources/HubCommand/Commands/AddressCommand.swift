import ArgumentParser
import Foundation
import Hub
import Storage

/// `hub311 address …`: civic addresses from files to sets, and look-ups in them.
struct AddressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "address",
        abstract: "Import and activate civic addresses; suggest and locate them.",
        subcommands: [
            AddressImport.self, Activate.self, Sets.self, List.self, AddressSuggest.self, AddressLocate.self,
        ]
    )
}

extension AddressCommand {
    /// The command `hub311 address activate`.
    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put an address set in force, now or at an instant; an older one can be put in force again."
        )

        @Argument(help: "Number of the set.") var set: Int
        @Option(help: "Instant from which it answers. (default: now)") var at: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let instant = try at.map { try Checked.instant($0, "--at") } ?? Date()
            try await Workbench.use(deployment) { bench in
                do {
                    try await ImportAddresses.activate(set, at: instant, by: "cli", now: Date(), in: bench.databases)
                } catch let fault as ImportAddresses.NotActivatable {
                    Progress.say("\(fault)")
                    throw ExitCode.faults
                }
                print("address set \(set) answers from \(instant.formatted(.iso8601))")
            }
        }
    }

    /// The command `hub311 address sets`.
    struct Sets: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the address sets, newest first.")

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        private struct Entry: Encodable {
            let set: Int
            let state: String
            let note: String
            let addresses: Int
            let generation: Int?
            let importedAt: Date

            private enum CodingKeys: String, CodingKey {
                case set, state, note, addresses, generation
                case importedAt = "imported_at"
            }
        }

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let (all, current) = try await bench.databases.withHub { transaction in
                    let sets = AddressSets(transaction)
                    return (try await sets.all(), try await sets.current(at: Date()))
                }
                let entries = all.map {
                    Entry(
                        set: $0.id,
                        state: $0.id == current ? "in force" : $0.state.rawValue,
                        note: $0.note,
                        addresses: $0.count,
                        generation: $0.generation,
                        importedAt: $0.importedAt
                    )
                }
                if json { return print(try JSONText.of(entries)) }
                for entry in entries {
                    let day = entry.importedAt.formatted(.iso8601)
                    print("\(entry.set)\t\(entry.state)\t\(entry.addresses)\t\(day)\t\(entry.note)")
                }
            }
        }
    }

    /// The command `hub311 address list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print addresses of a set as CSV, by street and number.",
            discussion: "All of the set in force, or those of --street or --municipality only."
        )

        @Option(help: "Number of the set. (default: the one in force)") var set: Int?
        @Option(help: "Only streets whose name begins so, in any case.") var street: String?
        @Option(help: "Only this municipality, by name or area id.") var municipality: String?
        @Option(help: "Most rows.") var limit: Int?
        @OptionGroup var deployment: DeploymentOptions

        private static let page = 20_000

        func run() async throws {
            let writer = try CSVOutput()
            try await Workbench.use(deployment) { bench in
                let inForce = try await bench.databases.withHub { try await AddressSets($0).current(at: Date()) }
                guard let set = set ?? inForce else { throw AddressSource.nothingInForce() }
                var position = 0
                var printed = 0
                while printed < limit ?? .max {
                    let first = position
                    let rows = try await bench.databases.withHub(.readOnly) {
                        try await AddressRows($0).rows(of: set, from: first, limit: Self.page)
                    }
                    guard let last = rows.last else { break }
                    for row in rows where fits(row) && printed < limit ?? .max {
                        try writer.row(row)
                        printed += 1
                    }
                    position = last.position + 1
                }
            }
            try writer.finish()
        }

        private func fits(_ row: StoredAddress) -> Bool {
            if let street, !row.street.lowercased().hasPrefix(street.lowercased()) { return false }
            guard let municipality else { return true }
            return row.municipalityID == municipality || row.municipality?.lowercased() == municipality.lowercased()
        }
    }
}
