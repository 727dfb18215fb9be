import ArgumentParser
import Domain
import Foundation
import Hub
import Tenancy

/// `hub311 sla rehearse`: past requests under a draft of a tenant's service standards or calendar.
struct SLARehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Show how past requests would have stood under a draft; nothing is changed.",
        discussion: """
            Takes the region's files and puts the drafts given in the place of the tenant's own: a services.yml, a \
            calendar.yml, a deadlines.yml, or several. Without a draft the region's files themselves are rehearsed \
            against what happened. Exit status 2 when the draft has faults, each with file and line.
            """
    )

    @OptionGroup var tenant: SLACommand.OneTenant
    @Option(help: "Folder of the region's files.") var files = "tenants"
    @Option(help: "Draft of services.yml.") var services: String?
    @Option(help: "Draft of calendar.yml.") var calendar: String?
    @Option(help: "Draft of deadlines.yml.") var deadlines: String?
    @Option(help: "Months back from now, 1 to 120.") var months = 12
    @Option(help: "Day whose dated entries are taken as in force: 2027-01-01. (default: the last the draft names)")
    var on: String?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        guard (1...120).contains(months) else { throw ValidationError("--months is 1 to 120, not \(months)") }
        let day: CalendarDay?
        do {
            day = try on.map { try CalendarDay($0) }
        } catch {
            throw ValidationError("--on: \(error)")
        }
        let draft = try draft(of: try Checked.value(tenant.tenant, "--tenant", JurisdictionID.self))
        try await tenant.work { surroundings, found in
            let now = Date()
            let rehearsal = try await RehearseDeadlines(surroundings)(
                draft,
                of: found,
                asOf: day,
                from: Self.monthsBefore(now, months, in: found.calendar.timeZone),
                to: now
            ) { Progress.tick("\($0) requests") }
            Progress.endTicks()
            print(json ? try JSONText.of(rehearsal) : rehearsal.description)
        }
    }

    /// The same local time so many months before; the last day of a month that is too short.
    private static func monthsBefore(_ instant: Date, _ months: Int, in zone: TimeZone) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar.date(byAdding: .month, value: -months, to: instant) ?? instant
    }

    /// The tenant's files with the drafts in their place, read and checked as a whole.
    private func draft(of id: JurisdictionID) throws -> TenantConfiguration {
        let manager = FileManager.default
        let drafts = [("services.yml", services), ("calendar.yml", calendar), ("deadlines.yml", deadlines)]
        let folder = manager.temporaryDirectory.appendingPathComponent("hub311-draft-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: folder) }
        do {
            try manager.copyItem(at: URL(fileURLWithPath: files), to: folder)
            for case (let name, let path?) in drafts {
                let place = folder.appendingPathComponent("\(id)/\(name)")
                try? manager.removeItem(at: place)
                try manager.copyItem(at: URL(fileURLWithPath: path), to: place)
            }
        } catch {
            throw ValidationError("a file cannot be read: \(error.localizedDescription)")
        }
        let read = TenantFolder.load(folder.path)
        guard read.faults.isEmpty else {
            for fault in read.faults { Progress.say("\(fault)".replacingOccurrences(of: folder.path, with: files)) }
            Progress.say("\(read.faults.count) faults; nothing was rehearsed")
            throw ExitCode.faults
        }
        guard let draft = read.configurations.first(where: { $0.tenant.id == id }) else {
            throw ValidationError("--tenant: \(files) has no folder \(id)")
        }
        return draft
    }
}
