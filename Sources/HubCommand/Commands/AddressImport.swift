import Addresses
import ArgumentParser
import DataFiles
import Foundation
import Hub

/// `hub311 address import`: files become a checked set that is not in force yet.
struct AddressImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import civic addresses as a new set.",
        discussion: """
            Reads comma-, semicolon- or tab-separated values, plain or gzip, in UTF-8 or Latin-1. Several files become one set; of two \
            rows for one door the earlier file's counts. Each point's municipality is that of the boundaries in force; what the file \
            states is kept beside it. Nothing is in force before `hub311 address activate`. The same files again give the set that is \
            there. Exit status 2 when rows were rejected; the others are imported.
            """
    )

    @Argument(help: "Files of addresses.") var files: [String]
    @Option(help: "Form of the files: auto, openaddresses or statcan-oda.") var preset = "auto"
    @Option(
        help: """
            Columns that the preset does not know: FIELD=COLUMN,… with the fields number, suffix, street, type, direction, address, \
            unit, municipality, community, postal, lat, lon.
            """
    )
    var map: String?
    @Option(help: "Municipality whose register the files are, for rows that do not say.") var municipality: String?
    @Option(help: "CSV file of other names of streets: other,street,municipality,until.") var aliases: String?
    @Option(help: "CSV file of communities: community,municipality,weight.") var communities: String?
    @Option(help: "File for rejected rows, with row, field and reason.") var rejected: String?
    @Option(help: "A note on where it comes from.") var note: String?
    @Flag(help: "Put it in force at once.") var activate = false
    @Flag(help: "Print the report as JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let columns = try AddressSource.columns(preset: preset, map: map)
        let order = ImportAddresses.Order(
            sources: files.map { ImportAddresses.Source(path: $0, columns: columns, municipality: municipality) },
            aliases: aliases,
            communities: communities,
            note: note ?? files.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", "),
            rejectedTo: rejected
        )
        try await Workbench.use(deployment) { bench in
            let geography = Geography(databases: bench.databases)
            if try await !geography.reload(at: Date()) {
                Progress.say("no boundaries are in force; municipalities are taken as the files state them")
            }
            let report: AddressImportReport
            do {
                report = try await ImportAddresses(databases: bench.databases, boundaries: geography.index)(
                    order,
                    now: Date()
                ) { Progress.tick($0) }
            } catch {
                Progress.endTicks()
                guard
                    error is DataFileError || error is AddressColumns.Invalid || error is SideTables.Fault
                        || error is WrongEncoding
                else { throw error }
                Progress.say("\(error)")
                throw ExitCode.faults
            }
            Progress.endTicks()
            print(json ? try JSONText.of(report) : report.description)
            if activate, report.passed {
                try await ImportAddresses.activate(report.set, at: Date(), by: "cli", now: Date(), in: bench.databases)
                print("address set \(report.set) is in force")
            }
            if report.rejected > 0 || !report.passed { throw ExitCode.faults }
        }
    }
}
