import ArgumentParser
import Domain
import Foundation
import Geo
import Hub

/// `hub311 geo import`: files become a checked generation that is not in force yet.
struct GeoImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import boundaries (and roads) as a new generation, and check it.",
        discussion: """
            Reads GeoJSON, GeoJSON lines and both with gzip; Shapefile, GeoPackage and other coordinate systems through \
            ogr2ogr. Several files become one generation. Nothing is in force before `hub311 geo activate`. Exit status 2 \
            when a file has errors; the rest of it is imported, and the generation can be activated only when there were none \
            (or with --accept-errors).
            """
    )

    @Argument(help: "Files with areas.") var areas: [String] = []
    @Option(name: .customLong("roads"), help: "Files with road segments.") var roads: [String] = []
    @Option(help: "Layer of the areas, when the file does not say: municipality, upper_tier, ward or any other.")
    var layer: String?
    @Option(help: "Name of the property with the id.") var id = "id"
    @Option(help: "Name of the property with the name.") var name = "name"
    @Option(help: "Name of the property with the jurisdiction's id.") var jurisdiction = "jurisdiction_id"
    @Option(help: "Coordinate system of the file, such as EPSG:26917, when the file does not say.") var crs: String?
    @Option(help: "A note on where it comes from.") var note: String?
    @Option(help: "File for the whole report as JSON.") var report: String?
    @Flag(help: "Put it in force at once when it has no error.") var activate = false
    @Flag(help: "Let a generation with errors be activated; what had errors is missing in it.") var acceptErrors = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard !areas.isEmpty || !roads.isEmpty else { throw ValidationError("name at least one file to import") }
        var options = ImportOptions(layer: try layer.map { try Checked.value($0, "--layer", LayerName.self) })
        options.idProperty = id
        options.nameProperty = name
        options.jurisdictionProperty = jurisdiction
        options.sourceCRS = crs
        var features: [BoundaryFeature] = []
        var segments: [RoadSegment] = []
        var reports: [ImportReport] = []
        for path in areas {
            let read = try await BoundaryImport(options).read(path: path) { Self.tick(path, $0) }
            features += read.features
            reports.append(read.report)
        }
        for path in roads {
            let read = try await RoadImport(options).read(path: path) { Self.tick(path, $0) }
            segments += read.roads
            reports.append(read.report)
        }
        Progress.endTicks()
        for found in reports { print(found.description) }
        if let report { try JSONText.of(reports).write(toFile: report, atomically: true, encoding: .utf8) }
        let isClean = reports.allSatisfy(\.errors.isEmpty)
        let note = note ?? (areas + roads).map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", ")
        try await Workbench.use(deployment) { bench in
            let importing = ImportGeneration(databases: bench.databases)
            let generation = try await importing(
                areas: features,
                roads: segments,
                note: note,
                report: reports,
                passed: isClean || acceptErrors,
                now: Date()
            )
            print("generation \(generation): \(features.count) areas, \(segments.count) road segments")
            if activate, isClean || acceptErrors {
                try await importing.activate(generation, at: Date(), by: "cli", now: Date())
                print("generation \(generation) is in force")
            }
        }
        if !isClean { throw ExitCode.faults }
    }

    private static func tick(_ path: String, _ progress: ImportProgress) {
        Progress.tick("\(path): \(progress.features) features, \(progress.vertices) vertices")
    }
}
