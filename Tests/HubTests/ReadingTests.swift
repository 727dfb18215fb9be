import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Reading, listing and following")
struct ReadingTests {
    @Test("A list read lot by lot shows each request once, newest first, while others come in")
    func lots() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            var expected: [RequestReference] = []
            for _ in 0..<230 {
                region.clock.advance(by: 1)
                expected.append(
                    try await region.take(try region.intake(at: Place.localStreet, answers: answers), to: "brindle-bay")
                        .reference
                )
            }
            let town = try await region.tenant("brindle-bay")
            var lots = ListServiceRequests(region.surroundings)(
                RequestFilter(readableAt: region.clock.now),
                page: 1,
                pageSize: 220,
                in: town
            )
            var listed: [RequestReference] = []
            var sizes: [Int] = []
            while let lot = try await lots.next() {
                listed += lot.map(\.request.reference)
                sizes.append(lot.count)
                region.clock.advance(by: 1)
                _ = try await region.take(try region.intake(at: Place.localStreet, answers: answers), to: "brindle-bay")
            }
            #expect(sizes == [100, 100, 20])
            #expect(listed == Array(expected.reversed().prefix(220)))
            var rest = ListServiceRequests(region.surroundings)(
                RequestFilter(requested: .distantPast...region.clock.now, readableAt: region.clock.now),
                page: 3,
                pageSize: 100,
                withHistory: true,
                in: town
            )
            var last: [ReadableRequest] = []
            while let lot = try await rest.next() { last += lot }
            #expect(last.count == 33)
            #expect(last.allSatisfy { $0.events.map(\.kind) == [.received, .decided] })
        }
    }

    @Test("Who follows a request sees public things alone: no name, no note of staff, no forwarding")
    func tracking() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    channel: .web,
                    description: "Someone was hit by a car, unconscious",
                    answers: try await region.required("RD-POTH"),
                    contact: Requester(email: "ann@example.org", firstName: "Ann")
                )
            )
            #expect(receipt.notice?.english.contains("911") == true)
            let tracked = try #require(try await TrackRequest(region.surroundings)(receipt.reference))
            #expect(tracked.history.map(\.kind) == [.received, .decided])
            #expect(tracked.steps == [.received: region.clock.now])
            #expect(tracked.holder.plain.english == "Regional Municipality of Maplewater")
            let all = try await region.history(receipt.reference, in: "maplewater")
            #expect(all.map(\.kind).contains(.adviceGiven))
            let unknown = RequestReference.make(code: TenantCode(trusted: "MWR"))
            let foreign = RequestReference.make(code: TenantCode(trusted: "ZZ"))
            #expect(try await TrackRequest(region.surroundings)(unknown) == nil)
            #expect(try await TrackRequest(region.surroundings)(foreign) == nil)
        }
    }

    @Test(
        "An open offer shows to whom and until when; accepted, the holder; each step its first day since it was opened"
    )
    func steps() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let track = TrackRequest(region.surroundings)
            let offered = try #require(try await track(reference))
            #expect(offered.openOffer?.to.plain.english == "Regional Municipality of Maplewater")
            #expect(offered.holder.plain.english == "Town of Brindle Bay")
            try await region.deliverAll()
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: try await region.tenant("maplewater"),
                by: "staff:region"
            )
            let first = region.clock.now.addingTimeInterval(60)
            for _ in 0..<2 {
                region.clock.advance(by: 60)
                try await region.step(.assignWork, reference, at: "maplewater")
            }
            try await region.deliverAll()
            let tracked = try #require(try await track(reference))
            #expect(tracked.openOffer == nil)
            #expect(tracked.steps[.workAssigned] == first)
            #expect(tracked.steps[.reviewed] == first)
        }
    }

    @Test("Pictures elsewhere are queued, fetched, cleaned and shown from here; what is no picture is given up")
    func pictures() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    answers: try await region.required("RD-POTH"),
                    media: ["https://pictures.example/a.jpg", "https://pictures.example/b.html", "ftp://x/y"]
                )
            )
            let kinds = try await region.inside("maplewater") { transaction in
                try await Outbox(transaction).depths().filter { $0.target == "photo:pictures.example" }.map(\.count)
            }
            #expect(kinds == [2])
            var outside = OutsideDelivery.closed
            let picture = try #require(Data(base64Encoded: Self.onePixel))
            outside.picture = { $0.hasSuffix(".jpg") ? .bytes(picture) : .bytes(Data("<html>".utf8)) }
            try await region.deliverAll(by: ForwardServiceRequests(region.surroundings, outside: outside))
            let row = try #require(try await region.row(receipt.reference, in: "maplewater"))
            #expect(row.mediaURLs[0].hasPrefix("https://311.maplewater.example/photos/"))
            let attachments = try await region.inside("maplewater") { try await Attachments($0).of(receipt.reference) }
            #expect(attachments.count == 1)
            #expect(region.surroundings.photos.file(of: attachments[0].contentHash) != nil)
            let dead = try await region.inside("maplewater") { try await Outbox($0).listed(.dead, limit: 10) }
            #expect(dead.count == 1)
        }
    }

    private static let onePixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
}
