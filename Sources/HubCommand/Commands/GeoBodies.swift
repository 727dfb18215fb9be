import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 geo bodies`: who answers for what at a place, layer by layer.
struct GeoBodies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bodies",
        abstract: "Name the body of every layer at a place, with its telephone and what it does.",
        discussion:
            "Exit status 1 when nothing covers the place, 2 when a value is wrong, 69 when no generation is in force."
    )

    @Option(parsing: .unconditional, help: "Latitude in degrees, WGS 84.") var lat: String
    @Option(parsing: .unconditional, help: "Longitude in degrees, WGS 84.") var long: String
    @Option(help: "Instant to ask about: 2026-03-01 (noon) or 2026-03-01T02:00:00-05:00. (default: now)") var at:
        String?
    @Option(help: "Language: en or fr.") var language = "en"
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        guard let tongue = Language(rawValue: language) else {
            throw ValidationError("--language is en or fr, not \(language)")
        }
        let place: Coordinate
        do {
            place = try Coordinate(latitudeText: lat, longitudeText: long)
        } catch {
            throw ValidationError("\(error)")
        }
        let instant = try at.map { try Checked.instant($0, "--at") }
        try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            guard surroundings.geography.generation != nil else {
                Progress.say("no generation is in force; hub311 geo import and hub311 geo activate bring one")
                throw ExitCode.unavailable
            }
            let bodies = try await BodiesAtPlace(surroundings)(place, at: instant)
            print(json ? try JSONText.of(bodies) : bodies.map { Self.text($0, tongue) }.joined(separator: "\n"))
            if bodies.isEmpty { throw ExitCode.failure }
        }
    }

    private static func text(_ body: BodyAtPlace, _ language: Language) -> String {
        let until = body.until.map { language == .english ? "until \($0)" : "jusqu’au \($0)" }
        let reach = [body.phone, body.hours?[language], body.url, until].compactMap(\.self).joined(separator: " · ")
        let head = [body.layer.rawValue, body.name?[language] ?? body.areaName, reach]
        return head.joined(separator: "\t") + (body.text.map { "\n\t\($0[language])" } ?? "")
    }
}
