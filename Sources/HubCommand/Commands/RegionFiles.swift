import ArgumentParser
import Domain
import Foundation
import Routing
import Tenancy

/// Everything a region's folder says, read and held against itself.
struct RegionFiles {
    let tenants: [TenantConfiguration]
    let agreement: [RuleSet]
    /// Where calls are answered; nil without a file that says so.
    let telephone: TelephoneSettings?
    /// Everything wrong: faults by file and line, then what the agreement leaves open.
    let faults: [String]

    /// Reads a folder.
    ///
    /// - Parameter today: First day of the year that the agreement must cover without a gap.
    init(_ folder: String, today: Date = Date()) {
        let read = RegionFolder.load(folder)
        tenants = read.tenants
        agreement = read.agreement
        telephone = read.telephone
        var faults = read.faults.map(\.description)
        // An agreement is only held against the region when both can be read: one slip would show as a hundred gaps.
        if faults.isEmpty, let zone = tenants.first?.calendar.timeZone {
            let check = CompletenessCheck(self.agreement, jurisdictions: tenants.map { RoutingBody($0.tenant) })
            faults = check.findings(today: CalendarDay(today, in: zone)).map { "\(folder)/agreement: \($0)" }
        }
        self.faults = faults
    }

    private static func folders(in folder: String) -> Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    }

    /// The same when there is no fault.
    ///
    /// - Throws: exit status 2 after every fault was printed.
    func checked() throws -> RegionFiles {
        guard faults.isEmpty else {
            for fault in faults { Progress.say(fault) }
            Progress.say("\(faults.count) faults; nothing was applied")
            throw ExitCode.faults
        }
        return self
    }
}
