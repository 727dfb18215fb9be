import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 exchange import`: the numbering administrator's list becomes a new edition.
struct ExchangeImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import the numbering administrator's list as a new edition, and put it in force.",
        discussion: """
            Columns npa, nxx, status, exchange_area and, where there are, province, company, ocn, remarks, wireless; the \
            administrator's own names of them too; plain or gzip, UTF-8 or Latin-1. An edition replaces the one before as a whole \
            and is in force at once, unless a row could not be taken: then it is stored and not in force, and the exit status is 2.
            """
    )

    @Argument(help: "The list.") var file: String
    @Option(help: "The day the administrator dated it. (default: the day in the file's name, else today)")
    var date: String?
    @Option(name: .customLong("province"), help: "Take only this province, two letters; may be repeated.")
    var provinces: [String] = []
    @Option(
        name: .customLong("wireless"),
        help: "Word in a company's name that marks it as wireless; may be repeated. (default: a list of usual ones)"
    )
    var wireless: [String] = []
    @Option(help: "Instant from which it is in force. (default: now)") var at: String?
    @Flag(help: "Store it without putting it in force.") var hold = false
    @Flag(help: "Put it in force although rows are missing.") var acceptErrors = false
    @Option(help: "File for every row that could not be taken, as JSON.") var report: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    private struct Outcome: Encodable {
        let list: Int
        let date: CalendarDay
        let isInForce: Bool
        let report: ReadNumberingList.Report

        private enum CodingKeys: String, CodingKey {
            case list, date, report
            case isInForce = "in_force"
        }
    }

    func run() async throws {
        let read = try ReadNumberingList(
            path: file,
            provinces: Set(provinces.map { $0.uppercased() }),
            wireless: wireless.isEmpty ? ReadNumberingList.wirelessWords : wireless.map { $0.lowercased() }
        ) { Progress.tick("\(file): \($1 == 0 ? 100 : $0 * 100 / $1) %") }
        Progress.endTicks()
        let day = try date.map { try ExchangeOptions.day($0, "--date") }
        if let report { try JSONText.of(read.report).write(toFile: report, atomically: true, encoding: .utf8) }
        for row in read.report.badRows.prefix(20) { Progress.say("\(file): \(row)") }
        if read.report.badRows.count > 20 { Progress.say("… and \(read.report.badRows.count - 20) more") }
        guard !read.codes.isEmpty else {
            Progress.say("\(file) holds no code of an exchange; nothing was stored")
            throw ExitCode.faults
        }
        let isClean = read.report.badRows.isEmpty
        let outcome = try await Workbench.use(deployment) { bench in
            let surroundings = try await bench.surroundings()
            let zone = surroundings.numbering.plan.timeZone
            let now = Date()
            let date = day ?? Self.day(in: file) ?? CalendarDay(now, in: zone)
            let importing = ImportNumbering(databases: bench.databases)
            let list = try await importing(
                read.codes,
                date: date,
                source: URL(fileURLWithPath: file).lastPathComponent,
                passed: isClean || acceptErrors,
                now: now
            )
            let isActivated = (isClean || acceptErrors) && !hold
            if isActivated {
                let instant = try at.map { try ExchangeOptions.instant($0, "--at", in: zone) } ?? now
                try await importing.activate(list, at: instant, by: "cli", now: now)
            }
            return Outcome(list: list, date: date, isInForce: isActivated, report: read.report)
        }
        print(json ? try JSONText.of(outcome) : Self.line(outcome))
        if !isClean { throw ExitCode.faults }
    }

    private static func line(_ outcome: Outcome) -> String {
        let found = outcome.report
        return "list \(outcome.list) of \(outcome.date): \(found.codes) codes (\(found.inService) in service, "
            + "\(found.wireless) wireless), \(found.exchanges) exchanges, \(found.areaCodes) area codes, "
            + "\(found.badRows.count) rows not taken; " + (outcome.isInForce ? "in force" : "not in force")
    }

    /// A day written in the file's name.
    private static func day(in path: String) -> CalendarDay? {
        let name = Array(URL(fileURLWithPath: path).lastPathComponent)
        guard name.count >= 10 else { return nil }
        return (0...(name.count - 10)).lazy.compactMap { try? CalendarDay(String(name[$0..<($0 + 10)])) }.first
    }
}

/// `hub311 exchange activate`: puts an edition in force.
struct ExchangeActivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Put an edition of the list in force, now or at an instant; an older one can be put in force again."
    )

    @Argument(help: "Number of the edition.") var list: Int
    @Option(help: "Instant from which it answers. (default: now)") var at: String?
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        try await withRegisterFaults {
            try await Workbench.use(deployment) { bench in
                let zone = try await bench.surroundings().numbering.plan.timeZone
                let instant = try at.map { try ExchangeOptions.instant($0, "--at", in: zone) } ?? Date()
                try await ImportNumbering(databases: bench.databases)
                    .activate(list, at: instant, by: "cli", now: Date())
                print("list \(list) answers from \(instant.formatted(.iso8601))")
            }
        }
    }
}

/// `hub311 exchange status`: the editions.
struct ExchangeStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "List the editions of the numbering list, newest first."
    )

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var deployment: DeploymentOptions

    func run() async throws {
        let (all, current) = try await Workbench.use(deployment) {
            try await ImportNumbering(databases: $0.databases).status(at: Date())
        }
        if json {
            print(try JSONText.of(all))
            return
        }
        for stored in all {
            let mark = stored.list.id == current ? "in force" : stored.passed ? "stored" : "refused"
            print("\(stored.list.id)\t\(mark)\t\(stored.list.date)\t\(stored.list.codes) codes\t\(stored.source)")
        }
    }
}
