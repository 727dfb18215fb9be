import Addresses
import ArgumentParser
import DataFiles
import Domain
import Foundation

/// `hub311 address suggest`: what is offered while somebody types.
struct AddressSuggest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Offer addresses for a text still being typed, best first."
    )

    @Argument(help: "What was typed so far.") var text: [String]
    @Option(help: "Municipality, by name or area id; binding.") var municipality: String?
    @Option(help: "Most suggestions, 1 to 20.") var limit = 8
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var source: AddressSource
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        try await source.use(deployment) { lookup in
            let found = lookup.suggest(text.joined(separator: " "), municipality, min(max(limit, 1), 20))
            if json { return print(try JSONText.of(found)) }
            for candidate in found { print(AddressLocate.line(candidate)) }
        }
    }
}

/// `hub311 address locate`: where an address is, or every address of a file.
struct AddressLocate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Say where an address is, or every row of a CSV file (id,query).",
        discussion: """
            With --csv the output is id,municipality,lat,lon,level,confidence and then outcome,address,warnings; a municipality that all \
            candidates share is given even where the door must be asked about. Exit status 1 when a single address is not found, 2 when \
            it must be asked about.
            """
    )

    @Argument(help: "The address.") var text: [String] = []
    @Option(help: "Municipality, by name or area id; binding.") var municipality: String?
    @Option(help: "CSV file with the columns id and query in any order.") var csv: String?
    @Option(help: "File to write.") var out: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var source: AddressSource
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard csv == nil || out != nil else { throw ValidationError("--csv goes with --out FILE") }
        guard csv != nil || !text.isEmpty else { throw ValidationError("give an address, or --csv and --out") }
        try await source.use(deployment) { lookup in
            if let csv, let out { return try file(csv, out, lookup) }
            let answer = lookup.locate(text.joined(separator: " "), municipality)
            if json {
                print(try JSONText.of(answer))
            } else {
                print(answer.outcome.rawValue)
                for candidate in answer.candidates { print(Self.line(candidate)) }
                for warning in answer.warnings { print("(\(warning.text.english))") }
            }
            switch answer.outcome {
            case .found: return
            case .several: throw ExitCode.faults
            case .nothing: throw ExitCode.failure
            }
        }
    }

    static func line(_ candidate: AddressCandidate) -> String {
        let stated = candidate.statedMunicipality.map { "\t(its register says \($0))" } ?? ""
        let former = candidate.formerStreet.map { "\t(asked as \($0))" } ?? ""
        return
            "\(candidate.text)\t\(candidate.coordinate)\t\(candidate.level.rawValue)\t\(candidate.confidence)\(stated)\(former)"
    }

    private struct Counts: Encodable {
        var rows = 0
        var found = 0
        var several = 0
        var nothing = 0
    }

    private func file(_ input: String, _ output: String, _ lookup: AddressLookup) throws {
        let writer = try CSVWriter(path: output)
        var columns: (id: Int, query: Int)?
        var counts = Counts()
        try CSVReader.read(path: input) { read, total in
            Progress.tick("\(input): \(total == 0 ? 100 : read * 100 / total) %")
        } _: { row in
            guard let known = columns else {
                let header = (0..<row.count).map {
                    row.text($0)?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
                }
                guard let id = header.firstIndex(of: "id") else {
                    throw DataFileError.missingColumn("id", found: header)
                }
                guard let query = header.firstIndex(of: "query") ?? header.firstIndex(of: "address") else {
                    throw DataFileError.missingColumn("query", found: header)
                }
                columns = (id, query)
                for name in [
                    "id", "municipality", "lat", "lon", "level", "confidence", "outcome", "address", "warnings",
                ] {
                    writer.field(name)
                }
                return try writer.endRow()
            }
            let answer = lookup.locate(row.text(known.query) ?? "", municipality)
            counts.rows += 1
            switch answer.outcome {
            case .found: counts.found += 1
            case .several: counts.several += 1
            case .nothing: counts.nothing += 1
            }
            row.field(known.id) { writer.field($0) } ?? writer.plainField([])
            try write(answer, to: writer)
        }
        try writer.finish()
        Progress.endTicks()
        print(
            json
                ? try JSONText.of(counts)
                : "\(counts.rows) rows: \(counts.found) found, \(counts.several) to be asked about, \(counts.nothing) not found"
        )
    }

    private func write(_ answer: AddressAnswer, to writer: CSVWriter) throws {
        let found = answer.found
        let names = Set(answer.candidates.map(\.municipality))
        let shared = answer.municipalityID?.rawValue ?? (names.count == 1 ? names.first : nil)
        writer.field(shared ?? "")
        writer.field(found?.coordinate.latitudeText ?? "")
        writer.field(found?.coordinate.longitudeText ?? "")
        writer.field(found?.level.rawValue ?? "")
        writer.field(found.map { "\($0.confidence)" } ?? "")
        writer.field(answer.outcome.rawValue)
        writer.field(answer.candidates.map(\.text).joined(separator: "; "))
        writer.field(answer.warnings.map(\.rawValue).joined(separator: ";"))
        try writer.endRow()
    }
}
