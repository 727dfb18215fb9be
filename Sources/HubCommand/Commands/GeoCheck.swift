import ArgumentParser
import Domain
import Foundation
import Geo
import Hub
import Tenancy

/// `hub311 geo check`: where the surveys of files or of a stored generation don't fit together.
struct GeoCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find gaps, overlaps, slivers and strays, with place, size and owners.",
        discussion: """
            Checks files (no database is needed) or, given a number, a stored generation. Findings are noise (a pen's width), \
            ask (somebody should decide, in a file for --decisions) or blocks (no activation before it is settled). \
            Exit status 2 when a file has errors or a finding blocks.
            """
    )

    @Argument(help: "Files with areas, or the number of a generation.") var areas: [String]
    @Option(help: "Layer of the areas, when the file does not say.") var layer: String?
    @Option(help: "Name of the property with the id.") var id = "id"
    @Option(help: "Name of the property with the name.") var name = "name"
    @Option(help: "Check only this layer; may be repeated. (default: every layer)") var only: [String] = []
    @Option(help: "The region's decisions, such as geo/decisions.yml.") var decisions: String?
    @Flag(help: "List the noise too.") var all = false
    @Flag(help: "Print JSON.") var json = false
    @Option(help: "Write every finding as CSV to this file.") var csv: String?
    @Option(help: "Draw the finding of this name.") var picture: String?
    @Option(help: "Which piece of the finding to draw, from 1. (default: the largest)") var piece: Int?
    @Option(help: "File for the picture, .svg or .png.") var out: String?
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let chosen = try decisions.map { try DecisionOptions.read($0) }
        let work = try await read(chosen)
        if let csv { try work.report.writeCSV(to: csv) }
        if let picture {
            try await draw(picture, of: work)
            return
        }
        print(json ? try JSONText.of(work.report) : work.report.text(withNoise: all))
        if work.hasErrors || !work.report.passes { throw ExitCode.faults }
    }

    private struct Work {
        var report: BoundaryCheckReport
        var features: [BoundaryFeature]
        var decided: [DecidedGround]
        var hasErrors: Bool
    }

    private func read(_ decisions: [BoundaryDecision]?) async throws -> Work {
        if areas.count == 1, let number = Int(areas[0]) {
            return try await Workbench.use(deployment) { bench in
                do {
                    let result = try await CheckGeneration(databases: bench.databases)(
                        GenerationID(number),
                        trying: decisions
                    ) { Progress.tick($0) }
                    Progress.endTicks()
                    for obstacle in result.imported?.obstacles ?? [] { Progress.say("forbids activation: \(obstacle)") }
                    return Work(
                        report: result.report,
                        features: result.areas,
                        decided: result.decided,
                        hasErrors: !(result.imported?.obstacles.isEmpty ?? true)
                    )
                } catch let unknown as CheckGeneration.Unknown {
                    Progress.say("\(unknown)")
                    throw ExitCode.faults
                }
            }
        }
        var options = ImportOptions(layer: try layer.map { try Checked.value($0, "--layer", LayerName.self) })
        options.idProperty = id
        options.nameProperty = name
        var features: [BoundaryFeature] = []
        var imports: [ImportReport] = []
        for path in areas {
            let read = try await BoundaryImport(options).read(path: path) {
                Progress.tick("\(path): \($0.features) features, \($0.percent) %")
            }
            Progress.endTicks()
            if !read.report.isClean { Progress.say(read.report.description) }
            imports.append(read.report)
            features += read.features
        }
        let layers = try only.map { try Checked.value($0, "--only", LayerName.self) }
        var report = try BoundaryCheck()(features, layers: layers.isEmpty ? nil : layers, imports: imports) {
            Progress.tick($0)
        }
        let decided = try DecisionMatching(decisions ?? [])(&report, features: features)
        Progress.endTicks()
        return Work(
            report: report,
            features: features,
            decided: decided,
            hasErrors: imports.contains { !$0.errors.isEmpty }
        )
    }

    private func draw(_ id: String, of work: Work) async throws {
        guard let finding = work.report.findings.first(where: { $0.id == id }) else {
            let near = work.report.findings.filter { $0.id.contains(id) }.prefix(5).map(\.id)
            Progress.say(
                "no finding is named \(id)" + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?")
            )
            throw ExitCode.faults
        }
        let areas = work.features.map(\.covering)
        let drawn = try FindingPicture(finding, of: work.features, decided: DecidedGrounds(work.decided, areas: areas))
            .svg(piece: piece)
        try await PictureFile.write(drawn, to: out)
    }
}

/// The region's decisions as a command is given them.
enum DecisionOptions {
    /// Reads a decision file.
    ///
    /// - Throws: exit status 2 after every fault was printed.
    static func read(_ path: String) throws -> [BoundaryDecision] {
        let file = BoundaryDecisionFile.load(path)
        guard file.faults.isEmpty else {
            for fault in file.faults { Progress.say("\(fault)") }
            throw ExitCode.faults
        }
        return file.decisions
    }
}
