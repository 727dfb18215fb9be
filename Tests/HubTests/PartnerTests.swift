import Domain
import Foundation
import Routing
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("Handing a request to a partner outside that keeps a server")
struct PartnerTests {
    /// Gives the Province an Open311 server, named in the hub's forwarding file.
    private func connect(_ region: DemonstrationRegion, to server: FakeOpen311Server) async throws {
        try await region.forward("maplewater-311", to: [region.target("province", server)])
        let rules = try #require(region.surroundings.agreement.routing.ruleSet(at: region.clock.now))
        let old = try #require(rules.partners.first { $0.id.rawValue == "ontario" })
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        var fields = try #require(try JSONSerialization.jsonObject(with: encoder.encode(old)) as? [String: Any])
        fields["forwarding"] = "province"
        let partner = try JSONDecoder().decode(Partner.self, from: JSONSerialization.data(withJSONObject: fields))
        let changed = RuleSet(
            version: rules.version,
            validFrom: rules.validFrom,
            timeZone: rules.timeZone,
            parts: rules.parts,
            rules: rules.rules,
            alsoTold: rules.alsoTold,
            partners: rules.partners.map { $0.id == partner.id ? partner : $0 },
            shortNames: rules.shortNames
        )
        var bodies: [RoutingBody] = []
        for entry in region.surroundings.directory.entries {
            bodies.append(RoutingBody(try await region.tenant(entry.id.rawValue).tenant))
        }
        region.surroundings.agreement.replace(with: RoutingTable([changed], jurisdictions: bodies), identity: "test")
    }

    @Test("Born at the hub, forwarded with our reference, open until the partner ends it, and followed all the way")
    func forwarded() async throws {
        let province = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await connect(region, to: province)
            let dispatcher = region.dispatcher([province])
            let receipt = try await region.take(
                try region.intake(at: Place.highway7, answers: try await region.required("RD-POTH"))
            )
            #expect(receipt.reference.code.rawValue == "MW")
            try await region.deliverAll(by: dispatcher)
            #expect(province.taken.count == 1)
            #expect(province.taken[0].fields["description"]?.first?.contains(receipt.reference.rawValue) == true)
            let row = try #require(try await region.row(receipt.reference, in: "maplewater-311"))
            #expect(row.status == .open)
            #expect(row.life.state.name == "handed_over")
            province.change(
                "R1",
                to: "closed",
                extended: "fixed",
                words: "Filled",
                at: region.clock.now.addingTimeInterval(60)
            )
            region.clock.advance(by: 90)
            try await ReadOutsideNews(region.surroundings, outside: region.outside([province]))
                .pass(over: try await region.hub())
            #expect(try await region.row(receipt.reference, in: "maplewater-311")?.outcome == .fixed)
        }
    }

    @Test("Refused by the partner, at once or later, it waits in the hub's triage again", arguments: [true, false])
    func refused(atOnce: Bool) async throws {
        let province = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await connect(region, to: province)
            if atOnce { province.next(.answer(status: 400, body: "not our highway", headers: [])) }
            let receipt = try await region.take(
                try region.intake(at: Place.highway7, answers: try await region.required("RD-POTH"))
            )
            try await region.deliverAll(by: region.dispatcher([province]))
            if !atOnce {
                province.change(
                    "R1",
                    to: "closed",
                    extended: "not_councils_responsibility",
                    words: "Not ours",
                    at: region.clock.now.addingTimeInterval(60)
                )
                region.clock.advance(by: 90)
                try await ReadOutsideNews(region.surroundings, outside: region.outside([province]))
                    .pass(over: try await region.hub())
            }
            let row = try #require(try await region.row(receipt.reference, in: "maplewater-311"))
            #expect(row.status == .open)
            #expect(row.standing == .waiting)
            let entry = try await region.inside("maplewater-311") {
                try await TriageEntries($0).read(receipt.reference)
            }
            #expect(entry != nil && entry?.resolvedAt == nil)
        }
    }
}
