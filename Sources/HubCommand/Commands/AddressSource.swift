import Addresses
import ArgumentParser
import DataFiles
import Domain
import Foundation
import Hub
import Storage

/// Where a command's addresses come from: the set in force or another one, or files that are read for the command only.
struct AddressSource: ParsableArguments {
    @Option(
        name: .customLong("addresses"),
        help: "Address files to use instead of the set in force; no database is needed. May be repeated."
    )
    var files: [String] = []
    @Option(help: "Form of those files: auto, openaddresses or statcan-oda.") var preset = "auto"
    @Option(help: "Columns of those files: number=…,street=…,lat=…,lon=….") var map: String?
    @Option(help: "Number of the address set. (default: the one in force)") var set: Int?

    /// The columns the options name.
    static func columns(preset: String, map: String?) throws -> AddressColumns {
        guard let preset = AddressColumns.Preset(rawValue: preset) else {
            let known = AddressColumns.Preset.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--preset is one of \(known); not \(preset)")
        }
        do { return try AddressColumns(preset: preset, map: map) } catch { throw ValidationError("\(error)") }
    }

    /// Calls the body with a look-up that settles municipalities by the boundaries in force, where there are some.
    func use(_ deployment: DeploymentOptions, _ body: (AddressLookup) async throws -> Void) async throws {
        guard files.isEmpty else { return try await body(AddressLookup(book: try fileBook())) }
        try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            if let set {
                surroundings.addresses.replace(with: try await AddressDirectory.book(of: set, from: bench.databases))
            }
            guard surroundings.addresses.book.count > 0 else { throw Self.nothingInForce() }
            try await body(AddressLookup(surroundings: surroundings))
        }
    }

    static func nothingInForce() -> ExitCode {
        Progress.say("no address set is in force; hub311 address import and hub311 address activate bring one")
        return .unavailable
    }

    private func fileBook() throws -> AddressBook {
        let columns = try Self.columns(preset: preset, map: map)
        var builder = AddressBookBuilder()
        var rejected = 0
        for path in files {
            _ = try AddressFile(path: path, columns: columns).read { read, total in
                Progress.tick("\(path): \(total == 0 ? 100 : read * 100 / total) %")
            } _: { _, outcome in
                if case .success(let row) = outcome, builder.add(row) { return }
                rejected += 1
            }
        }
        Progress.endTicks()
        if rejected > 0 { Progress.say("\(rejected) rows were not taken; hub311 address import --rejected names them") }
        return builder.build()
    }
}

/// Suggesting and locating over a hub's addresses, or over a book read from files.
struct AddressLookup {
    private let surroundings: Surroundings?
    private let book: AddressBook?

    init(surroundings: Surroundings) { (self.surroundings, book) = (surroundings, nil) }

    init(book: AddressBook) { (surroundings, self.book) = (nil, book) }

    func locate(_ text: String, _ municipality: String?) -> AddressAnswer {
        if let surroundings { return LocateAddress(surroundings)(text, municipality: municipality) }
        return (book ?? .empty).locate(text, municipality: municipality)
    }

    func suggest(_ text: String, _ municipality: String?, _ limit: Int) -> [AddressCandidate] {
        if let surroundings { return SuggestAddresses(surroundings)(text, municipality: municipality, limit: limit) }
        return (book ?? .empty).suggest(text, municipality: municipality, limit: limit)
    }
}

/// Addresses as rows of CSV on standard output.
struct CSVOutput {
    private let writer: CSVWriter

    init() throws {
        writer = try CSVWriter(path: "-")
        for name in [
            "number", "unit", "street", "municipality_id", "municipality", "stated_municipality", "community",
            "postal_code",
            "lat", "lon",
        ] {
            writer.field(name)
        }
        try writer.endRow()
    }

    func row(_ row: StoredAddress) throws {
        writer.field(row.suffix.first?.isNumber == true ? "\(row.number) \(row.suffix)" : "\(row.number)\(row.suffix)")
        for value in [
            row.unit, row.street, row.municipalityID, row.municipality, row.statedMunicipality, row.community,
            row.postalCode,
        ] {
            writer.field(value ?? "")
        }
        writer.field(DecimalDegrees.text(of: row.latitudeNano))
        writer.field(DecimalDegrees.text(of: row.longitudeNano))
        try writer.endRow()
    }

    func finish() throws { try writer.finish() }
}
