import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 sla weather …`: significant weather events declared and declared over.
struct WeatherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weather",
        abstract: "Declare a significant weather event, which suspends the clocks it may, and declare it over.",
        discussion: "What may be suspended, and for how long, stands in the tenant's deadlines.yml (weather_events).",
        subcommands: [Declare.self, End.self, List.self]
    )

    /// The command `hub311 sla weather declare`.
    struct Declare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Declare an event and stop the clocks it suspends.")

        @OptionGroup var tenant: SLACommand.OneTenant
        @Option(help: "What everybody may read, in English.") var text: String
        @Option(help: "The same in French.") var textFrench: String
        @Option(help: "Part of the municipality in words. (default: all of it)") var area: String?
        @Option(help: "Part of service it suspends, such as winter.*; may be repeated. (default: all that may be)")
        var part: [String] = []
        @Option(help: "When it begins; not in the past. (default: now)") var from: String?
        @Option(help: "When it is expected to be over. (default: the longest the tenant allows)") var until: String?

        func run() async throws {
            let parts = try part.map { try Checked.value($0, "--part", PartPattern.self) }
            let start = try from.map { try Checked.instant($0, "--from") }
            let end = try until.map { try Checked.instant($0, "--until") }
            try await tenant.work { surroundings, found in
                let (event, report) = try await DeclareWeather(surroundings)(
                    LocalizedText(english: text, french: textFrench),
                    area: area,
                    parts: parts,
                    from: start,
                    until: end,
                    at: found,
                    by: "staff:cli"
                )
                print(
                    "\(event.id): \(event.startsAt.formatted(.iso8601)) to \(event.endsAt.formatted(.iso8601)), "
                        + "\(report.suspended) requests suspended"
                )
            }
        }
    }

    /// The command `hub311 sla weather end`.
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Declare an event over and set the clocks going.")

        @OptionGroup var tenant: SLACommand.OneTenant
        @Argument(help: "Id of the event, as declare and list show it.") var id: String

        func run() async throws {
            guard let id = UUID(uuidString: id) else {
                throw ValidationError("the id is a UUID as hub311 sla weather list shows it")
            }
            try await tenant.work { surroundings, found in
                let report = try await DeclareWeather(surroundings).end(id, at: found, by: "staff:cli")
                print("\(id): over, \(report.resumed) requests run again")
            }
        }
    }

    /// The command `hub311 sla weather list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a tenant's events, the latest first.")

        @OptionGroup var tenant: SLACommand.OneTenant
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await tenant.work { surroundings, found in
                let events = try await DeclareWeather(surroundings).events(of: found)
                if json {
                    print(try JSONText.of(events))
                    return
                }
                for event in events {
                    print(
                        "\(event.id)\t\(event.startsAt.formatted(.iso8601))\t\(event.endsAt.formatted(.iso8601))\t"
                            + "\(event.parts.map(\.rawValue).joined(separator: " "))\t\(event.text.english)"
                    )
                }
            }
        }
    }
}
