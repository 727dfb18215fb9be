import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("The hub's own lists")
struct HubListTests {
    private func list(
        _ region: DemonstrationRegion,
        in tenant: HostedTenant,
        page: Int = 1,
        pageSize: Int = 1000,
        _ change: (inout RequestFilter) -> Void = { _ in }
    ) async throws -> [ReadableRequest] {
        var filter = RequestFilter(readableAt: region.clock.now)
        change(&filter)
        var lots = ListServiceRequests(region.surroundings)(filter, page: page, pageSize: pageSize, in: tenant)
        var found: [ReadableRequest] = []
        while let lot = try await lots.next() { found += lot }
        return found
    }

    @Test("show what came through the hub in every schema, once and newest first; pages tile")
    func merged() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            var posted: [RequestReference] = []
            for place in [Place.regionalRoad25, Place.localStreet, Place.dunmoreStreet, Place.gap, Place.localStreet] {
                region.clock.advance(by: 60)
                let answers = try await region.required("RD-POTH")
                posted.append(try await region.take(try region.intake(at: place, answers: answers)).reference)
            }
            // Straight to the town, confidential: neither is the hub's to show.
            let own = try await region.take(
                try region.intake(
                    at: Place.localStreet,
                    answers: try await region.required("RD-POTH", of: "brindle-bay")
                ),
                to: "brindle-bay"
            )
            #expect(Set(posted.map(\.code.rawValue)).count >= 4)
            let all = try await list(region, in: hub)
            #expect(all.map(\.request.reference) == posted.reversed())
            #expect(all.allSatisfy { $0.shownCode.rawValue == "RD-POTH" && $0.shownName != nil })
            var paged: [RequestReference] = []
            for page in 1...4 {
                paged += try await list(region, in: hub, page: page, pageSize: 2).map(\.request.reference)
            }
            #expect(paged == posted.reversed())
            #expect(try await list(region, in: hub) { $0.serviceCodes = [ServiceCode(trusted: "RD-POTH")] }.count == 5)
            #expect(try await list(region, in: hub) { $0.serviceCodes = [ServiceCode(trusted: "PK-PLAY")] }.isEmpty)
            let town = try await list(region, in: try await region.tenant("brindle-bay"))
            #expect(Set(town.map(\.request.reference)).isSuperset(of: [own.reference, posted[1], posted[4]]))
            #expect(!town.contains { $0.request.reference == posted[0] })
        }
    }

    @Test("keep a request where it was born when it is handed over, and show it once")
    func handedOver() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            let reference = try await region.waiting()
            let place = PlaceInput(
                coordinate: try Coordinate(latitude: Place.regionalRoad25.0, longitude: Place.regionalRoad25.1)
            )
            _ = try await PlaceRequest(region.surroundings)(reference, place: place, by: "staff:desk")
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            #expect(try await list(region, in: maplewater).map(\.request.reference) == [reference])
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            try await region.deliverAll()
            #expect(try await list(region, in: hub).map(\.request.reference) == [reference])
            #expect(try await list(region, in: maplewater).map(\.request.reference) == [reference])
        }
    }

    @Test("a body that refused shows nothing: the request is open where it was born, not closed there")
    func refused() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: maplewater,
                refusal: try region.refusal(),
                by: "staff:region"
            )
            try await region.deliverAll()
            let town = try await region.tenant("brindle-bay")
            #expect(try await list(region, in: maplewater).isEmpty)
            #expect(
                try await ReadServiceRequest(region.surroundings)(reference.rawValue, in: maplewater) == nil
            )
            let shown = try await list(region, in: town)
            #expect(shown.map(\.request.status) == [.open])
        }
    }

    @Test("references of a tenant that was merged into another are answered by its successor")
    func successors() async throws {
        func row(_ id: String, _ code: String, _ state: StoredJurisdiction.State, _ successor: String?)
            -> StoredJurisdiction
        {
            let tenant = Sample.tenant(TenantCode(trusted: code), id: JurisdictionID(trusted: id))
            return StoredJurisdiction(
                tenant,
                state: state,
                successor: successor.map(JurisdictionID.init(trusted:)),
                createdAt: Sample.morning,
                updatedAt: Sample.morning
            )
        }
        let codes = TenantDirectory.codes(of: [
            row("alpha", "AA", .retired, "beta"), row("beta", "BB", .retired, "gamma"),
            row("gamma", "CC", .active, nil),
            row("delta", "DD", .active, "gamma"), row("ring", "RR", .retired, "ring-two"),
            row("ring-two", "RS", .retired, "ring"), row("lost", "LL", .retired, "nobody"),
        ])
        #expect(codes[TenantCode(trusted: "AA")]?.rawValue == "gamma")
        #expect(codes[TenantCode(trusted: "BB")]?.rawValue == "gamma")
        #expect(codes[TenantCode(trusted: "CC")]?.rawValue == "gamma")
        #expect(codes[TenantCode(trusted: "DD")]?.rawValue == "delta", "one that is served answers for itself")
        #expect(codes[TenantCode(trusted: "LL")]?.rawValue == "lost")
    }
}

@Suite("The date of the offer")
struct OfferChangedTests {
    @Test("moves when files change and when a dated entry begins or ends, never into the future")
    func dated() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            let old = try #require(hub.catalogue.services.first)
            let zone = hub.calendar.timeZone
            func midnight(_ day: String) throws -> Date {
                LocalTime(try CalendarDay(day), seconds: 0).instant(in: zone)
            }
            let today = hub.day(of: region.clock.now)
            let ends = today.adding(days: 10)
            try await region.put(
                TenantConfiguration(
                    tenant: hub.tenant,
                    catalogue: Catalogue(services: [old.ending(ends)] + hub.catalogue.services.dropFirst()),
                    calendar: hub.calendar,
                    forwarding: []
                )
            )
            _ = try await region.hub()
            let directory = region.surroundings.directory
            let applied = directory.offerChanged(asOf: region.clock.now)
            #expect(applied <= region.clock.now)
            let lastDay = try midnight("\(ends)").addingTimeInterval(3600)
            #expect(directory.offerChanged(asOf: lastDay) == applied)
            let dayAfter = try midnight("\(ends.adding(days: 1))")
            #expect(directory.offerChanged(asOf: dayAfter.addingTimeInterval(3600)) == dayAfter)
        }
    }
}
