import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// The command `hub311 message notice`.
struct MessageNotice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Publish a notice of planned work and tell everybody who asked for notices there.",
        discussion: "Prints how many people are told. Exit status 2 when a value is wrong or the tenant is unknown."
    )

    @Option(help: "Jurisdiction id of the tenant.") var tenant: String
    @Option(help: "Title in English.") var titleEn: String
    @Option(help: "Title in French.") var titleFr: String
    @Option(help: "Text in English.") var textEn: String
    @Option(help: "Text in French.") var textFr: String
    @Option(help: "Street, as often as needed.") var street: [String] = []
    @Flag(help: "Tell those too who asked for notices of the whole tenant.") var everywhere = false
    @Option(help: "First day, such as 2026-07-06.") var from: String
    @Option(help: "Last day. (default: the first)") var until: String?
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let id = try Checked.value(tenant, "tenant", JurisdictionID.self)
        let first = try day(from, "--from")
        let last = try until.map { try day($0, "--until") } ?? first
        guard last >= first else { throw ValidationError("--until is before --from") }
        let streets = street.map { RoadNameKey($0).text }.filter { !$0.isEmpty }
        guard everywhere || !streets.isEmpty else { throw ValidationError("name a --street, or say --everywhere") }
        let told = try await Workbench.use(deployment) { bench -> Int? in
            let surroundings = try await bench.surroundings()
            guard let found = try await surroundings.directory.tenant(id) else { return nil }
            let notice = WorkNotice(
                title: LocalizedText(english: titleEn, french: titleFr),
                words: LocalizedText(english: textEn, french: textFr),
                // Whoever asked for the whole tenant hears of each street, too.
                areas: [id.rawValue],
                streets: streets,
                startsOn: first,
                endsOn: last,
                publishedAt: Date(),
                publishedBy: "cli"
            )
            return try await PublishWorkNotice(surroundings)(notice, at: found)
        }
        guard let told else {
            Progress.say("no tenant \(id) is in force")
            throw ExitCode.faults
        }
        print("published; \(told) people are told")
    }

    private func day(_ text: String, _ name: String) throws -> CalendarDay {
        do {
            return try CalendarDay(text)
        } catch {
            throw ValidationError("\(name): \(error)")
        }
    }
}

/// The command `hub311 message program`.
struct MessageProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program",
        abstract: "Tell a program of all public news of a tenant, by signed POST; without --url list the programs.",
        discussion: "Prints the secret the messages are signed with, once."
    )

    @Option(help: "Jurisdiction id of the tenant.") var tenant: String
    @Option(help: "Address of the program, https.") var url: String?
    @Option(help: "Id of a program that is told no more.") var stop: String?
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let id = try Checked.value(tenant, "tenant", JurisdictionID.self)
        if let url, !url.hasPrefix("https://") { throw ValidationError("--url begins with https://") }
        let ended = try stop.map { text in
            guard let program = UUID(uuidString: text) else {
                throw ValidationError("--stop is a UUID as the list shows it")
            }
            return program
        }
        let lines = try await Workbench.use(deployment) { bench -> [String]? in
            let surroundings = try await bench.surroundings()
            guard let found = try await surroundings.directory.tenant(id) else { return nil }
            let programs = NamePrograms(surroundings)
            if let url {
                let (program, secret) = try await programs.add(url, at: found)
                return ["\(program.uuidString.lowercased())\t\(url)", "secret\t\(secret)"]
            }
            if let ended {
                return [try await programs.stop(ended, at: found) ? "\(ended): ended" : "\(ended): unknown"]
            }
            return try await programs.list(at: found).map {
                "\($0.id.uuidString.lowercased())\t\($0.state.rawValue)\t\($0.address ?? "")"
            }
        }
        guard let lines else {
            Progress.say("no tenant \(id) is in force")
            throw ExitCode.faults
        }
        for line in lines { print(line) }
    }
}
