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
                For a change of tier, of rules or of boundaries whose plan says that open requests move; without this they stay where \
                they are. Same reference, the clocks go on; what a tenant holds for another goes back to that one, which hands it on. Exit status 1 with --rehearse when any would move.
                """
        )

        @Option(help: "The tenant that has the requests. (default: every tenant, one after the other)")
        var jurisdiction: String?
        @Option(help: "Only this part of service; may be repeated. (default: all)") var part: [String] = []
        @Flag(help: "Say what would happen and change nothing.") var rehearse = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let id = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            let parts = try part.map { try Checked.value($0, "--part", ServicePart.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                var moves: [MoveOpenRequests.Move] = []
                for tenant in id.map({ [$0] }) ?? surroundings.directory.entries.map(\.id) {
                    guard let tenant = try await surroundings.directory.tenant(tenant) else {
                        throw ValidationError("--jurisdiction: \(tenant) is not served here")
                    }
                    moves += try await MoveOpenRequests(surroundings)(
                        of: tenant,
                        parts: parts,
                        isRehearsal: rehearse,
                        by: "staff:cli"
                    )
                }
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
