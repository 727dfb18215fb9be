import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Placing what waits in triage")
struct PlacingTests {
    @Test("Placed, it goes to the body that answers for it under the same reference, and is followed by it for life")
    func placed() async throws {
        try await withRegion { region in
            let reference = try await region.waiting()
            let place = PlaceInput(
                coordinate: try Coordinate(latitude: Place.regionalRoad25.0, longitude: Place.regionalRoad25.1)
            )
            let decision = try await PlaceRequest(region.surroundings)(reference, place: place, by: "staff:desk")
            #expect(decision.lead == .tenant(JurisdictionID(trusted: "maplewater")))
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            let copy = try #require(try await region.row(reference, in: "maplewater"))
            #expect(copy.serviceCode.rawValue == "RR-POTH")
            #expect(copy.coordinate == place.coordinate)
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            try await region.step(.complete(.fixed), reference, at: "maplewater", text: "Filled")
            try await region.deliverAll()
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.request.reference == reference)
            #expect(tracked.request.outcome == .fixed)
            #expect(tracked.holder.plain.english == maplewater.tenant.name.plain.english)
            let entry = try await region.inside("maplewater-311") { try await TriageEntries($0).read(reference) }
            #expect(entry?.resolvedAt != nil)
        }
    }

    @Test("A place that settles nothing leaves it waiting, and says why")
    func stillUndecided() async throws {
        try await withRegion { region in
            let reference = try await region.waiting()
            await #expect(throws: PlaceRequest.Fault.self) {
                _ = try await PlaceRequest(region.surroundings)(reference, place: PlaceInput(), by: "staff:desk")
            }
            let place = PlaceInput(coordinate: try Coordinate(latitude: Place.highway7.0, longitude: Place.highway7.1))
            await #expect(throws: PlaceRequest.Fault.noWay("ontario")) {
                _ = try await PlaceRequest(region.surroundings)(reference, place: place, by: "staff:desk")
            }
            #expect(try await region.row(reference, in: "maplewater-311")?.life.state == .waitingForPlace)
        }
    }

    @Test("Two people placing it at once place it once")
    func once() async throws {
        try await withRegion { region in
            let reference = try await region.waiting()
            let place = PlaceInput(
                coordinate: try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            )
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        (try? await PlaceRequest(region.surroundings)(reference, place: place, by: "staff:desk")) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(outcomes == 1)
            try await region.deliverAll()
            let offers = try await region.inside("brindle-bay") { try await HandOvers($0).of(reference) }
            #expect(offers.count == 1)
        }
    }

    @Test("Refused by the body it was placed with, it waits in triage again at once")
    func refused() async throws {
        try await withRegion { region in
            let reference = try await region.waiting()
            let place = PlaceInput(
                coordinate: try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            )
            _ = try await PlaceRequest(region.surroundings)(reference, place: place, by: "staff:desk")
            try await region.deliverAll()
            let town = try await region.tenant("brindle-bay")
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: town,
                refusal: try region.refusal(),
                by: "staff:town"
            )
            try await region.deliverAll()
            let entry = try await region.inside("maplewater-311") { try await TriageEntries($0).read(reference) }
            #expect(entry?.resolvedAt == nil)
            #expect(try await region.row(reference, in: "maplewater-311")?.standing == .waiting)
            _ = try await PlaceRequest(region.surroundings)(
                reference,
                place: place,
                body: JurisdictionID(trusted: "maplewater"),
                by: "staff:desk"
            )
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.standing == .waiting)
        }
    }
}

extension DemonstrationRegion {
    /// A pothole somewhere on a street nobody knows.
    func waiting() async throws -> RequestReference {
        try await take(
            try intake(at: nil, address: "14 Nowhere Lane", answers: try await required("RD-POTH"))
        ).reference
    }
}
