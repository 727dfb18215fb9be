import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("The demonstration region's own files")
struct DemonstrationRegionTests {
    /// `tenants/` of this repository.
    static let folder = TenantFolder.load(
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../tenants").standardized
            .path
    )

    @Test("load without a fault")
    func noFaults() {
        #expect(Self.folder.faults.map(\.description) == [])
        #expect(Self.folder.configurations.map(\.tenant.code.rawValue) == ["MW", "BB", "CF", "DM", "EB", "FL", "MWR"])
    }
}

extension DemonstrationRegionTests {
    private func configuration(_ id: String) throws -> TenantConfiguration {
        try #require(Self.folder.configurations.first { $0.tenant.id.rawValue == id })
    }

    @Test(
        "all types of the fact tables are there: 73 of a town, 44 of a region and the region's catch-all, 25 to start with"
    )
    func templates() throws {
        let faults = FaultList()
        let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../tenants/templates").standardized.path
        let templates = TemplateReader(faults: faults).read(directory: directory, shownAs: "templates")
        #expect(faults.isEmpty)
        #expect(templates.mapValues(\.entries.count) == ["town-60": 73, "region-40": 45, "start-25": 25])
    }

    @Test("the hub's catalogue is the list of public types, and everybody's services stand for one of them")
    func publicTypes() throws {
        let hub = try configuration("maplewater-311").catalogue
        let types = Set(hub.services.map(\.code))
        #expect(hub.services.allSatisfy { $0.publicType == $0.code })
        #expect(types.count == 73 + 45 - 8)
        for other in Self.folder.configurations {
            for service in other.catalogue.services where service.code.tenantCode == nil {
                #expect(types.contains(service.publicType), "\(service.code) of \(other.tenant.id)")
            }
        }
    }

    @Test("a pothole is one public type, answered by a town's type or the Region's")
    func pothole() throws {
        let type = try ServiceCode("RD-POTH")
        let day = try CalendarDay("2026-11-20")
        #expect(
            try configuration("brindle-bay").catalogue.service(forPublicType: type, at: day)?.code.rawValue == "RD-POTH"
        )
        #expect(
            try configuration("maplewater").catalogue.service(forPublicType: type, at: day)?.code.rawValue == "RR-POTH"
        )
    }

    @Test("a dated change leaves the entry before it as it was")
    func datedChange() throws {
        let catalogue = try configuration("brindle-bay").catalogue
        let code = try ServiceCode("RD-POTH")
        let before = try #require(catalogue.service(code, at: try CalendarDay("2026-06-30")))
        let after = try #require(catalogue.service(code, at: try CalendarDay("2026-07-01")))
        #expect(before.sla.completeByRoadClass)
        #expect(before.validUntil?.description == "2026-06-30")
        #expect(after.sla.complete?.description == "4 business_days")
        #expect(after.validUntil == nil)
        #expect(after.questions == before.questions)
    }

    @Test("Brindle Bay holds what contracts A11 asks for")
    func openFixtures() throws {
        let services = try configuration("brindle-bay").catalogue.services
        let visible = services.filter { $0.visibility == .public }
        #expect(visible.contains { $0.kind == .realtime && $0.questions.isEmpty })
        let rich = try #require(visible.first { $0.code.rawValue == "BB:DOCK" })
        #expect(rich.kind == .realtime && rich.questions.filter(\.isRequired).count >= 2)
        #expect(
            Set(rich.questions.map(\.kind)).isSuperset(of: [
                .singleValueList, .multiValueList, .number, .datetime, .string, .text,
            ])
        )
        #expect(rich.questions.filter { $0.kind.hasValues }.allSatisfy { $0.values.count >= 2 })
        #expect(services.contains { $0.kind == .batch && $0.questions.isEmpty })
        #expect(services.contains { $0.kind == .blackbox && $0.questions.isEmpty })
        #expect(try configuration("brindle-bay").tenant.policies.batchTokenSeconds <= 15)
    }

    @Test(
        "only Cobbleford collects garbage itself; French comes first in Dunmore Mills; Fallow starts with what it needs"
    )
    func differences() throws {
        let code = try ServiceCode("WS-MISS")
        let collecting = Self.folder.configurations
            .filter { $0.tenant.tier == .lower && $0.catalogue.services.contains { $0.code == code } }
            .map(\.tenant.id.rawValue)
        #expect(collecting == ["cobbleford"])
        #expect(
            try configuration("cobbleford").catalogue.service(code, at: try CalendarDay("2026-11-20"))?.department
                == "waste"
        )
        #expect(try configuration("dunmore-mills").tenant.languages == [.french, .english])
        #expect(Set(try configuration("fallow").catalogue.services.map(\.code)).count == 24)
        #expect(try configuration("fallow").tenant.name.afterDe.french == "du Canton de Fallow")
    }

    @Test(
        "each calendar's days off are the published ones of 2026",
        arguments: [
            ("maplewater", "2026-04-06", false), ("maplewater", "2026-08-03", false),
            ("maplewater", "2026-12-28", false),
            ("maplewater", "2026-12-29", true), ("cobbleford", "2026-12-30", false), ("cobbleford", "2027-01-04", true),
            ("dunmore-mills", "2026-06-24", false), ("dunmore-mills", "2026-09-30", false),
            ("fallow", "2026-11-16", false),
            ("fallow", "2026-11-17", true), ("fallow", "2026-04-07", true), ("maplewater-311", "2026-11-22", true),
        ]
    )
    func daysOff(id: String, day: String, isOpen: Bool) throws {
        #expect(try configuration(id).calendar.hours(on: try CalendarDay(day)).isEmpty != isOpen)
    }

    @Test("every configuration survives its JSON, byte for byte")
    func json() throws {
        for configuration in Self.folder.configurations {
            let bytes = try configuration.canonicalJSON()
            let read = try TenantConfiguration(canonicalJSON: bytes)
            #expect(read == configuration)
            #expect(try read.canonicalJSON() == bytes)
        }
    }

    @Test("a licence plate and what a witness saw are for staff alone, in every catalogue")
    func witnesses() {
        var found = 0
        for configuration in Self.folder.configurations {
            for service in configuration.catalogue.services {
                for question in service.questions
                where question.code == "PLATE" || question.code == "SEEN" && question.kind == .boolean {
                    found += 1
                    #expect(question.isStaffOnly, "\(question.code) of \(service.code) of \(configuration.tenant.id)")
                }
            }
        }
        #expect(found > 10)
    }
}
