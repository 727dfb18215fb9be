import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

extension DemonstrationRegion {
    /// Delivers whatever waits, until nothing is due; the ways out are closed unless given.
    func deliverAll(by dispatcher: ForwardServiceRequests? = nil) async throws {
        let dispatcher = dispatcher ?? ForwardServiceRequests(surroundings, outside: .closed)
        for _ in 0..<200 where await dispatcher.pass() == 0 { return }
        throw Missing(what: "an end of deliveries")
    }

    /// A pothole on Regional Road 25, reported to the town's own jurisdiction.
    func offeredToRegion() async throws -> RequestReference {
        let answers = try await required("RD-POTH", of: "brindle-bay")
        let contact = Requester(email: "ann@example.org", phone: "705-555-0199")
        return try await take(try intake(answers: answers, contact: contact), to: "brindle-bay").reference
    }

    func refusal(_ text: String = "Not our road") throws -> HandOver.Refusal {
        try HandOver.Refusal(.notOurAsset, text: text)
    }

    @discardableResult
    func step(_ step: RequestStep, _ reference: RequestReference, at id: String, text: String? = nil) async throws
        -> ServiceRequest
    {
        try await TakeRequestStep(surroundings)(
            step,
            reference,
            at: try await tenant(id),
            by: "staff:test",
            text: text.map { LocalizedText(same: $0) }
        )
    }
}

extension OutsideDelivery {
    /// No way out at all.
    static let closed = OutsideDelivery(
        submit: { _ in .notArrived("closed", retryAfter: nil, asked: false) },
        remoteID: { _, _ in nil },
        updates: { _, _, _ in nil },
        status: { _, _ in nil },
        picture: { _ in .later("closed", retryAfter: nil) }
    )
}

