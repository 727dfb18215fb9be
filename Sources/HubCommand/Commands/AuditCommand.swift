import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 audit …`: what was done, and whether the record of it still says so.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "List what was done, and verify that nothing of it was changed since.",
        subcommands: [Verify.self, List.self]
    )
}

extension AuditCommand {
    /// The command `hub311 audit verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow the chains of the hub and of each tenant; name the first broken row.",
            discussion: """
                Prints for each chain how many rows are sealed, how many wait, and the head to be kept elsewhere. Exit \
                status 2 when a row was changed, removed or slipped in, or a chain is not the one whose head was written down.
                """
        )

        @Option(help: "Only this tenant, or hub.") var jurisdiction: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        private struct Line: Encodable {
            let chain: String
            let sealed: Int64
            let waiting: Int
            let head: String
            let fault: String?
        }

        func run() async throws {
            let lines = try await Workbench.use(deployment) { bench in
                let verify = VerifyAudit(databases: bench.databases)
                let register = try await bench.surroundings().directory.entries
                let wanted = register.filter { jurisdiction == nil || $0.id.rawValue == jurisdiction }
                guard jurisdiction == nil || jurisdiction == "hub" || !wanted.isEmpty else {
                    throw ValidationError("--jurisdiction: hub or one that hub311 tenant list names")
                }
                var lines: [Line] = []
                if jurisdiction == nil || jurisdiction == "hub" { lines.append(line("hub", try await verify.hub())) }
                for entry in wanted where jurisdiction != "hub" {
                    lines.append(line(entry.id.rawValue, try await verify.tenant(entry.id, code: entry.code)))
                }
                return lines
            }
            if json {
                print(try JSONText.of(lines))
            } else {
                for line in lines {
                    let state = line.fault.map { "BROKEN: \($0)" } ?? "holds"
                    print(
                        "\(line.chain): \(line.sealed) rows sealed, \(line.waiting) wait, \(state); head \(line.head)"
                    )
                }
            }
            guard lines.allSatisfy({ $0.fault == nil }) else { throw ExitCode.faults }
        }

        private func line(_ name: String, _ report: AuditReport) -> Line {
            Line(
                chain: name,
                sealed: report.sealed,
                waiting: report.waiting,
                head: report.head,
                fault: report.fault.map(Self.words)
            )
        }

        private static func words(_ fault: AuditReport.Fault) -> String {
            switch fault {
            case .changed(let row, let position): "\(row) was changed after it was sealed as link \(position)"
            case .removed(let row, let position): "\(row), sealed as link \(position), is gone"
            case .chain(let position): "link \(position) does not follow from the one before it"
            case .slippedIn(let row): "\(row) stands among sealed rows and was never sealed"
            case .anchor(let position): "the chain is not the one whose head was written down at link \(position)"
            }
        }
    }

    /// The command `hub311 audit list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the latest entries: of the hub's record, or with --own of a tenant's own."
        )

        @Option(help: "Only entries about this jurisdiction.") var jurisdiction: String?
        @Flag(help: "The tenant's own record (reads across bodies, look-ups) in place of the hub's.") var own = false
        @Option(help: "How many.") var limit = 50
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let id = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit is 1 to 10000") }
            let entries = try await Workbench.use(deployment) { bench in
                let register = try await bench.surroundings().directory.entries
                let code = own ? register.first { $0.id == id }?.code : nil
                guard !own || code != nil else {
                    throw ValidationError("--own needs --jurisdiction with one that hub311 tenant list names")
                }
                let record = VerifyAudit(databases: bench.databases)
                return try await record.latest(of: code, jurisdiction: id, limit: limit)
            }
            for entry in entries {
                let details = entry.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    .joined(separator: " ")
                let columns = [
                    entry.happenedAt.formatted(.iso8601), entry.actor, entry.onBehalfOf.map { "for \($0)" } ?? "",
                    entry.action, entry.jurisdiction?.rawValue ?? "", entry.subject ?? "", entry.purpose ?? "",
                    entry.origin ?? "", details,
                ]
                print(columns.map(Self.oneLine).joined(separator: "\t"))
            }
        }

        /// Without anything that could be taken for another line or a command to the terminal.
        private static func oneLine(_ text: String) -> String {
            String(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "?" : Character($0) })
        }
    }
}
