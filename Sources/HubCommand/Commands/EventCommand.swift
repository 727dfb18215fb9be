import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 event …`: storms, floods and other matters that hundreds report, joined to one request.
struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Declare an event that collects reports, join earlier ones to it, close it.",
        discussion:
            "Exit status 2 when the event is unknown or closed, or something said of it is wrong; each fault is named.",
        subcommands: [Declare.self, Attach.self, Close.self, List.self]
    )

    struct Owner: ParsableArguments {
        @Option(help: "Who declares it: a tenant for its own requests, the hub for everybody's.") var jurisdiction:
            String
        @OptionGroup var deployment: DeploymentOptions

        func work(_ body: (Surroundings, HostedTenant) async throws -> Void) async throws {
            let id = try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self)
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                guard let tenant = try await surroundings.directory.tenant(id) else {
                    throw ValidationError("--jurisdiction: \(id) is not served here")
                }
                do {
                    try await body(surroundings, tenant)
                } catch let fault as EventFault {
                    Progress.say("\(fault)")
                    throw ExitCode.faults
                } catch let fault as RequestLife.IllegalTransition {
                    Progress.say("\(fault)")
                    throw ExitCode.faults
                }
            }
        }
    }

    static func id(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("the id is a UUID as event list shows it") }
        return id
    }
}

extension EventCommand {
    /// The command `hub311 event declare`.
    struct Declare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Declare an event; new reports of its types in its area and time are joined to it from now on."
        )

        @OptionGroup var owner: Owner
        @Option(help: "A public type it collects, the main one first; may be repeated.") var service: [String] = []
        @Option(parsing: .unconditional, help: "Area: LAT,LONG,METRES. (default: everywhere)") var circle: String?
        @Option(parsing: .unconditional, help: "Area: LAT,LONG LAT,LONG LAT,LONG … in one argument.") var polygon:
            String?
        @Option(help: "First instant of reports it collects. (default: now)") var from: String?
        @Option(help: "Last instant. (default: until it is closed)") var until: String?
        @Option(help: "What the public reads, in English.") var bannerEn: String
        @Option(help: "What the public reads, in French.") var bannerFr: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let declaration = EventDeclaration(
                types: try service.map { try Checked.value($0, "--service", ServiceCode.self) },
                area: try area(),
                begins: try from.map { try Checked.instant($0, "--from") },
                ends: try until.map { try Checked.instant($0, "--until") },
                banner: LocalizedText(english: bannerEn, french: bannerFr)
            )
            try await owner.work { surroundings, tenant in
                let event = try await DeclareEvent(surroundings)(declaration, at: tenant, by: "staff:cli")
                print(json ? try JSONText.of(event) : "\(event.id)\t\(event.parent)")
            }
        }

        private func area() throws -> EventArea {
            switch (circle, polygon) {
            case (nil, nil): return .everywhere
            case (let circle?, nil):
                let pieces = circle.split(separator: ",").map(String.init)
                guard pieces.count == 3, let metres = Int(pieces[2]) else {
                    throw ValidationError("--circle is LAT,LONG,METRES such as 44.1,-79.2,2000")
                }
                return .circle(centre: try Self.point(pieces[0], pieces[1], "--circle"), metres: metres)
            case (nil, let polygon?):
                return .polygon(
                    try polygon.split(separator: " ").map { pair in
                        let pieces = pair.split(separator: ",").map(String.init)
                        guard pieces.count == 2 else { throw ValidationError("--polygon is LAT,LONG LAT,LONG …") }
                        return try Self.point(pieces[0], pieces[1], "--polygon")
                    }
                )
            default: throw ValidationError("give --circle or --polygon, not both")
            }
        }

        private static func point(_ latitude: String, _ longitude: String, _ option: String) throws -> Coordinate {
            do {
                return try Coordinate(latitudeText: latitude, longitudeText: longitude)
            } catch {
                throw ValidationError("\(option): \(error)")
            }
        }
    }

    /// The command `hub311 event attach`.
    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Join every open report that the event's types, area and time cover, however many there are."
        )

        @Argument(help: "Id of the event.") var id: String
        @OptionGroup var owner: Owner

        func run() async throws {
            let id = try EventCommand.id(id)
            try await owner.work { surroundings, tenant in
                let joined = try await AttachToEvent(surroundings)(id, at: tenant, by: "staff:cli")
                for (id, count) in joined.sorted(by: { $0.key < $1.key }) { print("\(id)\t\(count)") }
                if joined.isEmpty { print("nothing to join") }
            }
        }
    }

    /// The command `hub311 event close`.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an event; its request ends, and all that were joined to it end with it."
        )

        @Argument(help: "Id of the event.") var id: String
        @OptionGroup var owner: Owner
        @Option(help: "fixed, inspected_meets_standard or not_found.") var outcome = "fixed"
        @Option(help: "Words for the residents, in English.") var textEn: String?
        @Option(help: "Words for the residents, in French.") var textFr: String?

        func run() async throws {
            let id = try EventCommand.id(id)
            guard let outcome = Outcome(rawValue: outcome),
                [.fixed, .inspectedMeetsStandard, .notFound].contains(outcome)
            else { throw ValidationError("--outcome is fixed, inspected_meets_standard or not_found") }
            let text: LocalizedText? =
                switch (textEn, textFr) {
                case (nil, nil): nil
                case (let english?, let french?): LocalizedText(english: english, french: french)
                default: throw ValidationError("give --text-en and --text-fr, or neither")
                }
            try await owner.work { surroundings, tenant in
                let event = try await CloseEvent(surroundings)(
                    id,
                    outcome: outcome,
                    at: tenant,
                    by: "staff:cli",
                    text: text
                )
                print("\(event.parent): closed; what was joined ends through the outbox")
            }
        }
    }

    /// The command `hub311 event list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List events, the newest first, with how many reports were joined and are still open."
        )

        @Option(help: "Only of this jurisdiction.") var jurisdiction: String?
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let only = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                for one in try await ListEvents(try await bench.surroundings())(of: only) {
                    let event = one.stored.event
                    print(
                        "\(event.id)\t\(event.owner)\t\(event.parent)\t\(event.state.rawValue)\t\(one.joined) joined\t"
                            + "\(one.open) open\t\(one.followers) me too\t\(event.banner.english)"
                    )
                }
            }
        }
    }
}
