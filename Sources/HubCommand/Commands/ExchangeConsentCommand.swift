import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 exchange consent …`: which municipality agreed that calls of an exchange come to the hub.
struct ExchangeConsentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent",
        abstract: "Keep the register of municipalities' consents by exchange.",
        subcommands: [Add.self, Revoke.self, List.self]
    )
}

extension ExchangeConsentCommand {
    /// The command `hub311 exchange consent add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Record a council's consent. Calls of the exchange come once every municipality in it has consented."
        )

        @Option(help: "Area of the municipality in the boundary file.") var municipality: String
        @Option(help: "The exchange, as the list spells it.") var exchange: String
        @Option(help: "The council's resolution.") var resolution: String
        @Option(help: "The day it was passed.") var resolvedOn: String
        @Option(help: "Day or instant from which calls may come.") var effective: String
        @Option(help: "Days of notice the municipality owes before it may withdraw.") var noticeDays = 180
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let area = try Checked.value(municipality, "--municipality", AreaID.self)
            let name = try Checked.value(exchange, "--exchange", ExchangeName.self)
            let day = try ExchangeOptions.day(resolvedOn, "--resolved-on")
            guard (0...3_650).contains(noticeDays) else { throw ValidationError("--notice-days is 0 to 3650") }
            guard !resolution.isEmpty else { throw ValidationError("--resolution names the council's resolution") }
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    let surroundings = try await bench.surroundings()
                    let zone = surroundings.numbering.plan.timeZone
                    let id = try await KeepExchangeConsents(surroundings).add(
                        ExchangeConsent(
                            municipality: area,
                            exchange: name,
                            resolution: resolution,
                            resolvedOn: day,
                            effectiveAt: try ExchangeOptions.instant(effective, "--effective", in: zone),
                            noticeDays: noticeDays
                        ),
                        by: "cli"
                    )
                    print("consent \(id): \(area) for \(name)")
                }
            }
        }
    }

    /// The command `hub311 exchange consent revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a withdrawal. Calls of the exchange go to its old number from its instant on."
        )

        @Argument(help: "Number of the entry.") var consent: Int
        @Option(help: "The resolution or letter that withdraws it.") var resolution: String
        @Option(help: "Day or instant from which it is withdrawn. (default: when the notice owed is over)")
        var at: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    let surroundings = try await bench.surroundings()
                    let zone = surroundings.numbering.plan.timeZone
                    let done = try await KeepExchangeConsents(surroundings).revoke(
                        consent,
                        resolution: resolution,
                        at: try at.map { try ExchangeOptions.instant($0, "--at", in: zone) },
                        by: "cli"
                    )
                    print("consent \(consent): withdrawn from \(done.effectiveAt.formatted(.iso8601))")
                    if !done.keepsNotice {
                        Progress.say("this is earlier than the notice owed allows; it is done all the same")
                    }
                }
            }
        }
    }

    /// The command `hub311 exchange consent list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the consents with their state.")

        @Option(help: "Only this exchange.") var exchange: String?
        @Option(help: "Day or instant to show the state of. (default: now)") var at: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        private struct Line: Encodable {
            let consent: ExchangeConsent
            let state: ExchangeConsent.State
        }

        func run() async throws {
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                let zone = surroundings.numbering.plan.timeZone
                let instant = try at.map { try ExchangeOptions.instant($0, "--at", in: zone) } ?? Date()
                let lines = try await KeepExchangeConsents(surroundings).list()
                    .filter { exchange == nil || $0.exchange.rawValue == exchange }
                    .map { Line(consent: $0, state: $0.state(at: instant)) }
                if json {
                    print(try JSONText.of(lines))
                    return
                }
                for line in lines {
                    let consent = line.consent
                    let until =
                        consent.revocation.map { "  withdrawn from \($0.effectiveAt.formatted(.iso8601))" } ?? ""
                    print(
                        "\(consent.id)\t\(line.state.rawValue)\t\(consent.exchange)\t\(consent.municipality)\t"
                            + "\(consent.resolution)\tfrom \(consent.effectiveAt.formatted(.iso8601))\(until)"
                    )
                }
            }
        }
    }
}
