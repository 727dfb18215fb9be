import ArgumentParser
import Domain
import Foundation
import Hub
import Storage
import Tenancy

/// `hub311 message …`: what people are told, looked at before it is sent; notices; answers; programs.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Preview messages, publish notices of planned work, count answers, name programs to be told.",
        subcommands: [Preview.self, MessageNotice.self, MessageSurvey.self, MessageProgram.self]
    )
}

extension MessageCommand {
    /// The command `hub311 message preview`.
    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one message of a tenant as its files would send it, with made-up facts.",
            discussion:
                "Reads the files only, so a draft can be looked at before it is applied. Exit status 2 when they have faults."
        )

        @Option(help: "Jurisdiction id of the tenant.") var tenant: String
        @Option(
            help: "The moment: received, reviewed, assigned, made_safe, late, rerouted, question, completed, reopened."
        )
        var event: String
        @Option(help: "Language of the person: en or fr.") var lang = "en"
        @Option(help: "Folder of the region's files.") var tenants = "tenants"
        @Flag(help: "Print the HTML of the mail instead of its text.") var html = false

        func run() async throws {
            guard let moment = TellingEvent(rawValue: event) else {
                let known = TellingEvent.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--event is one of \(known)")
            }
            guard let language = Language(rawValue: lang) else { throw ValidationError("--lang is en or fr") }
            let region = try RegionFiles(tenants).checked()
            guard let configuration = region.tenants.first(where: { $0.tenant.id.rawValue == tenant }) else {
                Progress.say("no tenant \(tenant) in \(tenants)")
                throw ExitCode.faults
            }
            let preview = PreviewMessage(configuration)
            let shown = preview(moment, language, at: Date())
            if html {
                print(shown.html)
            } else {
                print(
                    "From: \(shown.sender)\nSubject: \(shown.subject)\n\n\(shown.text)\n--- text message\n\(shown.sms)"
                )
            }
        }
    }
}

/// The command `hub311 message survey`.
struct MessageSurvey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey",
        abstract: "Count the answers to the questions after the end, by type."
    )

    @Option(help: "Jurisdiction id of the tenant.") var tenant: String
    @Option(help: "How many days back.") var days = 90
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    private struct Line: Encodable {
        let service: String
        let answers: Int
        let solved: Int
        let unsolved: Int
        let score: Double
    }

    func run() async throws {
        guard days > 0 else { throw ValidationError("--days is at least 1") }
        let id = try Checked.value(tenant, "tenant", JurisdictionID.self)
        let counts = try await Workbench.use(deployment) { bench -> [SurveyCount]? in
            let surroundings = try await bench.surroundings()
            guard let found = try await surroundings.directory.tenant(id) else { return nil }
            let now = Date()
            return try await AnswerSurvey(surroundings).counts(
                at: found,
                from: now.addingTimeInterval(-Double(days) * 86_400),
                to: now
            )
        }
        guard let counts else {
            Progress.say("no tenant \(id) is in force")
            throw ExitCode.faults
        }
        if json {
            let lines = counts.map {
                Line(
                    service: $0.service.rawValue,
                    answers: $0.answers,
                    solved: $0.solved,
                    unsolved: $0.unsolved,
                    score: $0.meanScore
                )
            }
            print(try JSONText.of(lines))
            return
        }
        for count in counts {
            print(
                "\(count.service)\t\(count.answers) answers\t\(count.solved) solved\t\(count.unsolved) not solved\t"
                    + "score \((count.meanScore * 10).rounded() / 10)"
            )
        }
        if counts.isEmpty { print("no answers in \(days) days") }
    }
}
