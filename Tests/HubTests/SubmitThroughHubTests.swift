import Domain
import Foundation
import Hub
import Storage
import TestSupport
import Testing

@Suite("Posting to the hub's own jurisdiction")
struct SubmitThroughHubTests {
    @Test(
        "A pothole on Regional Road 25 lies in the region's schema under the region's reference, with decision, history and clocks"
    )
    func regionalRoad() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    answers: try await region.required("RD-POTH"),
                    contact: Requester(email: "a@example.org")
                )
            )
            #expect(receipt.reference.code.rawValue == "MWR")
            #expect(receipt.holder.rawValue == "maplewater")
            let row = try #require(try await region.row(receipt.reference, in: "maplewater"))
            #expect(row.serviceCode.rawValue == "RR-POTH")
            #expect(row.publicType.rawValue == "RD-POTH")
            #expect(row.standing == .lead)
            #expect(row.life.state == .received)
            #expect(row.decision?.ruleID == "road-upper")
            #expect(row.decision?.ruleVersion == "2026-01")
            #expect(row.decision?.road?.name == "Regional Road 25")
            #expect(row.department == "transportation")
            #expect(row.agencyResponsible == "Regional Municipality of Maplewater")
            #expect(row.requestedAt == region.clock.now)
            let tenant = try await region.tenant("maplewater")
            let service = try #require(tenant.service(ServiceCode(trusted: "RR-POTH"), at: region.clock.now))
            let clocks = RequestClocks(
                service: service,
                answers: row.answers,
                road: row.decision?.road,
                tenant: tenant,
                received: region.clock.now
            )
            #expect(row.reviewDue != nil && row.reviewDue == clocks.reviewDue)
            #expect(row.completeDue != nil && row.completeDue == clocks.completeDue)
            #expect(row.slaVersion?.contains("RR-POTH") == true)
            #expect(row.calendarVersion == tenant.calendar.version)
            let kinds = try await region.history(receipt.reference, in: "maplewater").map(\.kind)
            #expect(kinds == [.received, .decided])
            #expect(try await region.row(receipt.reference, in: "brindle-bay") == nil)
            #expect(try await region.row(receipt.reference, in: "maplewater-311") == nil)
        }
    }

    @Test("A pothole on a local street is the town's, and nobody is asked")
    func localStreet() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(at: Place.localStreet, answers: try await region.required("RD-POTH"))
            )
            #expect(receipt.reference.code.rawValue == "BB")
            let row = try #require(try await region.row(receipt.reference, in: "brindle-bay"))
            #expect(row.serviceCode.rawValue == "RD-POTH")
            #expect(row.decision?.lead == .tenant(JurisdictionID(trusted: "brindle-bay")))
        }
    }

    @Test("Where two roads are near and nobody can be asked, the nearer road's owner takes it, marked for staff")
    func twoRoads() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(at: Place.twoRoads, answers: try await region.required("RD-POTH"))
            )
            #expect(receipt.reference.code.rawValue == "MWR")
            let row = try #require(try await region.row(receipt.reference, in: "maplewater"))
            #expect(row.decision?.flags.contains(Decision.Flag.notKnown) == true)
        }
    }

    @Test(
        "What cannot be placed waits in the hub's triage with a reference and a clock",
        arguments: [
            ("address alone", nil as [Double]?, "14 Nowhere Lane", StoredTriageEntry.Reason.placeUnknown),
            ("a gap between surveys", [Place.gap.0, Place.gap.1], nil, .placeAmbiguous),
        ] as [(String, [Double]?, String?, StoredTriageEntry.Reason)]
    )
    func triage(_ what: String, place: [Double]?, address: String?, reason: StoredTriageEntry.Reason) async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    at: place.map { ($0[0], $0[1]) },
                    address: address,
                    answers: try await region.required("RD-POTH")
                )
            )
            #expect(receipt.reference.code.rawValue == "MW")
            #expect(receipt.decision.lead == .undecided)
            let row = try #require(try await region.row(receipt.reference, in: "maplewater-311"))
            #expect(row.standing == .waiting)
            #expect(row.life.state == .waitingForPlace)
            #expect(row.reviewDue == nil && row.completeDue == nil)
            let entry = try #require(
                try await region.inside("maplewater-311") { try await TriageEntries($0).read(receipt.reference) }
            )
            #expect(entry.reason == reason)
            // Four business hours of a hub that is open from 7 to 21 o'clock.
            #expect(entry.dueAt == region.clock.now.addingTimeInterval(4 * 3600))
        }
    }

    @Test(
        "A place outside and a matter of an outside body are stored nowhere, counted, and answered with who does it",
        arguments: [
            (Place.highway7.0, Place.highway7.1, "ontario"), (Place.greyhaven.0, Place.greyhaven.1, "greyhaven"),
            (Place.hartwick.0, Place.hartwick.1, "hartwick"),
        ]
    )
    func elsewhere(latitude: Double, longitude: Double, partner: String) async throws {
        try await withRegion { region in
            let submission = try await region.submit(
                try region.intake(at: (latitude, longitude), answers: try await region.required("RD-POTH"))
            )
            guard case .elsewhere(let answer) = submission else {
                Issue.record("stored: \(submission)")
                return
            }
            #expect(answer.partner?.id.rawValue == partner)
            #expect(answer.leadName != nil)
            let counts = try await region.inside("maplewater-311") { transaction in
                try await Contacts(transaction).counts(
                    region.clock.now.addingTimeInterval(-1)..<region.clock.now.addingTimeInterval(1)
                )
            }
            #expect(counts.map(\.count) == [1])
            for entry in region.surroundings.directory.entries {
                let stored = try await region.databases.withTenant(entry.code) { transaction in
                    try await ServiceRequests(transaction).counts().map(\.count).reduce(0, +)
                }
                #expect(stored == 0, "\(entry.id)")
            }
        }
    }

    @Test("The other side of the ocean is elsewhere, with nobody to name")
    func nowhere() async throws {
        try await withRegion { region in
            let submission = try await region.submit(
                try region.intake(at: (51.5, -0.12), answers: try await region.required("RD-POTH"))
            )
            guard case .elsewhere = submission else {
                Issue.record("stored: \(submission)")
                return
            }
        }
    }

    @Test("A pothole on the town line is the town's that keeps that stretch, whichever side the point lies on")
    func townline() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(at: Place.townline, answers: try await region.required("RD-POTH"))
            )
            #expect(receipt.reference.code.rawValue == "BB")
        }
    }

    @Test(
        "Every public type that can be reported at a street corner is taken by a body that knows it, at least as something else"
    )
    func everyType() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            let corner = try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            let offered = OfferedServices(region.surroundings)(hub, at: corner)
            #expect(offered.count > 60)
            var taken: [String: Int] = [:]
            for service in offered where service.isOffered(on: hub.day(of: region.clock.now)) {
                let submission = try await region.submit(
                    try region.intake(
                        service.code.rawValue,
                        at: Place.localStreet,
                        answers: try await region.required(service.code.rawValue),
                        contact: Requester(email: "a@example.org", phone: "705-555-0199")
                    )
                )
                switch submission {
                case .taken(let receipt): taken[receipt.holder.rawValue, default: 0] += 1
                case .elsewhere: taken["elsewhere", default: 0] += 1
                case .refused(let faults): Issue.record("\(service.code): \(faults.map { $0.message(.english) })")
                }
            }
            #expect(taken["brindle-bay", default: 0] > 20)
            #expect(taken["maplewater", default: 0] > 10)
        }
    }
}
