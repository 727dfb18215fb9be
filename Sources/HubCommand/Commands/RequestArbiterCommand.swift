import ArgumentParser
import Domain
import Foundation
import Hub

extension RequestCommand {
    /// `hub311 request arbiter …`: what two bodies said is not theirs, and the hub's word on it.
    struct Arbiter: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "arbiter",
            abstract: "List what two bodies refused, take it up, decide who leads.",
            subcommands: [List.self, Take.self, Decide.self]
        )
    }
}

extension RequestCommand.Arbiter {
    /// The command `hub311 request arbiter list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What waits for the arbiter, the one due first first."
        )

        @Flag(help: "Also what waits in triage for another reason: place unknown, ambiguous, outside, no rule.")
        var all = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let cases = try await ArbiterQueue(try await bench.surroundings())(everything: all)
                guard !json else {
                    print(try JSONText.of(cases))
                    return
                }
                if cases.isEmpty { print("nothing waits") }
                for entry in cases {
                    let late = entry.isOverdue ? "  overdue" : ""
                    print(
                        "\(entry.reference)  \(entry.publicType)  \(entry.reason)  at \(entry.origin)"
                            + "  due \(entry.dueAt.formatted(.iso8601))\(late)"
                    )
                    if let promise = entry.originCompleteDue {
                        print("  promised to the person: \(promise.formatted(.iso8601))")
                    }
                    for bounce in entry.bounces {
                        print("  \(bounce.body): \(bounce.reason ?? "no answer")  \(bounce.text ?? "")")
                    }
                }
            }
        }
    }

    /// The command `hub311 request arbiter take`.
    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that you look at it. Exit status 2 when somebody else does, or it does not wait."
        )

        @OptionGroup var target: RequestCommand.Target
        @Option(help: "Who looks at it.") var by = "staff:cli"

        func run() async throws {
            try await target.work(at: nil) { surroundings, reference, _ in
                guard try await ArbiterQueue(surroundings).take(reference, by: by) else {
                    Progress.say("\(reference) does not wait, or somebody else looks at it")
                    throw ExitCode.faults
                }
                print("\(reference): taken by \(by)")
            }
        }
    }

    /// The command `hub311 request arbiter decide`.
    struct Decide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide which body leads; it is offered to that body, or stays where it is."
        )

        @OptionGroup var target: RequestCommand.Target
        @OptionGroup var words: ResidentWords
        @Option(help: "The jurisdiction that shall have it.") var to: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            struct Answer: Encodable {
                let reference: String
                let lead: String
            }
            let body = try Checked.value(to, "--to", JurisdictionID.self)
            try await target.work(at: nil) { surroundings, reference, _ in
                _ = try await PlaceRequest(surroundings)(
                    reference,
                    place: PlaceInput(),
                    body: body,
                    reason: words.localized,
                    by: "staff:cli"
                )
                print(
                    json
                        ? try JSONText.of(Answer(reference: reference.rawValue, lead: body.rawValue))
                        : "\(reference): given to \(body)"
                )
            }
        }
    }
}
