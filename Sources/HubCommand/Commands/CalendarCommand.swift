import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 calendar …`: the business calendar of a tenant.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Show when a tenant's working time runs.",
        subcommands: [Show.self]
    )

    /// The command `hub311 calendar show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a year: days off, short days, closures, and when the clocks change."
        )

        @OptionGroup var tenant: SLACommand.OneTenant
        @Option(help: "The year. (default: the one it is there)") var year: Int?
        @Option(help: "Language of the names: en or fr.") var language = "en"
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let tongue = Language(rawValue: language) else { throw ValidationError("--language is en or fr") }
            if let year, !(1900...2200).contains(year) { throw ValidationError("--year is 1900 to 2200, not \(year)") }
            try await tenant.work { surroundings, found in
                let year = self.year ?? found.day(of: surroundings.now()).year
                let shown = found.calendar.year(year)
                if json {
                    print(try JSONText.of(shown))
                    return
                }
                print(
                    "\(found.id) \(year), \(shown.timeZone), calendar \(shown.version), zone data \(TimeZone.dataVersion)"
                )
                for day in Weekday.allCases {
                    let hours = (found.calendar.weeklyHours[day] ?? []).map(\.description).joined(separator: ", ")
                    print("  \(day.rawValue): \(hours.isEmpty ? "closed" : hours)")
                }
                for day in shown.days {
                    let hours = day.hours.isEmpty ? "closed" : day.hours.map(\.description).joined(separator: ", ")
                    print("  \(day.day)  \(day.day.weekday.rawValue)  \(hours)  \(day.name[tongue])")
                }
                for change in shown.clockChanges {
                    print("  \(change.formatted(.iso8601))  the clocks change")
                }
            }
        }
    }
}
