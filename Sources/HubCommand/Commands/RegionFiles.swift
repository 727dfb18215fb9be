import ArgumentParser
import Domain
import Foundation
import Routing
import Tenancy

/// Everything a region's folder says, read and held against itself.
struct RegionFiles {
    let tenants: [TenantConfiguration]
    let agreement: [RuleSet]
    /// Every fault of every file, by file and line.
    let faults: [FileFault]

    init(_ folder: String) {
        let read = TenantFolder.load(folder)
        let departments = Dictionary(
            read.configurations.map { ($0.tenant.id, Set($0.tenant.departments.map(\.code.rawValue))) },
            uniquingKeysWith: { first, _ in first }
        )
        let agreement = AgreementReading(folder: "\(folder)/agreement", tenants: departments)
        tenants = read.configurations
        self.agreement = agreement.ruleSets
        faults = (read.faults + agreement.faults).sorted()
    }

    /// The same when there is no fault.
    ///
    /// - Throws: exit status 2 after every fault was printed.
    func checked() throws -> RegionFiles {
        guard faults.isEmpty else {
            for fault in faults { Progress.say(fault.description) }
            Progress.say("\(faults.count) faults; nothing was applied")
            throw ExitCode.faults
        }
        return self
    }
}
