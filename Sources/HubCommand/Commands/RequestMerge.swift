import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

extension RequestCommand {
    /// The command `hub311 request merge`.
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Join a request to another one of the same matter; it stays open and ends with that one."
        )

        @OptionGroup var target: Target
        @Option(help: "Reference of the request it repeats.") var into: String
        @Option(help: "Jurisdiction that leads it. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            let parent: RequestReference
            do {
                parent = try RequestReference(parsing: into)
            } catch {
                throw ValidationError("--into: \(error)")
            }
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let root = try await MergeRequests(surroundings)
                    .merge(reference, into: parent, at: tenant, by: "staff:cli")
                print("\(reference): ends with \(root)")
            }
        }
    }

    /// The command `hub311 request unmerge`.
    struct Unmerge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a request apart from the one it repeats; one that had ended with it is open again."
        )

        @OptionGroup var target: Target
        @Option(help: "Jurisdiction that leads it. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                try await MergeRequests(surroundings).unmerge(reference, at: tenant, by: "staff:cli")
                print("\(reference): stands for itself")
            }
        }
    }

    /// The command `hub311 request similar`.
    struct Similar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was reported near a request and may be the same matter.",
            discussion:
                "One line for each: reference, jurisdiction, metres, step, received. Of the jurisdiction itself every kind, of others public ones."
        )

        @OptionGroup var target: Target
        @Option(help: "Jurisdiction that asks. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                for similar in try await SimilarToRequest(surroundings)(reference, at: tenant).requests {
                    print(
                        "\(similar.reference)\t\(similar.holder)\t\(similar.metres)\t\(similar.step.rawValue)\t"
                            + similar.requestedAt.formatted(.iso8601)
                    )
                }
            }
        }
    }

    /// The command `hub311 request index`.
    struct Index: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Empty the index of places, by which duplicates are found across tenants, and fill it anew."
        )

        @Option(help: "Only of this jurisdiction. (default: all)") var jurisdiction: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                for entry in surroundings.directory.entries where only == nil || entry.id == only {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    let count = try await IndexPlaces(surroundings).rebuild(tenant)
                    print("\(entry.id)\t\(count)")
                }
            }
        }
    }
}
