import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("A request at two bodies: disputes, withdrawals, corrections, the arbiter")
struct HandOverLifeTests {
    @Test(
        "Disputed where it was born, it is disputed at the body that ended it; both count it, and the person is asked once"
    )
    func disputed() async throws {
        try await withRegion { region in
            let reference = try await region.heldByRegion()
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.deliverAll()
            _ = try await DisputeRequest(region.surroundings)(reference, words: "Still there", by: "staff:311")
            try await region.deliverAll()
            let holder = try #require(try await region.row(reference, in: "maplewater"))
            #expect(holder.life.state == .disputed)
            #expect(holder.life.disputes == 1)
            let origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.life.state == .handedOver(to: .tenant(holder.tenant), step: .received))
            #expect(origin.life.disputes == 1)
            let figures = try await CountRequests(region.surroundings)(
                from: region.clock.now.addingTimeInterval(-86_400),
                until: region.clock.now.addingTimeInterval(1)
            )
            #expect(figures.region.led == 1)
            #expect(figures.region.mirrored == 1)
            #expect(figures.region.disputes == 1)
        }
    }

    @Test("Taken back by the requester while another body has it, it ends at both, once")
    func withdrawn() async throws {
        try await withRegion { region in
            let reference = try await region.heldByRegion()
            _ = try await WithdrawRequest(region.surroundings)(reference, by: "resident")
            try await region.deliverAll()
            for id in ["brindle-bay", "maplewater"] {
                let row = try #require(try await region.row(reference, in: id))
                #expect(row.life.internalState == .withdrawn, "\(id)")
                let ends = try await region.history(reference, in: id).filter { $0.kind == .completed }
                #expect(ends.count == 1, "\(id)")
            }
            await #expect(throws: RequestLife.IllegalTransition.self) {
                _ = try await WithdrawRequest(region.surroundings)(reference, by: "resident")
            }
        }
    }

    @Test("The page of one reference shows both clocks: what the town promised, and what the region means to keep")
    func bothClocks() async throws {
        try await withRegion { region in
            let reference = try await region.heldByRegion()
            let town = try #require(try await region.row(reference, in: "brindle-bay"))
            let holder = try #require(try await region.row(reference, in: "maplewater"))
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.request.completeDue == town.completeDue)
            #expect(tracked.holderDue == holder.completeDue)
            #expect(town.completeDue != nil && holder.completeDue != nil)
        }
    }

    @Test(
        "Another type of the same body: department, terms and history change, the lead stays, a missed promise stays missed"
    )
    func reclassified() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let before = try #require(try await region.row(reference, in: "brindle-bay"))
            region.clock.advance(by: 40 * 24 * 3600)
            let due = try #require(before.completeDue)
            #expect(due < region.clock.now)
            let result = try await CorrectRequest(region.surroundings)(
                .type(ServiceCode(trusted: "RD-SWALK")),
                reference,
                at: try await region.tenant("brindle-bay"),
                reason: LocalizedText(english: "It is the sidewalk.", french: "C’est le trottoir."),
                by: "staff:town"
            )
            #expect(result.outcome == .stays)
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.serviceCode.rawValue == "RD-SWALK")
            #expect(row.part?.rawValue == "road.sidewalk")
            #expect(row.decision?.part.rawValue == "road.sidewalk")
            #expect(row.standing == .lead)
            #expect(row.completeDue.map { $0 <= due } == true)
            #expect(row.rowVersion == before.rowVersion + 1)
            let event = try #require(try await region.history(reference, in: "brindle-bay").last)
            #expect(event.kind == .reclassified)
            #expect(event.details["from"] == "RD-POTH" && event.details["to"] == "RD-SWALK")
            #expect(event.description?.english.contains("It is the sidewalk.") == true)
            #expect(event.description?.french.contains("C’est le trottoir.") == true)
            await #expect(throws: CorrectRequest.Fault.sameType) {
                _ = try await CorrectRequest(region.surroundings)(
                    .type(ServiceCode(trusted: "RD-SWALK")),
                    reference,
                    at: try await region.tenant("brindle-bay"),
                    by: "staff:town"
                )
            }
        }
    }

    @Test(
        "Another type that is another body's is offered to it under the same reference, with the sentence of the rule"
    )
    func reclassifiedAway() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let result = try await CorrectRequest(region.surroundings)(
                .type(ServiceCode(trusted: "WT-MAIN")),
                reference,
                at: try await region.tenant("brindle-bay"),
                by: "staff:town"
            )
            #expect(result.outcome == .offered)
            #expect(result.request.life.state.name == "offered")
            try await region.deliverAll()
            let copy = try #require(try await region.row(reference, in: "maplewater"))
            #expect(copy.standing == .waiting)
            #expect(copy.serviceCode.rawValue == "WT-MAIN")
            let texts = try await region.history(reference, in: "brindle-bay").compactMap(\.description?.english)
            #expect(texts.contains { $0.contains("looks after water and sewers") }, "\(texts)")
        }
    }

    @Test("At another place it is another body's: offered from where it was born")
    func relocated() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let town = try await region.tenant("brindle-bay")
            let correct = CorrectRequest(region.surroundings)
            await #expect(throws: CorrectRequest.Fault.noPlace) {
                _ = try await correct(.place(PlaceInput()), reference, at: town, by: "staff:town")
            }
            let there = try Coordinate(latitude: Place.regionalRoad25.0, longitude: Place.regionalRoad25.1)
            await #expect(throws: ChangedMeanwhile.self) {
                _ = try await correct(
                    .place(PlaceInput(coordinate: there)),
                    reference,
                    at: town,
                    expectedVersion: 7,
                    by: "staff:town"
                )
            }
            let result = try await correct(.place(PlaceInput(coordinate: there)), reference, at: town, by: "staff:town")
            #expect(result.outcome == .offered)
            #expect(result.decision.lead == .tenant(JurisdictionID(trusted: "maplewater")))
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.coordinate == there)
            let kinds = try await region.history(reference, in: "brindle-bay").map(\.kind)
            #expect(kinds == [.received, .decided, .relocated, .handOverOffered])
        }
    }

    @Test("Put right by the body that holds it, it goes back to where it was born and from there to whoever answers")
    func relocatedByHolder() async throws {
        try await withRegion { region in
            let reference = try await region.heldByRegion()
            let there = try Coordinate(latitude: Place.dunmoreStreet.0, longitude: Place.dunmoreStreet.1)
            let result = try await CorrectRequest(region.surroundings)(
                .place(PlaceInput(coordinate: there)),
                reference,
                at: try await region.tenant("maplewater"),
                by: "staff:region"
            )
            #expect(result.outcome == .givenBack)
            try await region.deliverAll()
            let origin = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(origin.coordinate == there)
            #expect(origin.life.state.name == "offered")
            #expect(origin.counterpart == .tenant(JurisdictionID(trusted: "dunmore-mills")))
            #expect(try await region.row(reference, in: "maplewater")?.standing == .mirrored)
            let dunmore = try await region.tenant("dunmore-mills")
            _ = try await AnswerOffer(region.surroundings)(reference, at: dunmore, by: "staff:dunmore")
            try await region.step(.complete(.fixed), reference, at: "dunmore-mills")
            try await region.deliverAll()
            let ended = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(ended.life.holder == .tenant(dunmore.id))
            #expect(ended.outcome == .fixed)
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.history.contains { $0.kind == .relocated })
        }
    }

    @Test(
        "What two bodies refused stands in the arbiter's queue with their reasons and the promise; the word settles the rate"
    )
    func arbiter() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let maplewater = try await region.tenant("maplewater")
            let town = try await region.tenant("brindle-bay")
            let answer = AnswerOffer(region.surroundings)
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, refusal: try region.refusal("Bridge"), by: "staff:region")
            try await region.deliverAll()
            _ = try await OfferRequest(region.surroundings)(
                reference,
                to: .tenant(maplewater.id),
                at: town,
                by: "staff:town"
            )
            try await region.deliverAll()
            _ = try await answer(reference, at: maplewater, refusal: try region.refusal("No"), by: "staff:region")
            try await region.deliverAll()
            let queue = ArbiterQueue(region.surroundings)
            let waiting = try await queue()
            let entry = try #require(waiting.first)
            #expect(waiting.count == 1)
            #expect(entry.reference == reference)
            #expect(entry.origin == "brindle-bay")
            #expect(entry.reason == "refused_twice")
            #expect(entry.bounces.map(\.body) == ["maplewater", "maplewater"])
            #expect(entry.bounces.map(\.text) == ["Bridge", "No"])
            let promise = try #require(try await region.row(reference, in: "brindle-bay")?.completeDue)
            #expect(entry.originCompleteDue.map { abs($0.timeIntervalSince(promise)) < 1 } == true)
            #expect(try await queue.take(reference, by: "staff:a"))
            #expect(try await queue.take(reference, by: "staff:b") == false)
            #expect(try await queue().first?.takenBy == "staff:a")

            let rate = RateMisroutes(region.surroundings)
            let (start, end) = (
                region.clock.now.addingTimeInterval(-86_400), region.clock.now.addingTimeInterval(86_400)
            )
            let rule = try #require(entry.rule)
            var figure = try #require(try await rate(from: start, until: end).first { $0.rule == rule })
            #expect(figure == MisrouteFigure(rule: rule, decided: 1, misrouted: 1))
            #expect(figure.rate == 1)

            // The arbiter says that the rule was right: it was no misroute.
            _ = try await PlaceRequest(region.surroundings)(
                reference,
                place: PlaceInput(),
                body: maplewater.id,
                reason: LocalizedText(english: "The bridge is regional.", french: "Le pont est régional."),
                by: "staff:arbiter"
            )
            try await region.deliverAll()
            #expect(try await queue().isEmpty)
            figure = try #require(try await rate(from: start, until: end).first { $0.rule == rule })
            #expect(figure.misrouted == 0)
            let words = try await region.history(reference, in: "brindle-bay").compactMap(\.description?.english)
            #expect(words.contains { $0.contains("The bridge is regional.") }, "\(words)")
        }
    }

    @Test("A picture fetched after the hand-over follows it; what the holder added itself stays")
    func pictures() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let address = "https://photos.example/1.jpg"
            let reference = try await region.take(
                try region.intake(answers: answers, media: [address]),
                to: "brindle-bay"
            ).reference
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.mediaURLs == [address])
            let photo = PhotoStore.Photo(id: String(repeating: "a", count: 64), bytes: 9, contentType: "image/jpeg")
            try await KeepPhoto(surroundings: region.surroundings)(
                photo,
                PhotoMessage(reference: reference, url: address, position: 0),
                at: try await region.tenant("brindle-bay")
            )
            try await region.deliverAll()
            let kept = region.surroundings.settings.photoURL(photo.id)
            #expect(try await region.row(reference, in: "brindle-bay")?.mediaURLs == [kept])
            #expect(try await region.row(reference, in: "maplewater")?.mediaURLs == [kept])
        }
    }
}
