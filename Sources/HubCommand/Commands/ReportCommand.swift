import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 report …`: figures over the requests of all tenants.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Figures: requests counted once at their lead, disputes, misroutes by rule.",
        subcommands: [Requests.self, Misroutes.self]
    )

    /// The time that figures are over.
    struct Period: ParsableArguments {
        @Option(help: "First instant, or a day (taken at noon). (default: a year ago)") var from: String?
        @Option(help: "Instant after the last. (default: now)") var to: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func bounds(now: Date) throws -> (Date, Date) {
            let end = try to.map { try Checked.instant($0, "--to") } ?? now
            let start = try from.map { try Checked.instant($0, "--from") } ?? end.addingTimeInterval(-365 * 86_400)
            guard start < end else { throw ValidationError("--from must lie before --to") }
            return (start, end)
        }
    }
}

extension ReportCommand {
    /// The command `hub311 report requests`.
    struct Requests: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Requests by tenant and over the region: each once, at its lead; mirrors and parts beside it."
        )

        @OptionGroup var period: Period

        func run() async throws {
            let (start, end) = try period.bounds(now: Date())
            try await Workbench.use(period.deployment) { bench in
                let figures = try await CountRequests(try await bench.surroundings())(from: start, until: end)
                guard !period.json else {
                    print(try JSONText.of(figures))
                    return
                }
                print("tenant\tled\topen\tparts\tmirrored\twaiting\treopened\tdisputes")
                for row in figures.tenants { Self.say(row.tenant.rawValue, row.figure) }
                Self.say("region", figures.region)
            }
        }

        private static func say(_ name: String, _ figure: RequestFigure) {
            let counts = [
                figure.led, figure.open, figure.parts, figure.mirrored, figure.waiting, figure.reopened,
                figure.disputes,
            ]
            print("\(name)\t\(counts.map(String.init).joined(separator: "\t"))")
        }
    }

    /// The command `hub311 report misroutes`.
    struct Misroutes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How often each rule of the agreement sends requests to a body that says they are not theirs."
        )

        @OptionGroup var period: Period

        func run() async throws {
            let (start, end) = try period.bounds(now: Date())
            try await Workbench.use(period.deployment) { bench in
                let figures = try await RateMisroutes(try await bench.surroundings())(from: start, until: end)
                guard !period.json else {
                    print(try JSONText.of(figures))
                    return
                }
                print("rule\tdecided\tmisrouted\trate")
                for figure in figures {
                    let rate = figure.rate.map { $0.formatted(.percent.precision(.fractionLength(1))) } ?? "-"
                    print(
                        "\(figure.rule.isEmpty ? "(place alone)" : figure.rule)\t\(figure.decided)\t\(figure.misrouted)\t\(rate)"
                    )
                }
            }
        }
    }
}
