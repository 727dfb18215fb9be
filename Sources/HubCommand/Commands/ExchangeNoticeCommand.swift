import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 exchange notice …`: carriers told to switch an exchange, and what came of it.
struct ExchangeNoticeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Keep the register of notices to carriers by exchange.",
        subcommands: [Add.self, List.self]
    )
}

extension ExchangeNoticeCommand {
    /// The command `hub311 exchange notice add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a notice, or what came of it: the same exchange, carrier and day complete the entry."
        )

        @Option(help: "The exchange, as the list spells it.") var exchange: String
        @Option(help: "The carrier.") var carrier: String
        @Option(help: "Day the notice was given.") var noticed: String
        @Option(help: "Day the carrier switched.") var activated: String?
        @Option(help: "When a call was tried: day or instant.") var tested: String?
        @Option(help: "What came of it: arrived, misrouted or failed.") var result: String?
        @Option(help: "What the carrier charges, in dollars, such as 2500 or 2500.00.") var fee: String?
        @Option(help: "A note.") var note = ""
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try Checked.value(exchange, "--exchange", ExchangeName.self)
            let outcome = try result.map { text in
                guard let outcome = CarrierNotice.TestResult(rawValue: text) else {
                    throw ValidationError("--result is arrived, misrouted or failed; not \(text)")
                }
                return outcome
            }
            guard !carrier.isEmpty else { throw ValidationError("--carrier names the carrier") }
            try await withRegisterFaults {
                try await Workbench.use(deployment) { bench in
                    let surroundings = try await bench.surroundings()
                    let zone = surroundings.numbering.plan.timeZone
                    let id = try await KeepCarrierNotices(surroundings).put(
                        CarrierNotice(
                            exchange: name,
                            carrier: carrier,
                            noticedOn: try ExchangeOptions.day(noticed, "--noticed"),
                            activatedOn: try activated.map { try ExchangeOptions.day($0, "--activated") },
                            testCalledAt: try tested.map { try ExchangeOptions.instant($0, "--tested", in: zone) },
                            testResult: outcome,
                            feeCents: try fee.map { try ExchangeOptions.cents($0, "--fee") },
                            note: note
                        )
                    )
                    print("notice \(id): \(carrier) for \(name)")
                }
            }
        }
    }

    /// The command `hub311 exchange notice list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the notices with the day six months after. Exit status 1 when --overdue finds one."
        )

        @Flag(help: "Only what is late: not switched in six months, not tested, test failed.") var overdue = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let all = try await Workbench.use(deployment) {
                try await KeepCarrierNotices(try await $0.surroundings()).list()
            }
            let shown = all.filter { !overdue || !$0.overdue.isEmpty }
            if json {
                print(try JSONText.of(shown))
            } else {
                for line in shown { print(Self.text(line)) }
            }
            if overdue, !shown.isEmpty { throw ExitCode(1) }
        }

        private static func text(_ line: KeepCarrierNotices.Standing) -> String {
            let notice = line.notice
            let fee = notice.feeCents.map { "\($0 / 100).\($0 % 100 < 10 ? "0" : "")\($0 % 100)" } ?? "-"
            let late = line.overdue.map(\.rawValue).joined(separator: ",")
            return [
                "\(notice.id)", notice.exchange.rawValue, notice.carrier, "noticed \(notice.noticedOn)",
                "due \(line.dueOn)", notice.activatedOn.map { "switched \($0)" } ?? "not switched",
                notice.testResult.map { "test \($0.rawValue)" } ?? "no test", "fee \(fee)",
                late.isEmpty ? "on time" : "OVERDUE \(late)",
            ].joined(separator: "\t")
        }
    }
}
