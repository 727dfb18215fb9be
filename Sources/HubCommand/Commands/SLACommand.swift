import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 sla …`: deadlines seen, swept, paused, re-based and rehearsed.
struct SLACommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sla",
        abstract: "Deadlines: what is due, the sweep, pauses, weather events, and drafts rehearsed.",
        discussion: "Exit status 2 when something is unknown or not possible; what is possible is named.",
        subcommands: [
            Due.self, Clocks.self, Sweep.self, Pause.self, Resume.self, Rebase.self, SLARehearse.self,
            WeatherCommand.self,
        ]
    )

    /// One tenant and the database.
    struct OneTenant: ParsableArguments {
        @Option(help: "Jurisdiction id of the tenant.") var tenant: String
        @OptionGroup var deployment: DeploymentOptions

        /// Works with the tenant; faults that name what would be right become exit status 2.
        func work(_ body: (Surroundings, HostedTenant) async throws -> Void) async throws {
            let id = try Checked.value(tenant, "--tenant", JurisdictionID.self)
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                guard let found = try await surroundings.directory.tenant(id) else {
                    throw ValidationError("--tenant: \(id) is not served here")
                }
                try await SLACommand.faultsNamed { try await body(surroundings, found) }
            }
        }
    }

    /// Runs something whose own faults end the program with exit status 2.
    static func faultsNamed(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let fault as any CustomStringConvertible & Error where isFault(fault) {
            Progress.say("\(fault)")
            throw ExitCode.faults
        }
    }

    private static func isFault(_ error: any Error) -> Bool {
        error is UnknownRequest || error is RequestLife.IllegalTransition || error is PauseRefused
            || error is RebaseClocks.Fault || error is WeatherEvent.Invalid || error is DeclareWeather.NoSuchEvent
    }
}

extension SLACommand {
    /// The command `hub311 sla due`.
    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List open requests of a tenant, the one due first first."
        )

        @OptionGroup var tenant: OneTenant
        @Option(help: "Only this department; may be repeated.") var department: [String] = []
        @Option(help: "Most lines, 1 to 500.") var limit = 50
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await tenant.work { surroundings, found in
                let list = ListDue(surroundings)
                let departments = department.isEmpty ? nil : department
                let lines = try await list(of: found, departments: departments, limit: limit)
                if json {
                    print(try JSONText.of(lines.map(Line.init)))
                    return
                }
                let counts = try await list.counts(of: found, departments: departments)
                print(
                    "\(counts.late) late, \(counts.soon) due today, \(counts.paused) paused, \(counts.onTime) in time"
                )
                for line in lines {
                    print(
                        "\(line.request.reference)\t\(line.request.priority.rawValue)\t\(line.request.serviceCode)\t"
                            + "\(line.request.department ?? "")\t\(line.due.formatted(.iso8601))\t\(line.deadline.word.english)"
                    )
                }
            }
        }

        private struct Line: Encodable {
            let service_request_id: String
            let service_code: String
            let priority: String
            let department: String?
            let due: Date
            let deadline: String
            let words: LocalizedText

            init(_ line: DueLine) {
                service_request_id = line.request.reference.rawValue
                service_code = line.request.serviceCode.rawValue
                priority = line.request.priority.rawValue
                department = line.request.department
                due = line.due
                deadline = line.deadline.name
                words = line.deadline.word
            }
        }
    }

    /// The command `hub311 sla clocks`.
    struct Clocks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a request's clocks with pauses, its alarms, and when each body received and opened it."
        )

        @OptionGroup var target: RequestCommand.Target
        @Option(help: "Jurisdiction whose clocks are shown. (default: the one the reference names)") var jurisdiction:
            String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let read = try await ReadClocks(surroundings)(reference, at: tenant)
                guard !read.clocks.isEmpty || !read.facts.isEmpty else { throw UnknownRequest() }
                for clock in read.clocks {
                    print(
                        "\(clock.kind.rawValue) \(clock.round): \(clock.clock.target) from "
                            + "\(clock.clock.startedAt.formatted(.iso8601)), due \(clock.due.formatted(.iso8601)), "
                            + (clock.clock.metAt.map { "met \($0.formatted(.iso8601))" } ?? "running")
                            + (clock.breachedAt == nil ? "" : ", ran out") + "  [\(clock.clock.slaVersion)]"
                    )
                    for pause in clock.clock.pauses {
                        print(
                            "  paused \(pause.from.formatted(.iso8601)) to "
                                + "\(pause.to?.formatted(.iso8601) ?? "now"): \(pause.reason.rawValue)"
                        )
                    }
                }
                for alarm in try await ListAlarms(surroundings).of(reference, at: tenant) {
                    let people = alarm.recipients.map(\.name).joined(separator: ", ")
                    print(
                        "alarm \(alarm.kind.rawValue) \(alarm.step) \(alarm.notedAt.formatted(.iso8601)) \(alarm.state.rawValue) \(people)"
                    )
                }
                for fact in read.facts {
                    print("\(fact.kind.rawValue) by \(fact.body): \(fact.at.formatted(.iso8601))")
                }
            }
        }
    }

    /// The command `hub311 sla sweep`.
    struct Sweep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look once for clocks that reached a step or ran out, as the service does every minute."
        )

        @Option(help: "Only this tenant. (default: every one)") var tenant: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let wanted = try tenant.map { try Checked.value($0, "--tenant", JurisdictionID.self) }
            try await Workbench.use(deployment) { bench in
                let surroundings = try await bench.surroundings()
                let ids = wanted.map { [$0] } ?? surroundings.directory.entries.map(\.id)
                var reports: [String: SweepDeadlines.Report] = [:]
                let began = ContinuousClock.now
                for id in ids {
                    guard let found = try await surroundings.directory.tenant(id) else {
                        throw ValidationError("--tenant: \(id) is not served here")
                    }
                    reports[id.rawValue] = try await SweepDeadlines(surroundings)(found)
                }
                let took = (ContinuousClock.now - began) / .milliseconds(1) / 1_000
                if json {
                    print(try JSONText.of(Swept(seconds: took, tenants: reports)))
                    return
                }
                for (id, report) in reports.sorted(by: { $0.key < $1.key }) {
                    print(
                        "\(id): \(report.clocks) clocks, \(report.alarms) alarms, \(report.messages) messages, "
                            + "\(report.pausesEnded) pauses ended, \(report.suspended) suspended, \(report.resumed) resumed, "
                            + "\(report.told) requesters told"
                    )
                }
            }
        }
    }

    /// What a sweep over some tenants did.
    private struct Swept: Encodable {
        let seconds: Double
        let tenants: [String: SweepDeadlines.Report]
    }

    /// The command `hub311 sla pause`.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop the clocks of a request for a reason the tenant knows; the reason is public."
        )

        @OptionGroup var target: RequestCommand.Target
        @Option(help: "waiting_for_requester, waiting_for_other_body, season, weather_event or before_court.")
        var reason: String
        @Option(help: "Words for the resident. (default: the tenant's for the reason)") var text: String?
        @Option(help: "Jurisdiction that pauses. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            guard let why = RequestLife.PauseReason(rawValue: reason) else {
                let known = RequestLife.PauseReason.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--reason is \(known); there is none for missing staff")
            }
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                try await SLACommand.faultsNamed {
                    try await PauseClocks(surroundings)(
                        reference,
                        why,
                        at: tenant,
                        by: "staff:cli",
                        text: text.map { LocalizedText(same: $0) }
                    )
                }
                print("\(reference): paused, \(why.rawValue)")
            }
        }
    }

    /// The command `hub311 sla resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set the clocks of a request going again.")

        @OptionGroup var target: RequestCommand.Target
        @Option(help: "Jurisdiction that resumes. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                var isBack = false
                try await SLACommand.faultsNamed {
                    isBack = try await PauseClocks(surroundings).resume(reference, at: tenant, by: "staff:cli")
                }
                print("\(reference): \(isBack ? "the clocks run again" : "the clocks were running")")
            }
        }
    }

    /// The command `hub311 sla rebase`.
    struct Rebase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the running clocks of a request on the standard in force now; an event with a reason.",
            discussion: "What has been met or has run out keeps what it was."
        )

        @OptionGroup var target: RequestCommand.Target
        @Option(help: "The reason in English; the requester reads it.") var reason: String
        @Option(help: "The reason in French. (default: as in English)") var reasonFrench: String?
        @Option(help: "Jurisdiction that re-bases. (default: the one the reference names)") var jurisdiction: String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                try await SLACommand.faultsNamed {
                    let changes = try await RebaseClocks(surroundings)(
                        reference,
                        reason: LocalizedText(english: reason, french: reasonFrench ?? reason),
                        at: tenant,
                        by: "staff:cli"
                    )
                    for change in changes {
                        print(
                            "\(reference): \(change.clock.rawValue) \(change.before.formatted(.iso8601)) → "
                                + change.after.formatted(.iso8601)
                        )
                    }
                }
            }
        }
    }
}
