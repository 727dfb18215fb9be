import Foundation
import Testing

@testable import Domain

@Suite("Messages in words")
struct WrittenMessageTests {
    private static let body = BodyName(
        plain: LocalizedText(english: "Town of Lakeside", french: "Ville de Lakeside"),
        withArticle: LocalizedText(english: "the Town of Lakeside", french: "la Ville de Lakeside"),
        afterDe: LocalizedText(english: "of the Town of Lakeside", french: "de la Ville de Lakeside"),
        afterA: LocalizedText(english: "to the Town of Lakeside", french: "à la Ville de Lakeside")
    )

    private func written(_ facts: NewsFacts, _ language: Language) -> WrittenMessage {
        WrittenMessage(
            BuiltInMessages.of(facts.event),
            facts,
            sender: Self.body.plain[language],
            language: language,
            zone: TimeZone(identifier: "America/Toronto") ?? .gmt,
            link: "https://hub.example/en/requests/LS-7K3QF-2M9V",
            survey: nil
        )
    }

    private func facts(_ event: TellingEvent) -> NewsFacts {
        NewsFacts(
            reference: RequestReference(trusted: "LS-7K3QF-2M9V"),
            event: event,
            at: Date(timeIntervalSince1970: 1_781_618_400),
            body: Self.body
        )
    }

    @Test("a paragraph whose blank has no value is left out as a whole")
    func omitted() {
        var late = facts(.late)
        #expect(written(late, .english).paragraphs.first == "LS-7K3QF-2M9V takes longer than promised.")
        #expect(!written(late, .english).paragraphs.contains { $0.contains("Reason") || $0.contains("date") })
        late.completeDue = Date(timeIntervalSince1970: 1_781_618_400 + 7 * 86_400)
        late.note = LocalizedText(english: "Rain", french: "Pluie")
        #expect(written(late, .english).paragraphs.contains("New date: June\u{A0}23, 2026."))
        #expect(written(late, .french).paragraphs.contains("Nouvelle date\u{A0}: 23\u{A0}juin 2026."))
        #expect(written(late, .french).paragraphs.contains("Raison\u{A0}: Pluie"))
    }

    @Test(
        "every event has words in both languages with the reference in the subject, and no blank stays open",
        arguments: TellingEvent.allCases
    )
    func complete(_ event: TellingEvent) {
        for language in Language.allCases {
            let message = written(facts(event), language)
            #expect(message.subject.contains("LS-7K3QF-2M9V"))
            #expect(!message.paragraphs.isEmpty)
            #expect(message.paragraphs.allSatisfy { !$0.contains("{") })
            #expect(message.paragraphs.last?.contains("https://hub.example/") == true)
            #expect(!message.sms.isEmpty && !message.sms.contains("{"))
        }
        let template = BuiltInMessages.of(event)
        for text in [template.subject, template.text, template.sms] {
            let unknown = (MessageBlank.names(in: text.english) + MessageBlank.names(in: text.french))
                .filter { MessageBlank(rawValue: $0) == nil }
            #expect(unknown == [])
        }
    }

    @Test("what somebody wrote fills no blank and ends no line of a subject or text message")
    func hostile() {
        var done = facts(.completed)
        done.outcome = "fixed"
        done.note = LocalizedText(same: "{link} {ref}\r\nBcc: x@y.example")
        let message = written(done, .english)
        #expect(message.paragraphs.contains("{link} {ref}\r\nBcc: x@y.example"))
        #expect(!message.subject.contains { $0.isNewline })
        #expect(!message.sms.contains { $0.isNewline })
        #expect(WrittenMessage.oneLine("a\r\nb\u{2028}c\0d") == "a b c d")
    }

    @Test("every outcome has words of its own")
    func outcomes() {
        for outcome in Outcome.allCases { #expect(OutcomeWords.has(outcome), "\(outcome)") }
    }

    @Test("a body at the beginning of a sentence begins with a capital")
    func capital() {
        #expect(written(facts(.rerouted), .french).paragraphs.first?.hasPrefix("La Ville de Lakeside s’occupe") == true)
    }

    @Test(
        "words of one text message are understood in both languages, with accents, points and case",
        arguments: [
            ("STOP", TextKeyword.stop), ("stop.", .stop), (" Arrêt ", .stop), ("ARRET", .stop), ("Désabonner", .stop),
            ("start", .start), ("Début", .start), ("AIDE", .help), ("info", .help),
        ]
    )
    func keywords(_ text: String, _ keyword: TextKeyword) {
        #expect(TextKeyword(text) == keyword)
    }

    @Test("other texts are no such word", arguments: ["", "stop the truck", "non", "🛑", "arrêtez le bruit svp"])
    func noKeywords(_ text: String) {
        #expect(TextKeyword(text) == nil)
    }
}
