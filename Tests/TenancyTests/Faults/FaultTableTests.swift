import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("Every fault of a tenant's files has its file, its line and what would be right")
struct FaultTableTests {
    @Test("a hub with one town and no region is a legal install")
    func singleTown() throws {
        let folder = try SmallRegion().load()
        #expect(folder.faults == [])
        #expect(folder.configurations.map(\.tenant.id.rawValue) == ["hub-311", "oakton"])
    }

    @Test("in a template", arguments: SpoiledTemplates.rows)
    func templates(spoiled: Spoiled) throws {
        try spoiled.check()
    }

    @Test("in tenant.yml", arguments: SpoiledTenants.rows)
    func tenants(spoiled: Spoiled) throws {
        try spoiled.check()
    }

    @Test("in services.yml", arguments: SpoiledServices.rows)
    func services(spoiled: Spoiled) throws {
        try spoiled.check()
    }

    @Test("in the work of a type", arguments: SpoiledWork.rows)
    func work(_ spoiled: Spoiled) throws {
        try spoiled.check()
    }

    @Test("in calendar.yml", arguments: SpoiledCalendars.rows)
    func calendars(spoiled: Spoiled) throws {
        try spoiled.check()
    }

    @Test("all files' faults come at once, by file and line")
    func allAtOnce() throws {
        var region = SmallRegion()
        region.replace("kind: number", with: "kind: nubmer", in: "templates/tiny.yml")
        region.replace("friday:", with: "firday:", in: "oakton/calendar.yml")
        region.replace("call_number", with: "call_numer", in: "hub-311/tenant.yml")
        region.files["oakton/servces.yml"] = "x: 1\n"
        region.files["Oakton-West/tenant.yml"] = ""
        let found = try region.faults().sorted()
        #expect(
            found
                == [
                    "Oakton-West: \"Oakton-West\" cannot be a tenant's folder; must be 2 to 40 of a-z, 0-9 and hyphen, a letter "
                        + "first; not public, hub, information-schema or pg-…",
                    "Oakton-West/calendar.yml: the file is missing",
                    "Oakton-West/services.yml: the file is missing",
                    "Oakton-West/tenant.yml: is empty",
                    "hub-311/tenant.yml:1:1: the key \"call_number\" is missing",
                    "hub-311/tenant.yml:14:1: unknown key \"call_numer\"; did you mean call_number?",
                    "oakton/calendar.yml:3:3: unknown key \"firday\"; did you mean friday?",
                    "oakton/servces.yml: is no file of a tenant; did you mean services.yml?",
                    "templates/tiny.yml:23:15: \"nubmer\" is no kind of question; did you mean number?",
                ].sorted()
        )
    }

    @Test(
        "a name that means something to PostgreSQL or to addresses is refused",
        arguments: [
            "public", "hub", "pg-temp", "Oakton", "oak'ton", "été", "x", String(repeating: "a", count: 64),
        ]
    )
    func reservedNames(name: String) throws {
        var region = SmallRegion()
        for file in ["tenant", "services", "calendar"] {
            region.files["\(name)/\(file).yml"] = region.files["oakton/\(file).yml"]
            region.files["oakton/\(file).yml"] = nil
        }
        region.replace("jurisdiction_id: oakton", with: "jurisdiction_id: \"\(name)\"", in: "\(name)/tenant.yml")
        let folder = try region.load()
        #expect(folder.faults.contains { $0.message.contains("cannot be a tenant's folder") })
        #expect(!folder.configurations.contains { $0.tenant.id.rawValue == name })
    }

    @Test("a part nobody agreed on is named, with the one that was meant")
    func unknownPart() throws {
        var region = SmallRegion()
        region.files["agreement/taxonomy.yml"] = "parts:\n  - { part: road.signs }\n  - { part: corp.other }\n"
        let found = try region.faults()
        #expect(
            found == [
                "templates/tiny.yml:11:19: the service part road.sign is not in the agreement's taxonomy "
                    + "(agreement/taxonomy.yml); did you mean road.signs?"
            ]
        )
    }

    @Test("a folder without a hub says so")
    func noHub() throws {
        var region = SmallRegion()
        region.replace("tier: hub", with: "tier: upper", in: "hub-311/tenant.yml")
        #expect(try region.faults() == [": no tenant has tier: hub; one folder describes the agency that runs the hub"])
    }

    @Test("a hub that lists a variant of a public type is told to leave it out")
    func variantInHub() throws {
        var region = SmallRegion()
        region.files["templates/region.yml"] = SmallRegion.template
            .replacing("template: tiny", with: "template: region").replacing("RD-SIGN", with: "RR-SIGN")
            .replacing("group: roads\n    keywords", with: "public_type: RD-SIGN\n    group: roads\n    keywords")
            .replacing("CS-OTHER", with: "RG-OTHER").replacing("catch_all: true", with: "catch_all: false")
        region.files["hub-311/services.yml"] = """
            adopt:
              - { template: tiny, department: desk }
              - { template: region, department: desk }

            """
        #expect(
            try region.faults() == [
                "templates/region.yml:9:18: RR-SIGN stands for the public type RD-SIGN, so hub-311, whose catalogue is the list of "
                    + "public types, cannot offer it; leave it out there with \"except\""
            ]
        )
    }
}
