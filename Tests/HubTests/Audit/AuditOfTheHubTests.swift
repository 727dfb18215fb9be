import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("What was done, over bodies")
struct AuditOfTheHubTests {
    @Test("a read of one body's requests at another door is written down there, with what for, and nowhere else")
    func reads() async throws {
        try await withRegion { region in
            let (hub, surroundings) = (try await region.hub(), region.surroundings)
            let (town, other) = (try await region.tenant("brindle-bay"), try await region.tenant("cobbleford"))
            let answers = try await region.required("RD-POTH")
            let posted = try await region.take(try region.intake(at: Place.localStreet, answers: answers))
            #expect(posted.reference.code == town.code)
            region.clock.advance(by: 60)
            for _ in 0..<3 {
                let filter = RequestFilter(readableAt: region.clock.now)
                var lots = ListServiceRequests(surroundings)(filter, page: 1, pageSize: 50, in: hub)
                while try await lots.next() != nil {}
            }
            _ = try await TrackRequest(surroundings)(posted.reference)
            // Its own list is no read across bodies.
            var own = ListServiceRequests(surroundings)(
                RequestFilter(readableAt: region.clock.now),
                page: 1,
                pageSize: 50,
                in: town
            )
            while try await own.next() != nil {}
            let seal = SealAudit(surroundings)
            for tenant in [town, other, hub] { try await seal.pass(over: tenant.code, of: tenant.id) }
            let entries = try await surroundings.databases.withTenant(town.code) { try await AuditTrail($0).latest() }
            let lists = try #require(entries.first { $0.purpose == "public_list" })
            #expect(lists.actor == "public" && lists.details["reads"] == "3" && lists.details["rows"] == "3")
            #expect(entries.first { $0.purpose == "follow" }?.details["reads"] == "1")
            #expect(entries.count == 2)
            for tenant in [other, hub] {
                let code = tenant.code
                let others = try await surroundings.databases.withTenant(code) { try await AuditTrail($0).latest() }
                #expect(others.isEmpty)
            }
            // Counted once: the next round writes nothing again.
            try await seal.pass(over: town.code, of: town.id)
            let again = try await surroundings.databases.withTenant(town.code) { try await AuditTrail($0).latest() }
            #expect(again.count == 2)
        }
    }

    @Test("history, record and heads hold together; a change behind our back is found in that body alone")
    func wholeChain() async throws {
        try await withRegion { region in
            let surroundings = region.surroundings
            let town = try await region.tenant("brindle-bay")
            let answers = try await region.required("RD-POTH")
            let posted = try await region.take(try region.intake(at: Place.localStreet, answers: answers))
            let reference = posted.reference
            let change = ChangeRequest(surroundings: surroundings, tenant: town)
            let at = region.clock.now
            try await Circumstances.$current.withValue(Circumstances(origin: "192.0.2.7", onBehalfOf: "resident")) {
                _ = try await surroundings.databases.withTenant(town.code) { transaction in
                    try await change(
                        reference,
                        note: ChangeRequest.Note(actor: "staff:aaaaaaaaaaaa", at: at),
                        in: transaction
                    ) { try $0.life.review(at: at) }
                }
            }
            let events = try await surroundings.databases.withTenant(town.code) { transaction in
                try await RequestEvents(transaction).all(of: reference)
            }
            #expect(events.last?.origin == "192.0.2.7" && events.last?.onBehalfOf == "resident")
            let seal = SealAudit(surroundings)
            for tenant in surroundings.directory.entries { try await seal.pass(over: tenant.code, of: tenant.id) }
            try await seal.passOverHub()
            let verify = VerifyAudit(databases: surroundings.databases)
            let report = try await verify.tenant(town.id, code: town.code)
            #expect(report.fault == nil && report.sealed >= Int64(events.count) && report.waiting == 0)
            let hub = try await verify.hub()
            #expect(hub.fault == nil && hub.sealed > 0)
            let anchors = try await surroundings.databases.withHub { try await AuditEntries($0).anchors(of: town.id) }
            #expect(anchors.last?.head == report.head)
        }
    }
}
