import Domain
import Foundation
import Geo
import Logging
import Routing
import Storage
import Tenancy
import TestSupport
import Testing

@testable import Hub

@Suite("A hub with one town and no region")
struct OneTownTests {
    /// The township alone, as a folder without hub, agreement or other tenants.
    ///
    /// - Parameter code: Roles belong to the whole server, so tests side by side need a code each.
    private func folder(code: String) throws -> URL {
        let files = FileManager.default
        let here = files.temporaryDirectory.appendingPathComponent("one-town-\(UUID().uuidString)")
        let tenants = DemonstrationRegion.repository.appendingPathComponent("tenants")
        try files.createDirectory(at: here, withIntermediateDirectories: true)
        for name in ["templates", "fallow"] {
            try files.copyItem(at: tenants.appendingPathComponent(name), to: here.appendingPathComponent(name))
        }
        let file = here.appendingPathComponent("fallow/tenant.yml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacingOccurrences(of: "tier: lower", with: "tier: single")
            .replacingOccurrences(of: "\ncode: FL\n", with: "\ncode: \(code)\n")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return here
    }

    private func withTown(boundaries: Bool, _ body: (DemonstrationRegion) async throws -> Void) async throws {
        let code = String((0..<4).map { _ in Character(UnicodeScalar(UInt8.random(in: 65...90))) })
        let folder = try folder(code: code)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = RegionFolder.load(folder.path)
        #expect(files.faults.isEmpty, "\(files.faults)")
        let check = CompletenessCheck(files.agreement, jurisdictions: files.tenants.map { RoutingBody($0.tenant) })
        #expect(check.findings(today: CalendarDay(FixedClock().now, in: files.tenants[0].calendar.timeZone)).isEmpty)
        try await withTenantSchemas(0) { test in
            let clock = FixedClock()
            let apply = ApplyTenants(administration: test.administration, databases: test.databases)
            for round in 0..<2 {
                var lines: [String] = []
                try await apply(files.tenants, agreement: files.agreement, by: "test", now: clock.now) {
                    lines.append($0.line)
                }
                #expect(lines.allSatisfy { $0.contains(round == 0 ? "created" : "unchanged") }, "\(lines)")
            }
            if boundaries {
                let path = DemonstrationRegion.repository.appendingPathComponent("geo/boundaries.geojson").path
                let areas = try await BoundaryImport().read(path: path).features.filter { $0.id.rawValue == "fallow" }
                let importing = ImportGeneration(databases: test.databases)
                let id = try await importing(
                    areas: areas,
                    roads: [],
                    note: "",
                    report: [""],
                    passed: true,
                    now: clock.now
                )
                try await importing.activate(id, at: clock.now, by: "test", now: clock.now)
            }
            let surroundings = try DemonstrationRegion.surroundings(test.databases, clock: clock, folder: folder)
            try await RefreshFromDatabase(surroundings).once()
            try await body(
                DemonstrationRegion(
                    surroundings: surroundings,
                    administration: test.administration,
                    settings: test.settings,
                    cluster: test.cluster,
                    clock: clock,
                    folder: folder
                )
            )
        }
    }

    @Test("It is its own front door: it takes what lies in its boundary, sends away what does not, and can be followed")
    func walk() async throws {
        try await withTown(boundaries: true) { region in
            let town = try await region.hub()
            #expect(town.id.rawValue == "fallow")
            #expect(town.isHub)
            #expect(await HubHealth(region.surroundings)().isReady)
            let inside = (44.37001, -79.12)
            let place = try Coordinate(latitude: inside.0, longitude: inside.1)
            let offered = OfferedServices(region.surroundings)(town, at: place)
            #expect(offered.count == town.catalogue.offered(on: town.day(of: region.clock.now)).count)
            let answers = try await region.required("RD-POTH")
            let receipt = try await region.take(try region.intake(at: inside, answers: answers, key: "k"))
            #expect(receipt.reference.code == (try await region.hub()).code)
            #expect(
                receipt.decision.residentText.english
                    == "This is the Township of Fallow’s job, because this place is in the Township of Fallow."
            )
            #expect(
                receipt.decision.residentText.french.contains("canton de Fallow")
                    || receipt.decision.residentText.french.contains("Canton de Fallow")
            )
            let row = try #require(try await region.row(receipt.reference, in: "fallow"))
            #expect(row.standing == .lead)
            #expect(row.reviewDue != nil)
            try await region.step(.complete(.fixed), receipt.reference, at: "fallow")
            try await region.deliverAll()
            let tracked = try #require(try await TrackRequest(region.surroundings)(receipt.reference))
            #expect(tracked.request.outcome == .fixed)
            #expect(try await ReadServiceRequest(region.surroundings)(receipt.reference.rawValue, in: town) != nil)

            let away = try await region.submit(try region.intake(at: Place.localStreet, answers: answers))
            guard case .elsewhere = away else {
                Issue.record("taken: \(away)")
                return
            }
            // There is only one municipality it can be, so an address alone is the town's to look for.
            let unplaced = try await region.take(
                try region.intake(at: nil, address: "Somewhere on Line 3", answers: answers)
            )
            #expect(try await region.row(unplaced.reference, in: "fallow")?.standing == .lead)
        }
    }

    @Test("Without any boundary it still takes everything: nobody is sent away for want of a map")
    func noBoundaries() async throws {
        try await withTown(boundaries: false) { region in
            let answers = try await region.required("RD-POTH")
            let receipt = try await region.take(try region.intake(at: (44.37001, -79.12), answers: answers))
            #expect(receipt.reference.code == (try await region.hub()).code)
            #expect(try await region.row(receipt.reference, in: "fallow")?.coordinate != nil)
            let report = await HubHealth(region.surroundings)()
            #expect(report.degraded.contains { $0.hasPrefix("boundaries") })
        }
    }
}
