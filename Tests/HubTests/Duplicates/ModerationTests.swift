import Domain
import Foundation
import Hub
import Storage
import TestSupport
import Testing

private let rude = "The idiot at 705-555-0123 is a fucking crook"

extension DemonstrationRegion {
    /// A request of the town with words, and a photo at an address of somebody else.
    fileprivate func report(_ description: String, photos: [String] = [], address: String? = nil) async throws
        -> Receipt
    {
        let answers = try await required("RD-POTH", of: "brindle-bay")
        return try await take(
            try intake(
                at: Place.localStreet,
                address: address,
                description: description,
                answers: answers,
                media: photos
            ),
            to: "brindle-bay"
        )
    }

    fileprivate func seen(_ reference: RequestReference, in id: String = "brindle-bay") async throws -> ReadableRequest
    {
        guard
            let read = try await ReadServiceRequest(surroundings)(
                reference.rawValue,
                in: try await tenant(id),
                withHistory: true
            )
        else { throw Missing(what: "\(reference)") }
        return read
    }

    /// Every word that the public reads of a request, one below the other.
    fileprivate func everythingPublic(_ reference: RequestReference) async throws -> String {
        let seen = try await seen(reference)
        let feed = try await ListUpdates(surroundings)(
            .distantPast ... .distantFuture,
            in: try await tenant("brindle-bay")
        )
        let texts =
            seen.events.compactMap(\.description?.english) + seen.updates.map { $0.publicDescription(.english) }
            + feed.map { $0.publicDescription(.english) } + feed.flatMap(\.publicMediaURLs) + [
                seen.request.statusNotes ?? ""
            ]
        return texts.joined(separator: "\n")
    }

    fileprivate func decide(
        _ decision: DecidePublication.Decision,
        _ reference: RequestReference,
        _ subject: DecidePublication.Subject = .everythingHeld,
        at id: String = "brindle-bay"
    ) async throws {
        try await DecidePublication(surroundings)(
            decision,
            subject,
            of: reference,
            at: try await tenant(id),
            by: "staff:kim"
        )
    }

    /// The same tenant with another policy.
    fileprivate func publish(_ policy: PublicationPolicy, at id: String) async throws {
        let old = try await tenant(id).configuration
        let tenant = old.tenant
        try await put(
            TenantConfiguration(
                tenant: Tenant(
                    id: tenant.id,
                    code: tenant.code,
                    tier: tenant.tier,
                    name: tenant.name,
                    timeZone: tenant.timeZone,
                    languages: tenant.languages,
                    contact: tenant.contact,
                    callNumber: tenant.callNumber,
                    departments: tenant.departments,
                    policies: TenantPolicies(publication: policy)
                ),
                catalogue: old.catalogue,
                calendar: old.calendar,
                forwarding: old.forwarding,
                moderation: old.moderation
            )
        )
    }
}

@Suite("What the public may see")
struct ModerationTests {
    @Test(
        "Words in which the rules find something wait for a person; everywhere a neutral sentence stands in their place"
    )
    func held() async throws {
        try await withRegion { region in
            let plain = try await region.report("A deep hole by the curb")
            let receipt = try await region.report(
                rude,
                photos: ["https://pictures.example/1.jpg"],
                address: "beside 705-555-0123"
            )
            #expect(try await region.seen(plain.reference).request.description == "A deep hole by the curb")
            let seen = try await region.seen(receipt.reference)
            #expect(seen.request.description == NeutralSentence.description.english)
            #expect(seen.request.mediaURLs.isEmpty)
            #expect(seen.request.address == nil)
            let tracked = try #require(try await TrackRequest(region.surroundings)(receipt.reference))
            #expect(tracked.request.description == NeutralSentence.description.english)
            let stored = try #require(try await region.row(receipt.reference, in: "brindle-bay"))
            #expect(stored.description == rude, "staff read it")
            #expect(stored.publicDescription(.french) == NeutralSentence.description.french)

            let town = try await region.tenant("brindle-bay")
            let waiting = try await ListModeration(region.surroundings)(of: town)
            #expect(waiting.map(\.item.piece).sorted() == [.description, .address, .photo(0)].sorted())
            let words = try #require(waiting.first { $0.item.piece == .description })
            #expect(words.content == rude)
            #expect(words.item.reasons == ["contact", "profanity"])
            #expect(try await ListModeration(region.surroundings)(of: try await region.tenant("cobbleford")).isEmpty)
        }
    }

