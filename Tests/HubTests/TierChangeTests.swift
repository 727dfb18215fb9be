import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("A change of tier while requests are open")
struct TierChangeTests {
    /// A break of a water main in the township two days before its water becomes the region's; nobody has looked at it yet.
    private func brokenMain(_ region: DemonstrationRegion) async throws -> RequestReference {
        let hub = try await region.hub()
        let service = try #require(
            hub.catalogue.offered(on: hub.day(of: region.clock.now)).first { $0.part.rawValue == "water.distribute" }
        )
        let answers = try await region.required(service.code.rawValue)
        let intake = try region.intake(
            service.code.rawValue,
            at: (44.4, -79.0025),
            description: "Water runs over the road",
            answers: answers
        )
        return try await region.take(intake).reference
    }

    @Test(
        "15: a request of 2026-12-30 stays with the old body after 2027-01-01; one of the new year goes to the new body"
    )
    func stays() async throws {
        try await withRegion(at: FixedClock("2026-12-30T15:00:00Z")) { region in
            let reference = try await brokenMain(region)
            #expect(reference.code.rawValue == "FL")
            region.clock.set(to: try Date("2027-01-05T15:00:00Z", strategy: .iso8601))
            try await region.deliverAll()
            let row = try #require(try await region.row(reference, in: "fallow"))
            #expect(row.standing == .lead)
            #expect(row.status == .open)
            #expect(row.decision?.lead == .tenant(JurisdictionID(trusted: "fallow")))
            let next = try await brokenMain(region)
            #expect(next.code.rawValue == "MW" || next.code.rawValue == "MWR")
            #expect(try await region.row(next, in: "maplewater")?.standing == .lead)
        }
    }

    @Test("15: where the plan says so it is moved with a note, under the same reference, and its clock goes on")
    func moves() async throws {
        try await withRegion(at: FixedClock("2026-12-30T15:00:00Z")) { region in
            let reference = try await brokenMain(region)
            let before = try #require(try await region.row(reference, in: "fallow"))
            let move = MoveOpenRequests(region.surroundings)
            let township = try await region.tenant("fallow")
            // Two days too early nothing would move.
            #expect(try await move(of: township, isRehearsal: true, by: "test") == [])

            region.clock.set(to: try Date("2027-01-02T15:00:00Z", strategy: .iso8601))
            let rehearsed = try await move(of: township, isRehearsal: true, by: "test")
            #expect(rehearsed.map(\.reference) == [reference.rawValue])
            #expect(rehearsed.map(\.outcome) == [.wouldMove])
            #expect(try await region.row(reference, in: "fallow")?.standing == .lead)
            let other = ServicePart(trusted: "bylaw.noise")
            #expect(try await move(of: township, parts: [other], isRehearsal: true, by: "test") == [])

            let moved = try await move(
                of: township,
                parts: [ServicePart(trusted: "water.distribute")],
                isRehearsal: false,
                by: "test"
            )
            #expect(moved.map(\.outcome) == [.offered])
            #expect(moved.first?.to == "maplewater")
            // While the offer is open a second pass changes nothing.
            #expect(try await move(of: township, isRehearsal: false, by: "test").map(\.outcome) == [.busy])
            try await region.deliverAll()
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: try await region.tenant("maplewater"),
                refusal: nil,
                by: "staff:test"
            )
            try await region.deliverAll()

            let here = try #require(try await region.row(reference, in: "maplewater"))
            #expect(here.standing == .lead)
            #expect(here.reference == reference)
            #expect(here.requestedAt == before.requestedAt)
            #expect(here.reviewDue == before.reviewDue)
            #expect(here.completeDue == before.completeDue)
            #expect(here.slaVersion == before.slaVersion)
            let there = try #require(try await region.row(reference, in: "fallow"))
            #expect(there.standing == .mirrored)
            let note = try await region.history(reference, in: "fallow").compactMap(\.description?.english)
            #expect(
                note.contains { $0.contains("because the Region looks after water and sewers here") },
                "\(note)"
            )
        }
    }
}
