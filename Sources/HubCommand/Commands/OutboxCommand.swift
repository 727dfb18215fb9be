import ArgumentParser
import DataFiles
import Domain
import Foundation
import Hub
import Storage

/// `hub311 outbox …`: what waits to be sent, what may have arrived, and another try for what was given up.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "List what waits, is uncertain or was given up; try again; say what became of it.",
        subcommands: [List.self, Show.self, Retry.self, Settle.self]
    )
}

extension OutboxCommand {
    /// The command `hub311 outbox list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Depth and age by tenant, target and state; then every row that was given up or may have arrived."
        )

        @Argument(help: "Jurisdiction; all when left out.") var jurisdiction: String?
        @Flag(help: "Print the rows as CSV, cells guarded against formulas.") var csv = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "jurisdiction", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                if csv {
                    print(
                        CSVCell.row(["jurisdiction", "state", "id", "target", "reference", "attempts", "fault"]),
                        terminator: ""
                    )
                }
                for entry in surroundings.directory.entries where only == nil || entry.id == only {
                    let (depths, rows) = try await bench.databases.withTenant(entry.code) { transaction in
                        let outbox = Outbox(transaction)
                        let dead = try await outbox.listed(.dead, limit: 1000)
                        return (try await outbox.depths(), dead + (try await outbox.listed(.uncertain, limit: 1000)))
                    }
                    for depth in depths where depth.state != .sent && !csv {
                        print(
                            "\(entry.id)\t\(depth.target)\t\(depth.state.rawValue)\t\(depth.count)\t"
                                + depth.oldest.formatted(.iso8601)
                        )
                    }
                    for row in rows {
                        let cells = [
                            entry.id.rawValue, Self.word(row), "\(row.id)", row.item.target, row.item.orderKey,
                            "\(row.attempts)", row.fault ?? "",
                        ]
                        print(csv ? CSVCell.row(cells) : cells.joined(separator: "\t") + "\n", terminator: "")
                    }
                }
            }
        }

        /// Given up in doubt is another thing than given up: a copy may be there.
        static func word(_ row: OutboxRow) -> String {
            row.state == .dead && row.isDoubtful ? "dead in doubt" : row.state.rawValue
        }
    }

    /// One row, named on the command line.
    struct Row: ParsableArguments {
        @Argument(help: "Jurisdiction whose row it is.") var jurisdiction: String
        @Argument(help: "Id of the row, as outbox list shows it.") var id: String
        @OptionGroup var deployment: DeploymentOptions

        func use<Value>(
            _ body: (Outbox, UUID) async throws -> Value
        ) async throws -> Value {
            guard let id = UUID(uuidString: id) else {
                throw ValidationError("the id is a UUID as outbox list shows it")
            }
            return try await OutboxCommand.inside(jurisdiction, deployment) { try await body($0, id) }
        }
    }

    /// Works on the outbox of a tenant.
    static func inside<Value>(
        _ jurisdiction: String,
        _ deployment: DeploymentOptions,
        _ body: (Outbox) async throws -> Value
    ) async throws -> Value {
        let tenant = try Checked.value(jurisdiction, "jurisdiction", JurisdictionID.self)
        return try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            guard let found = try await surroundings.directory.tenant(tenant) else {
                throw ValidationError("\(tenant) is not served here")
            }
            return try await bench.databases.withTenant(found.code) { try await body(Outbox($0)) }
        }
    }

    /// The command `hub311 outbox show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a row as it stands, without its content. Exit status 2 when there is none of that id."
        )

        @OptionGroup var row: Row

        func run() async throws {
            guard let found = try await row.use({ try await $0.read($1) }) else {
                Progress.say("no row of \(row.jurisdiction) has that id")
                throw ExitCode.faults
            }
            let facts = [
                ("state", List.word(found)), ("kind", found.item.kind), ("target", found.item.target),
                ("order", found.item.orderKey), ("delivery key", "\(found.item.deliveryKey)"),
                ("attempts", "\(found.attempts)"), ("written", found.item.createdAt.formatted(.iso8601)),
                ("due", found.item.dueAt.formatted(.iso8601)), ("given up", found.item.giveUpAt.formatted(.iso8601)),
                ("finished", found.finishedAt?.formatted(.iso8601) ?? ""), ("fault", found.fault ?? ""),
                ("answer", found.answer?.text ?? ""),
            ]
            for (name, value) in facts where !value.isEmpty { print("\(name)\t\(value)") }
        }
    }

    /// The command `hub311 outbox retry`.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put what was given up back in the queue: one row by its id, or all of a target with --target.",
            discussion: """
                Rows given up in doubt are asked about first where the target can be asked; with --target they are left where they are, and \
                hub311 outbox settle says of each whether it arrived. Exit status 2 when there is nothing to put back.
                """
        )

        @Argument(help: "Jurisdiction whose rows they are.") var jurisdiction: String
        @Argument(help: "Id of one row.") var id: String?
        @Option(help: "Target as outbox list shows it, such as department:works.") var target: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let count: Int
            switch (id.map { UUID(uuidString: $0) }, target) {
            case (nil, let target?):
                count = try await OutboxCommand.inside(jurisdiction, deployment) {
                    try await $0.retryAll(of: target, now: Date())
                }
            case (let id??, nil):
                count = try await OutboxCommand.inside(jurisdiction, deployment) {
                    try await $0.retry(id, now: Date()) ? 1 : 0
                }
            default: throw ValidationError("give the id of a row (a UUID as outbox list shows it) or --target")
            }
            guard count > 0 else {
                Progress.say("nothing of \(jurisdiction) by that name was given up")
                throw ExitCode.faults
            }
            print("\(count) due now")
        }
    }

    /// The command `hub311 outbox settle`.
    struct Settle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say of a row that may have arrived whether it did.",
            discussion:
                "--arrived ends it; --not-arrived sends it again at once, without asking. Exit status 2 when the row is in no doubt."
        )

        @OptionGroup var row: Row
        @Flag(help: "It is there.") var arrived = false
        @Flag(help: "It is not there.") var notArrived = false
        @Option(help: "Who found out, for the record.") var by: String

        func run() async throws {
            guard arrived != notArrived else { throw ValidationError("say --arrived or --not-arrived") }
            let isSettled = try await row.use { try await $0.settle($1, arrived: arrived, by: by, now: Date()) }
            guard isSettled else {
                Progress.say("no row of \(row.jurisdiction) with that id was given up or is uncertain")
                throw ExitCode.faults
            }
            print("\(row.id): \(arrived ? "sent" : "due now")")
        }
    }
}
