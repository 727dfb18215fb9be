import ArgumentParser
import Domain
import Foundation
import Geo
import Hub
import Routing

/// `hub311 route check`: the agreement in force against the map in force.
struct RouteCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Hold the agreement against the map: named roads and assets, kilometres of road agreements, owners.",
        discussion: "Exit status 2 when something does not fit, 69 when there is no agreement or no generation."
    )

    @Option(help: "Generation to use. (default: the one in force)") var generation: Int?
    @Option(help: "Language of the findings: en or fr.") var language = "en"
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard let tongue = Language(rawValue: language) else {
            throw ValidationError("--language is en or fr, not \(language)")
        }
        try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            let index =
                if let generation {
                    try await Geography.index(of: GenerationID(generation), from: bench.databases)
                } else {
                    surroundings.geography.index
                }
            guard let findings = CheckAgreementOnMap(surroundings)(index) else {
                Progress.say("no agreement or no generation is in force")
                throw ExitCode.unavailable
            }
            if json {
                print(try JSONText.of(findings))
            } else {
                for finding in findings { print("\(finding.kind.rawValue)\t\(finding.message[tongue])") }
                if findings.isEmpty { print(tongue == .english ? "everything fits" : "tout concorde") }
            }
            if !findings.isEmpty { throw ExitCode.faults }
        }
    }
}
