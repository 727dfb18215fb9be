import Domain
import Foundation
import TestSupport
import Testing

@testable import Postgres
@testable import Storage

@Suite("JSON written by hand")
struct WrittenJSONTests {
    static let texts = [
        "", "plain", "quote \" and \\ back", "line\nfeed\ttab\r\u{0}\u{1f}", "Réparé à l’œil 🚧", "</script>",
        "\u{7f}\u{85}",
    ]

    @Test("reads back as the value it was written from, for texts of every kind", arguments: texts)
    func roundTrip(text: String) throws {
        let answers: Answers = ["A": [text, "x"], "B": [], "C\(text.count)": [text]]
        #expect(try WrittenJSON.answers(answers).decode(as: Answers.self) == answers)
        let details = ["k": text, text: "v"]
        #expect(try WrittenJSON.details(details).decode(as: [String: String].self) == details)
        let words = LocalizedText(english: text, french: "fr \(text)")
        #expect(try WrittenJSON.text(words).decode(as: LocalizedText.self) == words)
    }

    @Test("is the same bytes as the encoder's where that sorts and escapes alike")
    func sameBytes() throws {
        #expect(WrittenJSON.answers([:]) == (try JSONValue(Answers())))
        let answers: Answers = ["B": ["two", "three"], "A": ["é"]]
        #expect(WrittenJSON.answers(answers) == (try JSONValue(answers)))
        #expect(WrittenJSON.details(["b": "1", "a": "2"]) == (try JSONValue(["b": "1", "a": "2"])))
        let words = LocalizedText(english: "e", french: "f")
        #expect(WrittenJSON.text(words) == (try JSONValue(words)))
    }

    @Test("of where a request stands is what its own encoding writes, in every state")
    func lives() throws {
        var reviewed = RequestLife.received
        _ = try reviewed.review(at: Sample.morning)
        let lives: [RequestLife] = [
            .received, .waitingForPlace, reviewed, .offered(to: .tenant(JurisdictionID(trusted: "brindle-bay"))),
        ]
        for life in lives {
            #expect(try WrittenJSON.life(life) == JSONValue(life))
            #expect(try WrittenJSON.life(life).decode(as: RequestLife.self) == life)
        }
    }
}
