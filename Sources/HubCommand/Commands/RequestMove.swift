import ArgumentParser
import Domain
import Foundation
import Hub

extension RequestCommand {
    /// The command `hub311 request move`.
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand on a tenant's open requests that by the agreement in force are another body's now.",
            discussion: """
                For a change of tier whose plan says that open requests move; without this they stay where they are. Same \
                reference, the clocks go on. Exit status 1 with --rehearse when any would move.
                """
        )

        @Option(help: "The tenant that has the requests.") var jurisdiction: String
        @Option(help: "Only this part of service; may be repeated. (default: all)") var part: [String] = []
        @Flag(help: "Say what would happen and change nothing.") var rehearse = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let id = try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self)
            let parts = try part.map { try Checked.value($0, "--part", ServicePart.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                guard let tenant = try await surroundings.directory.tenant(id) else {
                    throw ValidationError("--jurisdiction: \(id) is not served here")
                }
                let moves = try await MoveOpenRequests(surroundings)(
                    of: tenant,
                    parts: parts,
                    isRehearsal: rehearse,
                    by: "staff:cli"
                )
                if json {
                    print(try JSONText.of(moves))
                } else {
                    for move in moves {
                        print(
                            "\(move.reference)\t\(move.part)\t\(move.to)\t\(move.outcome.rawValue)\t\(move.reason.english)"
                        )
                    }
                    if moves.isEmpty { print("no open request moves") }
                }
                if rehearse, !moves.isEmpty { throw ExitCode.failure }
            }
        }
    }
}