@Suite("Handing a request to another tenant")
struct HandOverTests {
    @Test("A regional pothole posted to the town is recorded there and offered to the region in the same transaction")
    func offered() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            #expect(reference.code.rawValue == "BB")
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.life.state.name == "offered")
            #expect(row.status == .open)
            #expect(row.standing == .lead)
            let waiting = try await region.inside("brindle-bay") { transaction in
                (
                    try await HandOvers(transaction).of(reference),
                    try await Outbox(transaction).rows(orderKey: reference.rawValue)
                )
            }
            #expect(waiting.0.map(\.handOver.peer.id) == ["maplewater"])
            #expect(waiting.1.map(\.item.kind) == ["offer"])
            #expect(try await region.row(reference, in: "maplewater") == nil)

            try await region.deliverAll()
            let copy = try #require(try await region.row(reference, in: "maplewater"))
            #expect(copy.standing == .waiting)
            #expect(copy.serviceCode.rawValue == "RR-POTH")
            #expect(copy.department == "transportation")
            #expect(copy.reviewDue != nil && copy.completeDue != nil)
            let contacts = try await region.inside("maplewater") { try await Requesters($0).of(reference) }
            #expect(contacts.first?.requester.email == "ann@example.org")
            #expect(contacts.first?.privateTokenHash == nil)
        }
    }

    @Test("Accepted, it is mirrored where it was born: one reference, one history, every step of the holder in order")
    func mirrored() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: try await region.tenant("maplewater"),
                by: "staff:region"
            )
            // Not delivered one by one: the order must hold however much waits.
            for step in [RequestStep.review, .assignWork, .makeSafe, .complete(.fixed), .reopen, .review] {
                region.clock.advance(by: 60)
                try await region.step(step, reference, at: "maplewater", text: "\(step)")
            }
            try await region.deliverAll()
            let origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.standing == .mirrored)
            #expect(origin.counterpart == .tenant(JurisdictionID(trusted: "maplewater")))
            #expect(origin.step == .reviewed)
            #expect(origin.status == .open)
            #expect(origin.statusNotes == "review")
            let kinds = try await region.history(reference, in: "brindle-bay").map(\.kind)
            #expect(
                kinds == [
                    .received, .decided, .handOverOffered, .handOverAccepted, .reviewed, .workAssigned, .madeSafe,
                    .completed, .reopened, .reviewed,
                ]
            )
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.holder.plain.english == "Regional Municipality of Maplewater")
            #expect(tracked.steps[.completed] == nil)
            #expect(tracked.steps[.reviewed] == region.clock.now)
        }
    }

    @Test("Handing over is never completion: the origin stays open from the offer to the holder's own end")
    func neverCompleted() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            func status() async throws -> Open311Status? { try await region.row(reference, in: "brindle-bay")?.status }
            #expect(try await status() == .open)
            try await region.deliverAll()
            #expect(try await status() == .open)
            let maplewater = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            try await region.deliverAll()
            #expect(try await status() == .open)
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.deliverAll()
            #expect(try await status() == .closed)
            #expect(try await region.row(reference, in: "brindle-bay")?.outcome == .fixed)
        }
    }

    @Test(
        "Refused with a reason, it is open at the origin again; after the second bounce it waits for the hub's arbiter"
    )
    func bounces() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            let answer = AnswerOffer(region.surroundings)
            _ = try await answer(
                reference,
                at: maplewater,
                refusal: try region.refusal("Ours ends at the bridge"),
                by: "staff:region"
            )
            try await region.deliverAll()
            var origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.status == .open)
            #expect(origin.life.state == .received)
            #expect(origin.standing == .lead)
            let refused = try await region.history(reference, in: "brindle-bay").last
            #expect(refused?.kind == .handOverRefused)
            #expect(refused?.description?.english == "Ours ends at the bridge")
            #expect(try await region.inside("maplewater-311") { try await TriageEntries($0).read(reference) } == nil)

            // The town's people try once more, with a word.
            _ = try await OfferRequest(region.surroundings)(
                reference,
                to: .tenant(maplewater.id),
                at: try await region.tenant("brindle-bay"),
                message: "The bridge is yours",
                by: "staff:town"
            )
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.standing == .waiting)
            _ = try await answer(
                reference,
                at: maplewater,
                refusal: try region.refusal("Still not"),
                by: "staff:region"
            )
            try await region.deliverAll()
            let entry = try #require(
                try await region.inside("maplewater-311") { try await TriageEntries($0).read(reference) }
            )
            #expect(entry.reason == .refusedTwice)
            #expect(entry.resolvedAt == nil)
            origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.status == .open)
            #expect(try await region.history(reference, in: "brindle-bay").map(\.kind).contains(.arbiterAsked))

            // The arbiter gives it to the region all the same; it is offered from where it was born.
            _ = try await PlaceRequest(region.surroundings)(
                reference,
                place: PlaceInput(),
                body: maplewater.id,
                by: "staff:arbiter"
            )
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, by: "staff:region")
            try await region.deliverAll()
            origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.standing == .mirrored)
            #expect(origin.life.holder == .tenant(maplewater.id))
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "brindle-bay")?.outcome == .fixed)
        }
    }

    @Test("The arbiter's word that it is the town's keeps it there, and a third bounce comes before the arbiter again")
    func arbiterAgain() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let maplewater = try await region.tenant("maplewater")
            let town = try await region.tenant("brindle-bay")
            let answer = AnswerOffer(region.surroundings)
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, refusal: try region.refusal(), by: "staff:region")
            try await region.deliverAll()
            _ = try await OfferRequest(region.surroundings)(
                reference,
                to: .tenant(maplewater.id),
                at: town,
                by: "staff:town"
            )
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, refusal: try region.refusal(), by: "staff:region")
            try await region.deliverAll()
            _ = try await PlaceRequest(region.surroundings)(
                reference,
                place: PlaceInput(),
                body: maplewater.id,
                by: "staff:arbiter"
            )
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, refusal: try region.refusal("Never"), by: "staff:region")
            try await region.deliverAll()
            let waiting = try await region.inside("maplewater-311") { try await TriageEntries($0).read(reference) }
            #expect(waiting?.resolvedAt == nil)
            _ = try await PlaceRequest(region.surroundings)(
                reference,
                place: PlaceInput(),
                body: town.id,
                by: "staff:arbiter"
            )
            try await region.deliverAll()
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.standing == .lead)
            #expect(row.life.state == .received)
            let last = try await region.history(reference, in: "brindle-bay").last
            #expect(last?.kind == .decided)
            #expect(last?.details["to"] == "brindle-bay")
        }
    }

    @Test(
        "An offer nobody answers runs out: open at the origin, withdrawn at the other body, which can no longer accept it"
    )
    func timedOut() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let town = try await region.tenant("brindle-bay")
            try await TimeOutOffers(region.surroundings).pass(over: town)
            #expect(try await region.row(reference, in: "brindle-bay")?.life.state.name == "offered")
            region.clock.advance(by: 3 * 24 * 3600)
            let maplewater = try await region.tenant("maplewater")
            await #expect(throws: AnswerOffer.NothingOffered.self) {
                _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            }
            try await TimeOutOffers(region.surroundings).pass(over: town)
            try await TimeOutOffers(region.surroundings).pass(over: town)
            try await region.deliverAll()
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.life.state == .received)
            #expect(
                try await region.history(reference, in: "brindle-bay").filter { $0.kind == .handOverTimedOut }.count
                    == 1
            )
            let copy = try #require(try await region.row(reference, in: "maplewater"))
            #expect(copy.standing == .mirrored)
            #expect(copy.status == .closed)
        }
    }

    @Test("An answer that crosses with the running out loses: nobody holds it twice")
    func crossing() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let town = try await region.tenant("brindle-bay")
            let maplewater = try await region.tenant("maplewater")
            let due = try await region.inside("brindle-bay") {
                try await HandOvers($0).of(reference)[0].handOver.answerDue
            }
            region.clock.set(to: due.addingTimeInterval(-1))
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            region.clock.advance(by: 2)
            try await TimeOutOffers(region.surroundings).pass(over: town)
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "brindle-bay")?.standing == .lead)
            #expect(try await region.row(reference, in: "maplewater")?.standing == .mirrored)
            #expect(try await region.row(reference, in: "brindle-bay")?.status == .open)
        }
    }

    @Test(
        "\"Not our responsibility\" by a message of the region's own software is a refusal, before and after it had accepted"
    )
    func refusedByMessage() async throws {
        for hasAccepted in [false, true] {
            try await withRegion { region in
                let reference = try await region.offeredToRegion()
                try await region.deliverAll()
                let maplewater = try await region.tenant("maplewater")
                if hasAccepted {
                    _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
                    try await region.deliverAll()
                }
                let posted = try await PostUpdate(region.surroundings)(
                    UpdateIntake(
                        requestID: reference.rawValue,
                        clientUpdateID: "1",
                        status: .notCouncilsResponsibility,
                        updatedAt: region.clock.now,
                        description: "The town's own bridge"
                    ),
                    in: maplewater,
                    client: ClientIdentity(id: "works")
                )
                guard case .recorded = posted else {
                    Issue.record("\(posted)")
                    return
                }
                try await region.deliverAll()
                let origin = try #require(try await region.row(reference, in: "brindle-bay"))
                #expect(origin.status == .open)
                #expect(origin.life.state == .received)
                #expect(origin.life.holder == nil)
                #expect(try await region.history(reference, in: "brindle-bay").last?.kind == .handOverRefused)
                #expect(try await region.row(reference, in: "maplewater")?.standing == .mirrored)
            }
        }
    }

    @Test("Withdrawn by the requester while offered, the other body's copy ends too")
    func withdrawn() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            try await region.step(.complete(.withdrawn), reference, at: "brindle-bay")
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.status == .closed)
            let offers = try await region.inside("maplewater") { try await HandOvers($0).of(reference) }
            #expect(offers.map(\.handOver.state.name) == ["withdrawn"])
        }
    }

    @Test("Opened again where it was born, it is open at the holder that had ended it, with new clocks")
    func reopenedAtOrigin() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.deliverAll()
            let before = try await region.row(reference, in: "maplewater")?.completeDue
            region.clock.advance(by: 5 * 24 * 3600)
            try await region.step(.reopen, reference, at: "brindle-bay", text: "The hole is back")
            try await region.deliverAll()
            let holder = try #require(try await region.row(reference, in: "maplewater"))
            #expect(holder.status == .open)
            #expect(holder.standing == .lead)
            let due = try #require(holder.completeDue)
            #expect(due > (before ?? .distantFuture))
            #expect(try await region.row(reference, in: "brindle-bay")?.life.state.name == "handed_over")
        }
    }

    @Test(
        "A delivery that comes twice changes nothing the second time",
        arguments: ["offer", "offer_answer", "holder_news"]
    )
    func deliveredTwice(_ kind: String) async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            try await region.deliverAll()
            let maplewater = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:region")
            try await region.step(.review, reference, at: "maplewater")
            try await region.deliverAll()
            let sender = kind == "offer" ? "brindle-bay" : "maplewater"
            let rows = try await region.inside(sender) { try await Outbox($0).rows(orderKey: reference.rawValue) }
            let item = try #require(rows.first { $0.item.kind == kind }?.item)
            let before = (
                try await region.history(reference, in: "brindle-bay"),
                try await region.history(reference, in: "maplewater"),
                try await region.row(reference, in: "maplewater")
            )
            _ = try await DeliverToTenant(surroundings: region.surroundings)(
                item,
                from: try await region.tenant(sender)
            )
            #expect(try await region.history(reference, in: "brindle-bay") == before.0)
            #expect(try await region.history(reference, in: "maplewater") == before.1)
            #expect(try await region.row(reference, in: "maplewater") == before.2)
        }
    }
}
