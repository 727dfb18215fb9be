import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

extension DemonstrationRegion {
    /// Storm debris on a street of the town, with a manhole of the region's trunk sewer that stands open: two bodies, one reference.
    func stormDebris() async throws -> (whole: RequestReference, sewer: RequestReference) {
        let answers = try await required("RD-DEBRIS", of: "brindle-bay")
        let contact = Requester(email: "ann@example.org")
        let whole = try await take(
            try intake("RD-DEBRIS", at: Place.localStreet, answers: answers, contact: contact),
            to: "brindle-bay"
        ).reference
        let given = try await SplitRequest(surroundings)(
            whole,
            into: [SplitRequest.Part(service: ServiceCode(trusted: "WW-MH"), words: "The cover is off")],
            at: try await tenant("brindle-bay"),
            by: "staff:town"
        )
        guard let part = given.first else { throw Missing(what: "a part") }
        try await deliverAll()
        return (whole, part.reference)
    }

    /// The region takes a part and works on it.
    func takePart(_ part: RequestReference) async throws {
        _ = try await AnswerOffer(surroundings)(part, at: try await tenant("maplewater"), by: "staff:region")
        try await deliverAll()
    }
}

@Suite("One reference, several bodies")
struct SplitTests {
    @Test("Storm debris and the trunk sewer: the whole ends only when the part of the region has, under one reference")
    func storm() async throws {
        try await withRegion { region in
            let (whole, sewer) = try await region.stormDebris()
            let copy = try #require(try await region.row(sewer, in: "maplewater"))
            #expect(copy.standing == .waiting)
            #expect(copy.description.contains("The cover is off"))
            let contacts = try await region.inside("maplewater") { try await Requesters($0).of(sewer) }
            #expect(contacts.first?.requester.email == "ann@example.org")
            try await region.takePart(sewer)

            let open = await #expect(throws: OpenParts.self) {
                try await region.step(.complete(.fixed), whole, at: "brindle-bay")
            }
            #expect(open?.parts == [sewer])
            #expect(try await region.row(whole, in: "brindle-bay")?.status == .open)
            // Nor can the whole be handed on past its parts.
            await #expect(throws: OpenParts.self) {
                _ = try await OfferRequest(region.surroundings)(
                    whole,
                    to: .tenant(JurisdictionID(trusted: "maplewater")),
                    at: try await region.tenant("brindle-bay"),
                    by: "staff:town"
                )
            }
            // Nor does a department's own system end it: its word is noted.
            _ = try await PostUpdate(region.surroundings)(
                UpdateIntake(
                    requestID: whole.rawValue,
                    clientUpdateID: "1",
                    status: .fixed,
                    updatedAt: region.clock.now,
                    description: "Swept"
                ),
                in: try await region.tenant("brindle-bay"),
                client: ClientIdentity(id: "works")
            )
            #expect(try await region.row(whole, in: "brindle-bay")?.status == .open)

