import ArgumentParser
import Domain
import Foundation
import Geo

/// `hub311 geo check`: gaps, overlaps and strays in boundary files, before anything is stored.
struct GeoCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report gaps and overlaps of boundary files with place, size and both owners.",
        discussion: "Reads files only; no database is needed. Exit status 2 when a file has errors."
    )

    @Argument(help: "Files with areas.") var areas: [String]
    @Option(help: "Layer of the areas, when the file does not say.") var layer: String?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let options = ImportOptions(layer: try layer.map { try Checked.value($0, "--layer", LayerName.self) })
        var features: [BoundaryFeature] = []
        var hasErrors = false
        for path in areas {
            let read = try await BoundaryImport(options).read(path: path) {
                Progress.tick("\(path): \($0.features) features")
            }
            Progress.endTicks()
            if !read.report.isClean { Progress.say(read.report.description) }
            hasErrors = hasErrors || !read.report.errors.isEmpty
            features += read.features
        }
        let layers = Set(features.map(\.layer)).sorted()
        let report = try BoundaryCheck()(features, layers: layers) { Progress.tick($0) }
        Progress.endTicks()
        print(json ? try JSONText.of(report) : report.description)
        if hasErrors { throw ExitCode.faults }
    }
}
