import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Following and notices")
struct FollowingTests {
    @Test("Who follows confirms first; the link is used once and within two days; then news come until they are ended")
    func doubleOptIn() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            let follow = FollowRequest(region.surroundings)
            #expect(
                try await follow(reference, email: "no address", language: .english)
                    == .refused(IntakeCheck.addressFault)
            )
            #expect(try await follow(reference, email: "bob@example.org", language: .french) == .asked)
            try await region.step(.review, reference, at: "brindle-bay")
            try await region.deliverAll(by: teller)
            #expect(box.mails.map(\.subject) == ["Voulez-vous recevoir ces messages?"])
            #expect(box.mails.first?.unsubscribe == nil)
            let token = try #require(box.token("news/confirm"))
            let manage = ManageSubscription(region.surroundings)
            #expect(try await manage.look(token, .manage) == nil)
            #expect(try await manage.confirm(token)?.subscription.state == .active)
            #expect(try await manage.confirm(token) == nil)
            try await region.step(.assignWork, reference, at: "brindle-bay")
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 2)
            #expect(box.mails.last?.text.contains("vous suivez \(reference)") == true)
            // Again: nothing is sent to who follows already, and nobody learns it from the answer.
            #expect(try await follow(reference, email: "BOB@example.org", language: .french) == .asked)
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 2)
        }
    }

    @Test("A link that is too old confirms nothing")
    func tooOld() async throws {
        let box = Postbox()
        try await withRegion { region in
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            _ = try await FollowRequest(region.surroundings)(reference, email: "bob@example.org", language: .english)
            try await region.deliverAll(by: region.teller(box))
            let token = try #require(box.token("news/confirm"))
            region.clock.advance(by: 49 * 3600)
            #expect(try await ManageSubscription(region.surroundings).confirm(token) == nil)
        }
    }

    @Test("Notices of planned work reach who asked for the street or the town, each once, and nobody at the next town")
    func notices() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let manage = ManageSubscription(region.surroundings)
            let follow = FollowRequest(region.surroundings)
            let wishes: [(String, Subscription.Subject, String)] = [
                ("brindle-bay", .street(RoadNameKey("Main St.").text), "bob@example.org"),
                ("brindle-bay", .area("brindle-bay"), "bob@example.org"),
                ("brindle-bay", .street(RoadNameKey("Queen Street").text), "cat@example.org"),
                ("cobbleford", .street(RoadNameKey("Main Street").text), "dan@example.org"),
            ]
            for (town, subject, email) in wishes {
                let tenant = try await region.tenant(town)
                #expect(try await follow(notices: subject, email: email, language: .english, at: tenant) == .asked)
                try await region.deliverAll(by: teller)
                #expect(try await manage.confirm(try #require(box.token("news/confirm"))) != nil)
            }
            let before = box.mails.count
            let notice = WorkNotice(
                title: LocalizedText(english: "New water main", french: "Nouvelle conduite d’eau"),
                words: LocalizedText(english: "One lane stays open.", french: "Une voie reste ouverte."),
                areas: ["brindle-bay"],
                streets: [RoadNameKey("main street").text],
                startsOn: try CalendarDay("2026-07-06"),
                endsOn: try CalendarDay("2026-07-10"),
                publishedAt: region.clock.now,
                publishedBy: "staff:1"
            )
            let told = try await PublishWorkNotice(region.surroundings)(
                notice,
                at: try await region.tenant("brindle-bay")
            )
            #expect(told == 1)
            try await region.deliverAll(by: teller)
            #expect(box.mails.dropFirst(before).map(\.to) == ["bob@example.org"])
            #expect(box.mails.last?.subject == "Planned work: New water main")
            #expect(
                try await PublishWorkNotice(region.surroundings).current(at: try await region.tenant("cobbleford"))
                    .isEmpty
            )
        }
    }

    @Test("The questions after the end are answered once by each person, and counted at their tenant alone")
    func survey() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let contact = Requester(email: "ann@example.org")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: contact)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            try await region.deliverAll(by: teller)
            let token = try #require(box.token("survey"))
            let survey = AnswerSurvey(region.surroundings)
            guard case .refused(let faults) = try await survey(token, solved: "maybe", score: "6", words: nil) else {
                Issue.record("taken, though nothing was chosen")
                return
            }
            #expect(faults.map(\.field) == ["solved", "score"])
            #expect(try await survey(token, solved: "partly", score: "4", words: "Fast") == .taken)
            #expect(try await survey(token, solved: "no", score: "1", words: nil) == .again)
            #expect(try await survey(token + "A", solved: "no", score: "1", words: nil) == .unknown)
            let day = region.clock.now
            let counts = try await survey.counts(at: try await region.tenant("brindle-bay"), from: day, to: day)
            #expect(counts.map(\.answers) == [1])
            #expect(counts.map(\.meanScore) == [4])
            #expect(try await survey.counts(at: try await region.tenant("cobbleford"), from: day, to: day).isEmpty)
        }
    }

    @Test(
        "STOP from a telephone ends text messages of every tenant, START begins them again, a repetition does nothing"
    )
    func stop() async throws {
        let box = Postbox()
        try await withRegion { region in
            let hear = HearText(region.surroundings)
            let contact = Requester(phone: "(705) 555-0199", preferredChannel: .sms)
            func report(_ town: String, _ place: (Double, Double)) async throws {
                let answers = try await region.required("RD-SWALK", of: town)
                _ = try await region.take(
                    try region.intake("RD-SWALK", at: place, answers: answers, contact: contact),
                    to: town
                )
                try await region.deliverAll(by: region.teller(box))
            }
            try await report("brindle-bay", Place.localStreet)
            #expect(box.texts.count == 1)
            #expect(try await hear(source: "a", messageID: "1", from: "+17055550199", text: " Arrêt. ") != nil)
            #expect(try await hear(source: "a", messageID: "1", from: "+17055550199", text: "Arrêt") == nil)
            try await report("dunmore-mills", Place.dunmoreStreet)
            #expect(box.texts.count == 1)
            #expect(try await hear(source: "a", messageID: "2", from: "+17055550199", text: "start") != nil)
            try await report("dunmore-mills", Place.dunmoreStreet)
            #expect(box.texts.count == 2)
        }
    }

    @Test(
        "A program hears all public news of its tenant, a new request among them, signed with its own secret, and nobody's name"
    )
    func programs() async throws {
        let box = Postbox()
        try await withRegion { region in
            let tenant = try await region.tenant("brindle-bay")
            let programs = NamePrograms(region.surroundings)
            let (id, secret) = try await programs.add("https://works.example/hear", at: tenant)
            for (town, place) in [("brindle-bay", Place.localStreet), ("dunmore-mills", Place.dunmoreStreet)] {
                let answers = try await region.required("RD-SWALK", of: town)
                let contact = Requester(phone: "705-555-0199", firstName: "Ann")
                let intake = try region.intake("RD-SWALK", at: place, answers: answers, contact: contact)
                let reference = try await region.take(intake, to: town).reference
                try await region.step(.complete(.fixed), reference, at: town)
            }
            try await region.deliverAll(by: region.teller(box))
            #expect(box.notices.map(\.url) == ["https://works.example/hear", "https://works.example/hear"])
            #expect(Set(box.notices.map(\.secret)) == [secret])
            let bodies = box.notices.map { String(decoding: $0.body, as: UTF8.self) }
            #expect(bodies.first?.contains(#""event":"received""#) == true)
            #expect(bodies.last?.contains(#""event":"completed""#) == true)
            #expect(bodies.allSatisfy { !$0.contains("Ann") && !$0.contains("0199") })
            #expect(try await programs.stop(id, at: tenant))
            #expect(try await programs.list(at: tenant).map(\.state) == [.stopped])
        }
    }
}