            try await region.step(.assignWork, sewer, at: "maplewater")
            try await region.deliverAll()
            var tracked = try #require(try await TrackRequest(region.surroundings)(whole))
            #expect(tracked.parts.map(\.step) == [.workAssigned])
            #expect(tracked.parts.first?.body.english == "Regional Municipality of Maplewater")
            try await region.step(.complete(.fixed), sewer, at: "maplewater")
            try await region.deliverAll()
            let kinds = try await region.history(whole, in: "brindle-bay").map(\.kind)
            #expect(kinds.last == .partReported)
            #expect(kinds.contains(.split))
            #expect(try await region.step(.complete(.fixed), whole, at: "brindle-bay").status == .closed)
            tracked = try #require(try await TrackRequest(region.surroundings)(whole))
            #expect(tracked.parts.map(\.outcome) == [.fixed])
        }
    }

    @Test("A part is in no public list and on no page of its own; the whole counts once, the part beside it")
    func countedOnce() async throws {
        try await withRegion { region in
            let (whole, sewer) = try await region.stormDebris()
            try await region.takePart(sewer)
            #expect(try await TrackRequest(region.surroundings)(sewer) == nil)
            for id in ["brindle-bay", "maplewater", "maplewater-311"] {
                var lots = ListServiceRequests(region.surroundings)(
                    RequestFilter(readableAt: region.clock.now),
                    page: 1,
                    pageSize: 50,
                    in: try await region.tenant(id)
                )
                var listed: [RequestReference] = []
                while let lot = try await lots.next() { listed += lot.map(\.request.reference) }
                #expect(!listed.contains(sewer), "\(id)")
            }
            let figures = try await CountRequests(region.surroundings)(
                from: region.clock.now.addingTimeInterval(-60),
                until: region.clock.now.addingTimeInterval(60)
            )
            #expect(figures.region.led == 1)
            #expect(figures.region.parts == 1)
            #expect(figures.tenants.first { $0.tenant.rawValue == "maplewater" }?.figure.parts == 1)
            #expect(figures.tenants.first { $0.tenant.rawValue == "maplewater" }?.figure.led == 0)
            #expect(try await TrackRequest(region.surroundings)(whole) != nil)
        }
    }

    @Test("Dog bite: the by-law officer's and public health's; refused by neither without the other knowing")
    func dogBite() async throws {
        try await withRegion { region in
            let answers = try await region.required("AN-BITE", of: "brindle-bay")
            let whole = try await region.take(
                try region.intake(
                    "AN-BITE",
                    at: Place.localStreet,
                    channel: .web,
                    answers: answers,
                    contact: Requester(phone: "705-555-0199")
                ),
                to: "brindle-bay"
            )
            let town = try await region.tenant("brindle-bay")
            let given = try await SplitRequest(region.surroundings)(
                whole.reference,
                into: [SplitRequest.Part(service: ServiceCode(trusted: "PH-BITE"))],
                at: town,
                by: "staff:bylaw"
            )
            let part = try #require(given.first)
            #expect(part.body == "maplewater" && part.isOffered)
            try await region.deliverAll()
            try await region.takePart(part.reference)
            #expect(try await region.row(part.reference, in: "maplewater")?.department == "public-health")
            await #expect(throws: OpenParts.self) {
                try await region.step(.complete(.fixed), whole.reference, at: "brindle-bay")
            }
            try await region.step(.complete(.fixed), part.reference, at: "maplewater")
            try await region.deliverAll()
            try await region.step(.complete(.fixed), whole.reference, at: "brindle-bay")
            let tracked = try #require(
                try await TrackRequest(region.surroundings)(whole.reference, privateToken: whole.privateToken)
            )
            #expect(tracked.request.status == .closed)
            #expect(tracked.parts.count == 1)
            // The copy that public health was told of at intake is no part, and moved nothing.
            #expect(try await region.row(whole.reference, in: "maplewater")?.standing == .mirrored)
        }
    }

    @Test("Taken back as a whole, its parts end with it, also at the body that had taken one")
    func withdrawn() async throws {
        try await withRegion { region in
            let (whole, sewer) = try await region.stormDebris()
            try await region.takePart(sewer)
            _ = try await WithdrawRequest(region.surroundings)(whole, by: "resident")
            try await region.deliverAll()
            #expect(try await region.row(whole, in: "brindle-bay")?.life.internalState == .withdrawn)
            #expect(try await region.row(sewer, in: "brindle-bay")?.life.internalState == .withdrawn)
            #expect(try await region.row(sewer, in: "maplewater")?.life.internalState == .withdrawn)
        }
    }

    @Test("A part that is opened again opens the whole again")
    func reopened() async throws {
        try await withRegion { region in
            let (whole, sewer) = try await region.stormDebris()
            try await region.takePart(sewer)
            try await region.step(.complete(.fixed), sewer, at: "maplewater")
            try await region.deliverAll()
            try await region.step(.complete(.fixed), whole, at: "brindle-bay")
            try await region.step(.reopen, sewer, at: "maplewater")
            try await region.deliverAll()
            let row = try #require(try await region.row(whole, in: "brindle-bay"))
            #expect(row.status == .open)
            #expect(row.life.reopenings == 1)
        }
    }

    @Test("A part nobody answers for, or of an unknown type, splits nothing")
    func faults() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let town = try await region.tenant("brindle-bay")
            let split = SplitRequest(region.surroundings)
            await #expect(throws: SplitRequest.Fault.nothing) {
                _ = try await split(reference, into: [], at: town, by: "staff:town")
            }
            await #expect(throws: UnknownService.self) {
                _ = try await split(
                    reference,
                    into: [SplitRequest.Part(service: ServiceCode(trusted: "NO-SUCH"))],
                    at: town,
                    by: "staff:town"
                )
            }
            await #expect(throws: ChangedMeanwhile.self) {
                _ = try await split(
                    reference,
                    into: [SplitRequest.Part(service: ServiceCode(trusted: "RD-SWALK"))],
                    at: town,
                    expectedVersion: 9,
                    by: "staff:town"
                )
            }
            #expect(try await region.history(reference, in: "brindle-bay").count == 2)
            #expect(try await region.inside("brindle-bay") { try await RequestChildren($0).of(reference) }.isEmpty)
        }
    }
}
