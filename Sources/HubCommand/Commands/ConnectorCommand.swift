import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 connector …`: departments' own systems, how they are doing, and what they were given against what they have.
struct ConnectorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connector",
        abstract: "List, try, feed and reconcile the systems that forwarding.yml names.",
        discussion: """
            Exit status 2 when a test fails, a file has faults or books differ; each fault is printed. What waits, was given up or is in \
            doubt: hub311 outbox.
            """,
        subcommands: [List.self, Test.self, Import.self, Reconcile.self]
    )

    /// One connector, named on the command line.
    struct Named: ParsableArguments {
        @Argument(help: "Jurisdiction whose connector it is.") var jurisdiction: String
        @Argument(help: "Code of the connector in forwarding.yml.") var connector: String
        @OptionGroup var deployment: DeploymentOptions

        func use(
            _ body: (Workbench, Surroundings, HostedTenant, ForwardingTarget) async throws -> Void
        ) async throws {
            let id = try Checked.value(jurisdiction, "jurisdiction", JurisdictionID.self)
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                guard let tenant = try await surroundings.directory.tenant(id) else {
                    throw ValidationError("\(id) is not served here")
                }
                let targets = tenant.configuration.forwarding
                guard let target = targets.first(where: { $0.code == connector }) else {
                    let known = targets.map(\.code).joined(separator: ", ")
                    throw ValidationError(
                        "\(id) has no connector \(connector); \(known.isEmpty ? "it has none" : "it has \(known)")"
                    )
                }
                try await body(bench, surroundings, tenant, target)
            }
        }
    }
}

extension ConnectorCommand {
    /// The command `hub311 connector list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every connector with its condition and what waits for it."
        )

        @Argument(help: "Jurisdiction; all when left out.") var jurisdiction: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "jurisdiction", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                var lines: [DescribeConnectors.Line] = []
                for entry in surroundings.directory.entries where only == nil || entry.id == only {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    lines += try await DescribeConnectors(surroundings)(tenant)
                }
                guard !json else { return print(try JSONText.of(lines)) }
                for line in lines {
                    let waiting = line.waiting.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                    let parts = [
                        line.tenant.rawValue, line.code, line.kind.rawValue, line.place, line.condition,
                        waiting.isEmpty ? "nothing waits" : waiting.joined(separator: ", "),
                        line.reconciled.map { "\($0): \(line.differences ?? 0) differences" } ?? "not reconciled yet",
                    ]
                    print(parts.joined(separator: "\t"))
                }
            }
        }
    }

    /// The command `hub311 connector test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try a connector: secrets, folder, and whether the other side answers.",
            discussion:
                "Nothing of a resident's is sent. With --send a webhook gets a signed ping and a mailbox a test letter."
        )

        @OptionGroup var named: Named
        @Flag(help: "Send a test call or letter.") var send = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await named.use { bench, surroundings, tenant, target in
                let findings = await CheckConnector(surroundings, outside: bench.outside)(
                    target,
                    of: tenant,
                    sends: send
                )
                if json {
                    print(try JSONText.of(findings))
                } else {
                    for finding in findings {
                        print("\(finding.isWell ? "ok" : "FAULT")\t\(finding.what)\t\(finding.found)")
                    }
                }
                guard findings.allSatisfy(\.isWell) else { throw ExitCode.faults }
            }
        }
    }

    /// The command `hub311 connector import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a CSV file of finished work, or letters from an mbox file (--mbox).",
            discussion: "The same rows again have no effect. Rows with faults are printed; the others are carried out."
        )

        @OptionGroup var named: Named
        @Argument(help: "The file.") var file: String
        @Flag(help: "The file is an mbox with letters.") var mbox = false

        func run() async throws {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw ValidationError("\(file) cannot be read")
            }
            try await named.use { _, surroundings, tenant, target in
                var counts: [String: Int] = [:]
                var faults: [String] = []
                if mbox {
                    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
                    for (number, letter) in LettersOfMbox.letters(bytes).enumerated() {
                        let answer = try await ReceiveLetter(surroundings, tenant: tenant, target: target)(letter)
                        counts[answer.result.rawValue, default: 0] += 1
                        if answer.result == .refused {
                            faults.append("letter \(number + 1): \(answer.notes.joined(separator: "; "))")
                        }
                    }
                } else {
                    let report = try await ImportFinishedWork(surroundings, tenant: tenant, target: target)(path: file)
                    (counts, faults) = (report.counts, report.faults)
                }
                for fault in faults { Progress.say(fault) }
                let summary = counts.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)" }
                print(summary.isEmpty ? "nothing" : summary.joined(separator: "\n"))
                guard faults.isEmpty else { throw ExitCode.faults }
            }
        }
    }

    /// The command `hub311 connector reconcile`.
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare what connectors were given on a day with what they have: counts and ids, both ways.",
            discussion: "Every tenant's every connector unless named. Exit status 2 when something differs."
        )

        @Argument(help: "Jurisdiction; all when left out.") var jurisdiction: String?
        @Option(help: "Code of one connector.") var connector: String?
        @Option(help: "Local day, such as 2026-03-01. (default: yesterday)") var day: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "jurisdiction", JurisdictionID.self) }
            let given = try day.map { text -> CalendarDay in
                guard let day = try? CalendarDay(text) else {
                    throw ValidationError("--day: a day such as 2026-03-01, not \(text)")
                }
                return day
            }
            let reports = try await Workbench.use(deployment) { bench -> [Reconciliation] in
                let surroundings = try await bench.surroundings()
                let reconcile = ReconcileConnectors(surroundings, outside: bench.outside)
                var reports: [Reconciliation] = []
                for entry in surroundings.directory.entries where only == nil || entry.id == only {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    for target in tenant.configuration.forwarding
                    where connector.map({ $0 == target.code }) ?? target.isEnabled {
                        let of = given ?? tenant.day(of: Date()).adding(days: -1)
                        reports.append(try await reconcile(target, of: tenant, on: of))
                    }
                }
                return reports
            }
            if json { print(try JSONText.of(reports)) } else { reports.forEach(Self.say) }
            guard reports.allSatisfy(\.differences.isEmpty) else { throw ExitCode.faults }
        }

        private static func say(_ report: Reconciliation) {
            let there = report.there.map { "\($0) there" } ?? "asked: \(report.asked.rawValue)"
            print(
                "\(report.tenant)\t\(report.connector)\t\(report.day)\t\(report.given) given\t\(report.sent) sent\t\(there)\t"
                    + "\(report.heard) heard\t\(report.differences.count) differences"
            )
            for difference in report.differences {
                print(
                    "  \(difference.kind.rawValue)\t\(difference.reference ?? "-")\t\(difference.remoteID ?? "-")\t\(difference.detail)"
                )
            }
        }
    }
}
