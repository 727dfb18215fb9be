import ArgumentParser
import Domain
import Foundation
import Geo
import Hub
import Logging

/// `hub311 geo locate`: what covers a point, or every point of a file.
struct GeoLocate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Say what covers a point, or every row of a CSV file (id,lat,lon).",
        discussion: """
            With --csv every covering id of a layer stands in its column, joined by ";". Rows that cannot be read are kept with \
            an error; exit status 2 when there are any. With --boundaries the files are used and no database is needed.
            """
    )

    @Option(parsing: .unconditional, help: "Latitude in degrees, WGS 84.") var lat: String?
    @Option(parsing: .unconditional, help: "Longitude in degrees, WGS 84.") var long: String?
    @Option(help: "CSV file with the columns id, lat and lon in any order.") var csv: String?
    @Option(help: "File to write.") var out: String?
    @Option(
        name: .customLong("boundaries"),
        help: "Boundary files to use instead of the generation in force; may be repeated."
    )
    var boundaries: [String] = []
    @Option(help: "Layer of those files, when they do not say.") var layer: String?
    @Option(help: "Generation to use. (default: the one in force)") var generation: Int?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let index = try await self.index()
        if let csv {
            guard let out else { throw ValidationError("--csv goes with --out FILE") }
            let report = try LocateCSV(index)(from: csv, to: out) { read, total in
                Progress.tick("\(csv): \(total == 0 ? 100 : read * 100 / total) %")
            }
            Progress.endTicks()
            for row in report.firstBadRows.prefix(20) { Progress.say("\(csv): \(row)") }
            print(json ? try JSONText.of(report) : "\(report.rows) rows, \(report.badRows) could not be read")
            if report.badRows > 0 { throw ExitCode.faults }
            return
        }
        guard let lat, let long else { throw ValidationError("give --lat and --long, or --csv and --out") }
        let place: Coordinate
        do {
            place = try Coordinate(latitudeText: lat, longitudeText: long)
        } catch {
            throw ValidationError("\(error)")
        }
        let facts = index.facts(at: place)
        if json {
            print(try JSONText.of(facts))
            return
        }
        for area in facts.areas { print("\(area.layer)\t\(area.id)\t\(area.name)") }
        print("municipality: \(facts.municipality.word)")
        for near in facts.municipality.nearest { print("nearest\t\(near.area.id)\t\(Int(near.metres.rounded())) m") }
        for road in facts.roads {
            print(
                "road\t\(road.id)\t\(road.name)\t\(road.ownerKind.rawValue) (\(road.owner))\t\(Int(road.metres.rounded())) m"
            )
        }
    }

    private func index() async throws -> BoundaryIndex {
        guard boundaries.isEmpty else {
            let options = ImportOptions(layer: try layer.map { try Checked.value($0, "--layer", LayerName.self) })
            var features: [BoundaryFeature] = []
            for path in boundaries {
                let read = try await BoundaryImport(options).read(path: path) {
                    Progress.tick("\(path): \($0.features) features")
                }
                for error in read.report.errors.prefix(20) { Progress.say("\(path): \(error)") }
                features += read.features
            }
            Progress.endTicks()
            return BoundaryIndex(features)
        }
        return try await Workbench.use(deployment) { bench in
            var log = Logger(label: "hub")
            log.logLevel = .warning
            let files = IndexFiles(directory: bench.deployment.indexes, log: log)
            if let generation {
                return try await Geography.index(of: GenerationID(generation), from: bench.databases, files: files)
            }
            let geography = Geography(databases: bench.databases, files: files)
            guard try await geography.reload(at: Date()) else {
                Progress.say("no generation is in force; hub311 geo import and hub311 geo activate bring one")
                throw ExitCode.unavailable
            }
            return geography.index
        }
    }
}
