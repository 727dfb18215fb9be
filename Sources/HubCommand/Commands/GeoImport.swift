import ArgumentParser
import Domain
import Foundation
import Geo
import Hub
import Tenancy

/// `hub311 geo import`: files become a checked generation that is not in force yet.
struct GeoImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import boundaries, roads and assets as a new generation, and check it.",
        discussion: """
            Reads GeoJSON, GeoJSON lines and both with gzip; Shapefile, GeoPackage and other coordinate systems through \
            ogr2ogr. Several files become one generation, which is checked and takes the region's decisions with it. Nothing is \
            in force before `hub311 geo activate`. Exit status 2 when a file has errors or a finding blocks; the rest is \
            imported to be looked at, and can be activated only when there were none (errors: or with --accept-errors, \
            which is written down).
            """
    )

    @Argument(help: "Files with areas.") var areas: [String] = []
    @Option(name: .customLong("roads"), help: "Files with road segments.") var roads: [String] = []
    @Option(name: .customLong("assets"), help: "Files with assets: lights, signals, hydrants, bridges …")
    var assets: [String] = []
    @Option(help: "Kind of every asset, when the file does not say: light, signal, hydrant, bridge …") var kind: String?
    @Option(
        help: """
            Layer of the areas, when the file does not say: municipality, upper_tier, ward or any other; assets for a file \
            of assets, roads for one of roads.
            """
    )
    var layer: String?
    @Option(help: "Name of the property with the id.") var id = "id"
    @Option(help: "Name of the property with the name.") var name = "name"
    @Option(help: "Name of the property with the jurisdiction's id.") var jurisdiction = "jurisdiction_id"
    @Option(help: "Coordinate system of the file, such as EPSG:26917, when the file does not say.") var crs: String?
    @Option(help: "Encoding of a shapefile's names, such as ISO-8859-1, when its .cpg is missing or wrong.")
    var encoding: String?
    @Option(name: .customLong("source-layer"), help: "Layer inside a GeoPackage or other container.")
    var sourceLayer: String?
    @Option(help: "The region's decisions on gaps and overlaps, such as geo/decisions.yml.") var decisions: String?
    @Option(help: "A note on where it comes from.") var note: String?
    @Option(help: "File for the whole report as JSON.") var report: String?
    @Flag(help: "Put it in force at once when it has no error.") var activate = false
    @Flag(help: "Let a generation with errors be activated; what had errors is missing in it.") var acceptErrors = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        var files = (areas: areas, roads: roads, assets: assets)
        switch layer {
        case "assets": files = ([], roads, assets + areas)
        case "roads": files = ([], roads + areas, assets)
        default: break
        }
        guard !files.areas.isEmpty || !files.roads.isEmpty || !files.assets.isEmpty else {
            throw ValidationError("name at least one file to import")
        }
        var options = ImportOptions(layer: try layer.map { try Checked.value($0, "--layer", LayerName.self) })
        options.idProperty = id
        options.nameProperty = name
        options.jurisdictionProperty = jurisdiction
        options.sourceCRS = crs
        options.sourceEncoding = encoding
        options.sourceLayer = sourceLayer
        let draft = try await GenerationDraft.read(
            areas: files.areas,
            roads: files.roads,
            assets: files.assets,
            kind: try kind.map(Self.kind),
            options: options,
            decisions: try decisions.map { try DecisionOptions.read($0) } ?? []
        ) { Progress.tick($0) }
        Progress.endTicks()
        try await store(draft)
    }

    private static func kind(_ text: String) throws -> AssetKind {
        if let kind = AssetKind(rawValue: text) { return kind }
        let known = AssetKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--kind is one of \(known); not \(text)")
    }

    private func store(_ draft: GenerationDraft) async throws {
        var found = draft.report
        for file in found.imports { print(file.description) }
        if let check = found.check { print(check.description) }
        let hasErrors = !found.imports.allSatisfy(\.errors.isEmpty)
        if acceptErrors, hasErrors { found.errorsAcceptedBy = "cli" }
        let whole = found
        if let report { try JSONText.of(whole).write(toFile: report, atomically: true, encoding: .utf8) }
        let note =
            note ?? (areas + roads + assets).map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", ")
        let passes = whole.obstacles.isEmpty
        try await Workbench.use(deployment) { bench in
            let importing = ImportGeneration(databases: bench.databases)
            let generation = try await importing(
                areas: draft.areas,
                roads: draft.roads,
                decided: draft.decided,
                assets: draft.assets,
                note: note,
                report: whole,
                passed: passes,
                now: Date()
            )
            print(
                "generation \(generation): \(draft.areas.count) areas, \(draft.roads.count) road segments, "
                    + "\(draft.assets.count) assets"
            )
            for obstacle in whole.obstacles { Progress.say("forbids activation: \(obstacle)") }
            guard passes else { return }
            if activate {
                try await importing.activate(generation, at: Date(), by: "cli", now: Date())
                print("generation \(generation) is in force")
            } else {
                print(
                    "hub311 geo rehearse \(generation) shows what would change; hub311 geo activate \(generation) puts it in force"
                )
            }
        }
        if hasErrors || !passes { throw ExitCode.faults }
    }
}