    @Test("Released it is public, rejected it never is, and who decided stands in the history that staff read")
    func decided() async throws {
        try await withRegion { region in
            let receipt = try await region.report(rude, photos: ["https://pictures.example/1.jpg"])
            try await region.decide(.release, receipt.reference, .init(piece: .photo(0)))
            try await region.decide(.reject, receipt.reference)
            let seen = try await region.seen(receipt.reference)
            #expect(seen.request.mediaURLs == ["https://pictures.example/1.jpg"])
            #expect(seen.request.description == NeutralSentence.description.english)
            #expect(!seen.events.contains { $0.kind == .moderated }, "an internal entry leaves by no channel")
            let entries = try await region.history(receipt.reference, in: "brindle-bay").filter {
                $0.kind == .moderated
            }
            #expect(entries.map(\.actor) == ["staff:kim", "staff:kim"])
            #expect(entries.map { $0.details["decision"] } == ["release", "reject"])
            await #expect(throws: DecidePublication.Fault.nothingHeld) {
                try await region.decide(.release, receipt.reference)
            }
            await #expect(throws: Publication.NothingToDecide.self) {
                try await region.decide(.reject, receipt.reference, .init(piece: .description))
            }
            try await region.decide(.release, receipt.reference, .init(piece: .description))
            #expect(try await region.seen(receipt.reference).request.description == rude)
            // What was public from the beginning can be taken back by a person.
            let plain = try await region.report("Mrs. Smith of number 12 did it")
            try await region.decide(.reject, plain.reference, .init(piece: .description))
            #expect(try await region.seen(plain.reference).request.description == NeutralSentence.description.english)
            await #expect(throws: UnknownRequest.self) {
                try await region.decide(.release, plain.reference, .init(piece: .description), at: "cobbleford")
            }
        }
    }

    @Test("A copy at another tenant shows the neutral sentence too, and follows when a person decides")
    func copies() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let receipt = try await region.take(
                try region.intake(description: rude, answers: answers),
                to: "brindle-bay"
            )
            try await region.deliverAll()
            _ = try await AnswerOffer(region.surroundings)(
                receipt.reference,
                at: try await region.tenant("maplewater"),
                by: "staff:lee"
            )
            try await region.deliverAll()
            for id in ["brindle-bay", "maplewater"] {
                #expect(
                    try await region.seen(receipt.reference, in: id).request.description
                        == NeutralSentence.description.english
                )
            }
            try await region.decide(.release, receipt.reference)
            try await region.deliverAll()
            for id in ["brindle-bay", "maplewater"] {
                #expect(try await region.seen(receipt.reference, in: id).request.description.hasPrefix(rude), "\(id)")
            }
            try await region.decide(.reject, receipt.reference, .init(piece: .description), at: "maplewater")
            try await region.deliverAll()
            #expect(
                try await region.seen(receipt.reference).request.description == NeutralSentence.description.english
            )
        }
    }

    @Test("A message of other software is held the same way; released, its words stand in history and feed")
    func updates() async throws {
        try await withRegion { region in
            let receipt = try await region.report("A deep hole by the curb")
            let town = try await region.tenant("brindle-bay")
            let posted = try await PostUpdate(region.surroundings)(
                UpdateIntake(
                    requestID: receipt.reference.rawValue,
                    clientUpdateID: "1",
                    status: .inProgress,
                    updatedAt: region.clock.now,
                    description: rude,
                    mediaURLs: ["https://pictures.example/2.jpg"]
                ),
                in: town,
                client: ClientIdentity(id: "app")
            )
            guard case .recorded(let id) = posted else {
                Issue.record("\(posted)")
                return
            }
            let before = try await region.everythingPublic(receipt.reference)
            #expect(!before.contains("crook") && !before.contains("2.jpg"))
            #expect(before.contains(NeutralSentence.message.english))
            #expect(
                try await region.row(receipt.reference, in: "brindle-bay")?.step == .workAssigned,
                "the step counts"
            )
            try await region.decide(.release, receipt.reference, .init(updateID: id))
            let after = try await region.everythingPublic(receipt.reference)
            #expect(after.contains(rude) && after.contains("2.jpg"))
            let history = try await region.seen(receipt.reference).events
            #expect(history.last { $0.kind == .updated }?.description?.english == rude)
        }
    }

    @Test(
        "The tenant's policy decides what waits",
        arguments: [
            // policy, words, pieces that wait
            (PublicationPolicy.immediate, rude, [] as [Withheld.Piece]),
            (.afterRelease, "A deep hole", [.description, .photo(0)]),
            (.byRule, "A deep hole", [.photo(0)]),
            (.byRule, rude, [.description, .photo(0)]),
        ]
    )
    func policies(policy: PublicationPolicy, words: String, pieces: [Withheld.Piece]) async throws {
        try await withRegion { region in
            try await region.publish(policy, at: "brindle-bay")
            let receipt = try await region.report(words, photos: ["https://pictures.example/1.jpg"])
            let row = try #require(try await region.row(receipt.reference, in: "brindle-bay"))
            #expect(row.withheld == Withheld(Set(pieces)))
        }
    }

    @Test("An internal note is read by staff and leaves by no public way")
    func internalNotes() async throws {
        try await withRegion { region in
            let receipt = try await region.report("A deep hole by the curb")
            let (secret, now) = ("note-canary-4471", region.clock.now)
            try await region.inside("brindle-bay") { transaction in
                let events = RequestEvents(transaction)
                try await events.append(
                    RequestEvent(
                        sequence: try await events.nextSequence(of: receipt.reference),
                        at: now,
                        kind: .noted,
                        actor: "staff:kim",
                        isPublic: false,
                        description: LocalizedText(same: secret)
                    ),
                    to: receipt.reference
                )
            }
            let seen = try await region.seen(receipt.reference)
            #expect(!"\(seen.events)".contains(secret))
            let tracked = try #require(try await TrackRequest(region.surroundings)(receipt.reference))
            #expect(!"\(tracked.history)".contains(secret))
            let stored = try await region.history(receipt.reference, in: "brindle-bay")
            #expect(stored.contains { $0.description?.english == secret })
        }
    }

    @Test("A photo that was fetched takes the place of its address and stays withheld")
    func fetchedPhoto() async throws {
        try await withRegion { region in
            let receipt = try await region.report("A deep hole", photos: ["https://pictures.example/1.jpg"])
            try await region.inside("brindle-bay") { transaction in
                var row = try #require(try await ServiceRequests(transaction).readForUpdate(receipt.reference))
                row.mediaURLs[0] = "https://311.maplewater.example/photos/abc.jpg"
                try await ServiceRequests(transaction).saveLocked(row)
            }
            #expect(try await region.seen(receipt.reference).request.mediaURLs.isEmpty)
        }
    }
}
