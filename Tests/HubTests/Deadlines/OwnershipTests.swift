import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Hub
@testable import Storage

@Suite("Who has a request, and what each body knew and when")
struct OwnershipTests {
    @Test("A person can be named for every open request of every tenant, whatever department has it")
    func everyRequest() async throws {
        try await withRegion { region in
            var references: [(RequestReference, String)] = []
            for _ in 0..<2 { references.append((try await region.townPothole(), "brindle-bay")) }
            references.append((try await region.offeredToRegion(), "brindle-bay"))
            let lost = try await region.take(
                try region.intake(at: nil, address: "14 Nowhere Lane", answers: try await region.required("RD-POTH"))
            )
            references.append((lost.reference, "maplewater-311"))
            try await region.deliverAll()
            for entry in region.surroundings.directory.entries {
                let tenant = try #require(try await region.surroundings.directory.tenant(entry.id))
                let nameless = try await FindOwner(region.surroundings).nameless(at: tenant)
                #expect(nameless.isEmpty, "\(entry.id): \(nameless)")
                for department in tenant.tenant.departments {
                    let owner = FindOwner.owner(
                        assigned: nil,
                        department: department.code.rawValue,
                        tenant: tenant,
                        at: region.clock.now
                    )
                    #expect(owner.rung != .desk, "\(entry.id) \(department.code)")
                }
            }
            for (reference, id) in references {
                let (owner, _) = try await FindOwner(region.surroundings)(reference, at: try await region.tenant(id))
                #expect(owner.rung != .desk && !owner.name.isEmpty)
            }
        }
    }

    @Test("The person given by name is named; handed on, the holder's person is, from the origin too")
    func assigned() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let town = try await region.tenant("brindle-bay")
            let find = FindOwner(region.surroundings)
            #expect(try await find(reference, at: town).owner.rung != .assigned)
            let cy = RequestOwner(name: "Cy", email: "cy@example.org", rung: .assigned)
            try await find.assign(cy, to: reference, at: town, by: "staff:1")
            #expect(try await find(reference, at: town).owner == cy)
            let note = try #require(try await region.history(reference, in: "brindle-bay").last)
            #expect(note.details["owner"] == "Cy" && !note.isPublic)
            try await region.deliverAll()
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: try await region.tenant("maplewater"),
                by: "staff:2"
            )
            try await region.deliverAll()
            let (owner, holder) = try await find(reference, at: town)
            #expect(holder.id.rawValue == "maplewater")
            #expect(owner.name == "Marc Ouellette")
            let stranger = RequestReference.make(code: TenantCode(trusted: "BB"))
            await #expect(throws: UnknownRequest.self) {
                try await find.assign(cy, to: stranger, at: town, by: "staff:1")
            }
        }
    }

    @Test("The receiving body's clock starts at delivery, the origin's runs on; each body's facts are its own")
    func handOver() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let received = region.clock.now
            region.clock.advance(by: 900)
            try await region.deliverAll()
            let delivered = region.clock.now
            let there = try #require(try await region.clock(.review, reference, in: "maplewater"))
            #expect(there.clock.startedAt == delivered)
            #expect(there.due == (try await region.row(reference, in: "maplewater"))?.reviewDue)
            let here = try #require(try await region.clock(.review, reference))
            #expect(here.clock.startedAt == received && here.isRunning)
            region.clock.advance(by: 900)
            let opened = region.clock.now
            let upper = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(reference, at: upper, by: "staff:2")
            region.clock.advance(by: 900)
            try await ReadClocks(region.surroundings).opened(reference, at: upper, by: "staff:3")
            try await region.step(.review, reference, at: "maplewater")
            let facts = try await ReadClocks(region.surroundings)(reference, at: upper).facts
            let times = Dictionary(facts.map { ($0.kind, $0.at) }) { first, _ in first }
            #expect(times == [.received: received, .delivered: delivered, .opened: opened])
            #expect(Set(facts.map(\.body)) == ["maplewater"])
        }
    }

    @Test("The service itself cannot change or remove a fact of a road authority")
    func unchangeable() async throws {
        try await withRegion { region in
            let reference = try await region.townPothole()
            let settings = region.settings
            let session = try await PostgresConnection.connect(
                settings.login(as: settings.roles.tenant(TenantCode(trusted: "BB")))
            )
            for statement: SQL in [
                "UPDATE authority_fact SET happened_at = happened_at - interval '1 day'", "DELETE FROM authority_fact",
            ] {
                await #expect(throws: PostgresError.self) { try await session.execute(statement) }
            }
            await session.close()
            let fact = AuthorityFact(
                body: "brindle-bay",
                kind: .received,
                at: .distantPast,
                notedAt: region.clock.now,
                source: "staff:1"
            )
            try await region.inside("brindle-bay") { try await AuthorityFacts($0).note([fact], of: reference) }
            let facts = try await region.inside("brindle-bay") { try await AuthorityFacts($0).all(of: reference) }
            #expect(facts.first { $0.kind == .received }?.at == region.clock.now)
        }
    }

    @Test("What waits for a place has a clock of its own at the hub, which ends when somebody has placed it")
    func placing() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(at: nil, address: "14 Nowhere Lane", answers: try await region.required("RD-POTH"))
            )
            let clock = try #require(try await region.clock(.placing, receipt.reference, in: "maplewater-311"))
            #expect(clock.isRunning)
            region.go(to: clock.due + 60)
            #expect(try await region.sweep("maplewater-311").alarms > 0)
            let people = try await region.alarms(receipt.reference, in: "maplewater-311").last?.recipients.map(\.name)
            #expect(people == ["Kofi Mensah"])
            let (latitude, longitude) = Place.localStreet
            _ = try await PlaceRequest(region.surroundings)(
                receipt.reference,
                place: PlaceInput(coordinate: try Coordinate(latitude: latitude, longitude: longitude)),
                by: "staff:1"
            )
            let placed = try #require(try await region.clock(.placing, receipt.reference, in: "maplewater-311"))
            #expect(placed.clock.metAt == region.clock.now && placed.breachedAt == clock.due)
        }
    }
}
