import ArgumentParser
import Domain
import Foundation
import Hub
import Routing

/// `hub311 route …`: who is responsible, and why.
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route",
        abstract: "Explain who is responsible for a matter at a place; hold the agreement against the map.",
        subcommands: [Explain.self, RouteCheck.self]
    )
}

extension RouteCommand {
    /// The command `hub311 route explain`.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell the decision as a story, or with --json as the whole value.",
            discussion: "Exit status 2 when a value is wrong or the type is unknown."
        )

        @Option(parsing: .unconditional, help: "Latitude in degrees, WGS 84.") var lat: String?
        @Option(parsing: .unconditional, help: "Longitude in degrees, WGS 84.") var long: String?
        @Option(help: "An address in words, when there is no point.") var address: String?
        @Option(help: "Type of request: a public type such as RD-POTH.") var service: String?
        @Option(help: "Service part such as road.surface, instead of a type.") var part: String?
        @Option(help: "Instant to decide for: 2026-03-01 (noon) or 2026-03-01T02:00:00-05:00. (default: now)") var at:
            String?
        @Option(name: .customLong("answer"), help: "Answer to a question of the type: CODE=value; may be repeated.")
        var answers: [String] = []
        @Option(help: "Kind of property: home, shop, park, private.") var property: String?
        @Option(help: "Id of the road that is meant, or do_not_know.") var road: String?
        @Option(name: .customLong("road-name"), help: "What the person calls the road: an official or a spoken name.")
        var roadName: String?
        @Option(help: "Id or painted number of the asset that is meant, or do_not_know; alone it gives the place, too.")
        var asset: String?
        @Option(help: "Municipality that is meant, or do_not_know.") var municipality: String?
        @Option(help: "Jurisdiction whose types are meant. (default: the hub's public types)") var jurisdiction: String?
        @Option(help: "Language of the story: en or fr.") var language = "en"
        @Flag(help: "Print the decision as JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            guard let tongue = Language(rawValue: language) else {
                throw ValidationError("--language is en or fr, not \(language)")
            }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                var query = try RouteQuery(
                    place: place(),
                    service: service.map { try Checked.value($0, "--service", ServiceCode.self) },
                    part: part.map { try Checked.value($0, "--part", ServicePart.self) },
                    answers: answered(),
                    propertyType: property,
                    at: at.map { try Checked.instant($0, "--at") }
                )
                if let jurisdiction {
                    let id = try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self)
                    guard let tenant = try await surroundings.directory.tenant(id) else {
                        throw ValidationError(
                            "--jurisdiction: \(id) is not served here; hub311 tenant list names those that are"
                        )
                    }
                    query.tenant = tenant
                }
                do {
                    let answer = try await ExplainResponsibility(surroundings)(query)
                    let story = RouteStory(answer.decision, of: answer.query, table: surroundings.agreement.routing)
                    print(
                        json ? try RouteStory.json(answer.decision) : story.text(tongue),
                        terminator: json ? "\n" : ""
                    )
                } catch let unknown as UnknownService {
                    Progress.say("\(unknown)")
                    throw ExitCode.faults
                }
            }
        }

        private func place() throws -> PlaceInput {
            guard (lat == nil) == (long == nil) else {
                throw ValidationError("--lat and --long are given together")
            }
            var coordinate: Coordinate?
            if let lat, let long {
                do {
                    coordinate = try Coordinate(latitudeText: lat, longitudeText: long)
                } catch {
                    throw ValidationError("\(error)")
                }
            }
            return PlaceInput(
                coordinate: coordinate,
                address: address,
                chosenRoad: road,
                chosenMunicipality: municipality,
                chosenAsset: asset,
                roadName: roadName
            )
        }

        private func answered() throws -> Answers {
            var given = Answers()
            for answer in answers {
                let pieces = answer.split(separator: "=", maxSplits: 1).map(String.init)
                guard pieces.count == 2 else {
                    throw ValidationError("--answer is CODE=value, such as SIGN=stop; not \(answer)")
                }
                given[pieces[0]] += [pieces[1]]
            }
            return given
        }
    }
}
