import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Telling people")
struct TellingTests {
    static let ann = Requester(email: "ann@example.org")

    @Test(
        "Who leaves an address hears each step once, in order, in the language of the report, with one and the same thread of links"
    )
    func everyStep() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            var intake = try region.intake("RD-SWALK", at: Place.localStreet, contact: Self.ann)
            intake.answers = Answers(try await region.required("RD-SWALK", of: "brindle-bay"))
            intake.language = .french
            let reference = try await region.take(intake, to: "brindle-bay").reference
            try await region.deliverAll(by: teller)
            for step in [RequestStep.review, .assignWork, .assignWork, .complete(.fixed), .reopen] {
                region.clock.advance(by: 3600)
                try await region.step(step, reference, at: "brindle-bay")
                try await region.deliverAll(by: teller)
            }
            #expect(
                box.mails.map(\.subject) == [
                    "Nous avons reçu votre signalement \(reference)", "Une personne a lu \(reference)",
                    "Travail attribué\u{A0}: \(reference)", "Terminée\u{A0}: \(reference)",
                    "Rouverte\u{A0}: \(reference)",
                ]
            )
            #expect(Set(box.mails.map(\.to)) == ["ann@example.org"])
            #expect(Set(box.mails.map(\.deliveryKey)).count == 5)
            #expect(
                box.mails.allSatisfy { $0.unsubscribe?.hasPrefix("https://311.maplewater.example/fr/news/bb-") == true }
            )
            #expect(box.mails[3].text.contains("Résultat\u{A0}: Réparé"))
            #expect(box.mails[3].text.contains("/fr/survey/bb-"))
            #expect(box.mails[3].html?.contains("<html lang=\"fr-CA\">") == true)
        }
    }

    @Test(
        "Without a mail server nothing is tried and nothing is lost; what waited six hours is sent once each, in order"
    )
    func waiting() async throws {
        let box = Postbox()
        try await withRegion { region in
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            try await region.step(.review, reference, at: "brindle-bay")
            try await region.deliverAll()
            let waiting = try await region.messages(in: "brindle-bay", state: .new)
            #expect(waiting.map(\.attempts) == [0, 0])
            // Now there is one, and it is down for six hours.
            let down = Postbox()
            for _ in 0..<200 { down.next(.notNow("no connection")) }
            for _ in 0..<12 {
                try await region.deliverAll(by: region.teller(down))
                region.clock.advance(by: 1800)
            }
            #expect(!down.mails.isEmpty)
            region.clock.advance(by: 3700)
            try await region.deliverAll(by: region.teller(box))
            #expect(
                box.mails.map(\.subject) == ["We received your report \(reference)", "A person has read \(reference)"]
            )
            #expect(Set(down.mails.map(\.deliveryKey)).isSubset(of: Set(box.mails.map(\.deliveryKey))))
            #expect(try await region.messages(in: "brindle-bay", state: .sent).count == 2)
        }
    }

    @Test(
        "A mail of which nobody knows whether it arrived is sent again under the same Message-ID, or left to an operator"
    )
    func doubt() async throws {
        let box = Postbox()
        try await withRegion { region in
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
            _ = try await region.take(intake, to: "brindle-bay")
            box.next(.uncertain("no answer"))
            try await region.deliverAll(by: region.teller(box))
            #expect(try await region.messages(in: "brindle-bay", state: .uncertain).count == 1)
            region.clock.advance(by: 120)
            try await region.deliverAll(by: region.teller(box))
            #expect(box.mails.count == 2)
            #expect(Set(box.mails.map(\.deliveryKey)).count == 1)
            #expect(box.mails[0].date == box.mails[1].date)
            #expect(try await region.messages(in: "brindle-bay", state: .sent).count == 1)
        }
    }

    @Test(
        "A subject holds the reference and nothing of the matter, the place or the person, in every event and language"
    )
    func subjects() {
        for event in TellingEvent.allCases {
            let template = BuiltInMessages.of(event)
            for language in Language.allCases {
                let blanks = MessageBlank.names(in: template.subject[language])
                #expect(blanks == ["ref"], "\(event) \(language)")
                #expect(template.subject[language].count <= 60)
            }
        }
    }

    @Test("A confidential matter is told without its type, its place and its reason")
    func confidential() async throws {
        let box = Postbox()
        try await withRegion { region in
            let tenant = try await region.tenant("brindle-bay")
            let service = try #require(tenant.service(ServiceCode(trusted: "BY-NOISE"), at: region.clock.now))
            #expect(service.visibility == .confidential)
            let answers = try await region.required(service.code.rawValue, of: "brindle-bay")
            let intake = try region.intake(
                service.code.rawValue,
                at: Place.localStreet,
                address: "12 Main Street",
                answers: answers,
                contact: Requester(email: "ann@example.org", phone: "705-555-0199")
            )
            _ = try await region.take(intake, to: "brindle-bay")
            try await region.deliverAll(by: region.teller(box))
            let mail = try #require(box.mails.first)
            #expect(!mail.text.contains(service.name.english))
            #expect(!mail.text.contains("12 Main Street"))
            #expect(mail.html?.contains("12 Main Street") == false)
        }
    }

    @Test("A telephone number alone is not texted; who chose text messages gets them, and no mail")
    func channels() async throws {
        let box = Postbox()
        try await withRegion { region in
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            for contact in [
                Requester(phone: "705-555-0199"),
                Requester(email: "ann@example.org", wantsNews: false),
                Requester(email: "ann@example.org", phone: "705-555-0199", preferredChannel: .sms),
            ] {
                let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: contact)
                _ = try await region.take(intake, to: "brindle-bay")
            }
            try await region.deliverAll(by: region.teller(box))
            #expect(box.mails.isEmpty)
            #expect(box.texts.map(\.to) == ["+17055550199"])
            #expect(box.texts.first?.text.contains("STOP") == true)
        }
    }

    @Test("What another body did is told once, by the tenant where the request was born")
    func handedOver() async throws {
        let box = Postbox()
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let teller = region.teller(box)
            try await region.deliverAll(by: teller)
            let maplewater = try await region.tenant("maplewater")
            _ = try await AnswerOffer(region.surroundings)(reference, at: maplewater, by: "staff:1")
            try await region.deliverAll(by: teller)
            try await region.step(.assignWork, reference, at: "maplewater")
            try await region.deliverAll(by: teller)
            region.clock.advance(by: 3600)
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.deliverAll(by: teller)
            #expect(
                box.mails.map(\.subject) == [
                    "We received your report \(reference)", "Who looks after \(reference) now",
                    "Work assigned: \(reference)", "Completed: \(reference)",
                ]
            )
            #expect(Set(box.mails.map(\.tenant.rawValue)) == ["BB"])
            #expect(
                box.mails[1].text.contains("The Regional Municipality") || box.mails[1].text.contains("looks after")
            )
        }
    }

    @Test(
        "A stranger gets three mails an hour of the whole hub, whoever makes the reports; the rest says that it was held back"
    )
    func strangers() async throws {
        let box = Postbox()
        try await withRegion { region in
            for (town, place) in [
                ("brindle-bay", Place.localStreet), ("dunmore-mills", Place.dunmoreStreet),
            ] {
                let answers = try await region.required("RD-SWALK", of: town)
                for _ in 0..<4 {
                    let victim = Requester(email: "Victim@Example.org")
                    let intake = try region.intake("RD-SWALK", at: place, answers: answers, contact: victim)
                    _ = try await region.take(intake, to: town)
                }
            }
            try await region.deliverAll(by: region.teller(box))
            #expect(box.mails.count == 3)
            let rows =
                try await region.messages(in: "brindle-bay", state: .sent)
                + region.messages(in: "dunmore-mills", state: .sent)
            #expect(rows.count == 8)
            #expect(rows.filter { $0.answer?.text.contains("withheld") == true }.count == 5)
            // What staff did is no work of whoever named the address: it waits for its turn.
            let reference = RequestReference(trusted: String(rows[0].item.orderKey.prefix { $0 != "/" }))
            try await region.step(.review, reference, at: "brindle-bay")
            try await region.deliverAll(by: region.teller(box))
            #expect(box.mails.count == 3)
            region.clock.advance(by: 3700)
            try await region.deliverAll(by: region.teller(box))
            #expect(box.mails.last?.subject == "A person has read \(reference)")
        }
    }

    @Test("News of a day in one mail for who wants it so; nothing of it is sent after the person has ended it")
    func digest() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            var references: [RequestReference] = []
            for _ in 0..<2 {
                let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
                references.append(try await region.take(intake, to: "brindle-bay").reference)
                try await region.deliverAll(by: teller)
                let token = try #require(box.token("news"))
                let held = try await ManageSubscription(region.surroundings).change(token, to: .daily)
                #expect(held?.subscription.digestMinutes == 1440)
            }
            #expect(box.mails.count == 2)
            for reference in references {
                try await region.step(.review, reference, at: "brindle-bay")
                try await region.step(.complete(.notFound), reference, at: "brindle-bay")
            }
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 2)
            region.clock.advance(by: 24 * 3600)
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 3)
            let digest = try #require(box.mails.last)
            #expect(digest.subject == "News of your requests: 4")
            for reference in references {
                #expect(digest.text.contains("\(reference) is completed. Outcome: Not found."))
            }
        }
    }

    @Test("One click ends it, those that wait included; it may come twice, and nothing but the link is needed")
    func unsubscribe() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            try await region.deliverAll(by: teller)
            try await region.step(.review, reference, at: "brindle-bay")
            let token = try #require(box.token("news"))
            let manage = ManageSubscription(region.surroundings)
            #expect(try await manage.change(token, to: .stop)?.subscription.state == .stopped)
            #expect(try await manage.change(token, to: .stop)?.subscription.state == .stopped)
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 1)
            #expect(try await manage.confirm(token) == nil)
            #expect(try await manage.look(token + "x", .manage) == nil)
            #expect(try await manage.look(token.replacing("bb-", with: "cf-"), .manage) == nil)
        }
    }

    @Test(
        "An address that a server says does not exist is written to no more; a report that names no mail of ours to it changes nothing"
    )
    func bounce() async throws {
        let box = Postbox()
        try await withRegion { region in
            let teller = region.teller(box)
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let intake = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
            let reference = try await region.take(intake, to: "brindle-bay").reference
            try await region.deliverAll(by: teller)
            let key = try #require(box.mails.first?.deliveryKey).uuidString.lowercased()
            let hear = HearBounce(region.surroundings)
            func failure(_ address: String, gone: Bool = true) -> FailedDelivery {
                FailedDelivery(address: address, addressIsGone: gone, reason: "5.1.1 unknown")
            }
            let id = "<\(key).bb@hub.example>"
            #expect(try await hear(messageID: "<\(UUID()).bb@hub.example>", [failure("ann@example.org")]) == .ignored)
            #expect(try await hear(messageID: "<\(key).cf@hub.example>", [failure("ann@example.org")]) == .ignored)
            #expect(try await hear(messageID: id, [failure("bob@example.org")]) == .ignored)
            #expect(try await hear(messageID: id, [failure("ann@example.org", gone: false)]) == .noted)
            #expect(try await hear(messageID: id, [failure("Ann@example.org")]) == .ended)
            try await region.step(.review, reference, at: "brindle-bay")
            let other = try region.intake("RD-SWALK", at: Place.localStreet, answers: answers, contact: Self.ann)
            _ = try await region.take(other, to: "brindle-bay")
            try await region.deliverAll(by: teller)
            #expect(box.mails.count == 1)
        }
    }
}
