import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 moderation …`: texts and photos that wait for a person before the public sees them.
struct ModerationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderation",
        abstract: "List what waits for a person, release it to the public, or keep it from it for good.",
        discussion: "Exit status 2 when the request is unknown or nothing of it waits.",
        subcommands: [List.self, Release.self, Reject.self]
    )

    struct Piece: ParsableArguments {
        @OptionGroup var target: RequestCommand.Target
        @Option(help: "Jurisdiction that decides. (default: the one the reference names)") var jurisdiction: String?
        @Option(help: "description, address or photo:N. (default: all that wait)") var piece: String?
        @Option(help: "Id of the message it is a piece of. (default: the request itself)") var update: String?
        @Option(help: "Why, for the record; not public.") var note: String?

        func decide(_ decision: DecidePublication.Decision) async throws {
            var subject = DecidePublication.Subject(updateID: update)
            if let piece {
                guard let known = Withheld.Piece(piece) else {
                    throw ValidationError("--piece is description, address or photo:N with N from 0; not \(piece)")
                }
                subject.piece = known
            }
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let decided = try await DecidePublication(surroundings)(
                    decision,
                    subject,
                    of: reference,
                    at: tenant,
                    by: "staff:cli",
                    note: note
                )
                for item in decided {
                    print("\(reference)\t\(item.updateID ?? "-")\t\(item.piece)\t\(item.state.rawValue)")
                }
            }
        }
    }
}

extension ModerationCommand {
    /// The command `hub311 moderation list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What waits, the longest waiting first: since when, request, message, piece, reasons, content."
        )

        @Option(help: "Only of this jurisdiction. (default: all)") var jurisdiction: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                for entry in surroundings.directory.entries where only == nil || entry.id == only {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    for waiting in try await ListModeration(surroundings)(of: tenant) {
                        let item = waiting.item
                        let content = waiting.content.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(
                            200
                        )
                        print(
                            "\(item.enteredAt.formatted(.iso8601))\t\(item.reference)\t\(item.updateID ?? "-")\t\(item.piece)\t"
                                + "\(item.reasons.joined(separator: ","))\t\(content)"
                        )
                    }
                }
            }
        }
    }

    /// The command `hub311 moderation release`.
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let the public see what waits of a request.")

        @OptionGroup var piece: Piece

        func run() async throws { try await piece.decide(.release) }
    }

    /// The command `hub311 moderation reject`.
    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a piece of a request from the public for good; staff still read it."
        )

        @OptionGroup var piece: Piece

        func run() async throws { try await piece.decide(.reject) }
    }
}
