import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 apikey …`: keys of other software.
struct APIKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apikey",
        abstract: "Create, list and revoke keys of other software.",
        subcommands: [Create.self, List.self, Revoke.self]
    )
}

extension APIKeyCommand {
    /// The command `hub311 apikey create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key. Its text is printed this once; only its hash is kept."
        )

        @Option(help: "What the key is for, so that a person knows it in a year.") var label: String
        @Option(
            name: .customLong("jurisdiction"),
            help: "Jurisdiction it may act for; may be repeated. (default: every one)"
        )
        var jurisdictions: [String] = []
        @Option(
            name: .customLong("right"),
            help: "submit, update or read; may be repeated. (default: submit and update)"
        )
        var rights: [String] = []
        @Option(help: "Day or instant from which it no longer works.") var expires: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let wanted = try rights.map { text in
                guard let right = APIRight(rawValue: text) else {
                    throw ValidationError(
                        "--right is one of \(APIRight.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)"
                    )
                }
                return right
            }
            let scope = try jurisdictions.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            let ends = try expires.map { try Checked.instant($0, "--expires") }
            let secret = try await Workbench.use(deployment) { bench in
                let known = try await bench.surroundings().directory.entries.map(\.id)
                for id in scope where !known.contains(id) {
                    throw ValidationError(
                        "--jurisdiction: \(id) is not served here; hub311 tenant list names those that are"
                    )
                }
                return try await ManageKeys(databases: bench.databases).create(
                    label: label,
                    jurisdictions: scope,
                    rights: wanted.isEmpty ? [.submit, .update] : Set(wanted),
                    expiresAt: ends,
                    by: "cli",
                    now: Date()
                )
            }
            print(secret.text)
        }
    }

    /// The command `hub311 apikey list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys, without their texts.")

        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let keys = try await Workbench.use(deployment) { try await ManageKeys(databases: $0.databases).list() }
            for key in keys {
                let scope =
                    key.jurisdictions.isEmpty
                    ? "every jurisdiction" : key.jurisdictions.map(\.rawValue).joined(separator: ",")
                let state = key.revokedAt.map { "revoked \($0.formatted(.iso8601))" } ?? "in use"
                let rights = key.rights.map(\.rawValue).sorted().joined(separator: ",")
                print([key.id, key.label, scope, rights, state].joined(separator: "\t"))
            }
        }
    }

    /// The command `hub311 apikey revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Revoke a key by its id; in force on every node within seconds. Exit status 2 when there is no such key."
        )

        @Argument(help: "The key's id, the part before its underscore.") var id: String
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let isRevoked = try await Workbench.use(deployment) { bench in
                try await ManageKeys(databases: bench.databases).revoke(id, by: "cli", now: Date())
            }
            guard isRevoked else {
                Progress.say("no key in use has the id \(id)")
                throw ExitCode.faults
            }
            print("\(id): revoked")
        }
    }
}
