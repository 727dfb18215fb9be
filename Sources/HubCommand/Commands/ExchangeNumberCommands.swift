import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 exchange termination …`: what each number on which carriers deliver calls stands for.
struct ExchangeTerminationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "termination",
        abstract: "Keep the numbers on which carriers deliver calls to 311.",
        subcommands: [Add.self, List.self]
    )
}

extension ExchangeTerminationCommand {
    /// The command `hub311 exchange termination add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Record a number: calls of one exchange, or one tenant's own. An open entry of it ends where this begins."
        )

        @Argument(help: "The number, ten digits in any usual spelling.") var number: String
        @Option(help: "The exchange whose calls it takes.") var exchange: String?
        @Option(help: "The tenant whose number it is.") var tenant: String?
        @Option(help: "Day or instant from which it is in use. (default: now)") var from: String?
        @Option(help: "Day or instant from which it is no longer in use.") var until: String?
        @Option(help: "A note.") var note = ""
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let number = try ExchangeOptions.number(number, "number")
            let target: TerminationNumber.Target
            switch (exchange, tenant) {
            case (let name?, nil): target = .exchange(try Checked.value(name, "--exchange", ExchangeName.self))
            case (nil, let id?): target = .tenant(try Checked.value(id, "--tenant", JurisdictionID.self))
            default: throw ValidationError("give either --exchange or --tenant")
            }
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    let surroundings = try await bench.surroundings()
                    let zone = surroundings.numbering.plan.timeZone
                    try await KeepTelephoneNumbers(surroundings).add(
                        TerminationNumber(
                            number: number,
                            target: target,
                            from: try from.map { try ExchangeOptions.instant($0, "--from", in: zone) } ?? Date(),
                            until: try until.map { try ExchangeOptions.instant($0, "--until", in: zone) },
                            note: note
                        )
                    )
                    print("\(number): recorded")
                }
            }
        }
    }

    /// The command `hub311 exchange termination list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the termination numbers with their times.")

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let all = try await Workbench.use(deployment) {
                try await KeepTelephoneNumbers(try await $0.surroundings()).terminations()
            }
            if json {
                print(try JSONText.of(all))
                return
            }
            for entry in all {
                let target =
                    switch entry.target {
                    case .exchange(let name): "exchange \(name)"
                    case .tenant(let id): "tenant \(id)"
                    }
                let until = entry.until.map { " until \($0.formatted(.iso8601))" } ?? ""
                print("\(entry.number)\t\(target)\tfrom \(entry.from.formatted(.iso8601))\(until)\t\(entry.note)")
            }
        }
    }
}

/// `hub311 exchange legacy …`: numbers of before 311, and the calls that still reach them.
struct ExchangeLegacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "legacy",
        abstract: "Keep the old numbers of bodies and see what still reaches them.",
        subcommands: [Add.self, Retire.self, List.self]
    )
}

extension ExchangeLegacyCommand {
    /// The command `hub311 exchange legacy add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Record an old number.")

        @Argument(help: "The number, ten digits in any usual spelling.") var number: String
        @Option(help: "Whose it is: a tenant, or the body of a municipality outside.") var jurisdiction: String
        @Option(help: "The exchange whose calls it takes while consent lacks.") var exchange: String?
        @Option(help: "Day on which it is to be given up.") var retires: String?
        @Option(help: "A note.") var note = ""
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let entry = LegacyNumber(
                number: try ExchangeOptions.number(number, "number"),
                jurisdiction: try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self),
                exchange: try exchange.map { try Checked.value($0, "--exchange", ExchangeName.self) },
                retiresOn: try retires.map { try ExchangeOptions.day($0, "--retires") },
                note: note
            )
            try await withRegisterFaults {
                try await Workbench.use(deployment) {
                    try await KeepTelephoneNumbers(try await $0.surroundings()).add(entry)
                }
            }
            print("\(entry.number): recorded")
        }
    }

    /// The command `hub311 exchange legacy retire`.
    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set the day on which an old number is given up.")

        @Argument(help: "The number.") var number: String
        @Option(help: "The day.") var on: String
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let number = try ExchangeOptions.number(number, "number")
            let day = try ExchangeOptions.day(on, "--on")
            try await withRegisterFaults {
                try await Workbench.use(deployment) {
                    try await KeepTelephoneNumbers(try await $0.surroundings()).retire(number, on: day)
                }
            }
            print("\(number): given up on \(day)")
        }
    }

    /// The command `hub311 exchange legacy list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the old numbers with the calls that still reach them."
        )

        @Option(help: "Only this body's.") var jurisdiction: String?
        @Option(help: "Days back to count calls of.") var days = 30
        @Flag(help: "Print JSON, with the calls of each day.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        private struct Line: Encodable {
            let number: LegacyNumber
            let calls: Int
            let traffic: [LegacyTraffic]
        }

        func run() async throws {
            let body = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            let lines = try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                let today = CalendarDay(Date(), in: surroundings.numbering.plan.timeZone)
                return try await KeepTelephoneNumbers(surroundings).legacy(of: body, since: today.adding(days: -days))
                    .map { Line(number: $0.number, calls: $0.traffic.reduce(0) { $0 + $1.calls }, traffic: $0.traffic) }
            }
            if json {
                print(try JSONText.of(lines))
                return
            }
            for line in lines {
                let entry = line.number
                print(
                    "\(entry.number)\t\(entry.jurisdiction)\t\(entry.exchange?.rawValue ?? "-")\t"
                        + (entry.retiresOn.map { "given up on \($0)" } ?? "no day set")
                        + "\t\(line.calls) calls in \(days) days\t\(entry.note)"
                )
            }
        }
    }
}
