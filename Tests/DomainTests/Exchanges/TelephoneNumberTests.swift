import Domain
import Testing

@Suite("A telephone number as it comes")
struct TelephoneNumberTests {
    static let whole = "+17055550100"

    @Test(
        "every usual spelling of a ten-digit number is the same number",
        arguments: [
            "+17055550100", "17055550100", "7055550100", "705-555-0100", "(705) 555-0100", "+1 (705) 555-0100",
            "705.555.0100", "705 555 0100", "1-705-555-0100", "+1-705-555-0100", "  +17055550100  ",
            "sip:+17055550100@10.0.0.1:5060;transport=udp", "sips:17055550100@host.example",
            "sip:7055550100@host;user=phone", "<sip:+17055550100@host.example>;tag=1",
            "\"Ann Lee\" <sip:+17055550100@host>", "tel:+1-705-555-0100", "tel:7055550100;phone-context=+1",
            "sip:%2B17055550100@host", "sip:+17055550100:secret@host", "705-555-0100 ext. 12", "705-555-0100 x12",
            "705-555-0100 poste 4", "705–555–0100", "705\u{A0}555\u{202F}0100", "\u{202A}+17055550100\u{202C}",
            "＋１７０５５５５０１００", "+17055550100@host.example",
            // What a query string makes of an unescaped plus.
            " 17055550100",
        ]
    )
    func spellings(_ text: String) {
        #expect(TelephoneNumber(text).national?.e164 == Self.whole, "\(text)")
    }

    @Test(
        "what is no ten-digit number is what it is",
        arguments: [
            ("311", TelephoneNumber.service("311")), ("911", .service("911")), ("sip:311@hub.example", .service("311")),
            ("tel:311;phone-context=+1", .service("311")), ("+1311", .service("311")), ("1911", .service("911")),
            ("*67", .short("*67")), ("#777", .short("#777")), ("12345", .short("12345")), ("310", .short("310")),
            ("+442079460000", .foreign("442079460000")), ("442079460000", .foreign("442079460000")),
            ("011442079460000", .foreign("442079460000")), (" 33123456789", .foreign("33123456789")),
            ("anonymous", .withheld), ("sip:anonymous@anonymous.invalid", .withheld),
            ("\"Anonymous\" <sip:Anonymous@anonymous.invalid>;tag=x", .withheld), ("Restricted", .withheld),
            ("unavailable", .withheld), ("", .withheld), ("   ", .withheld),
        ]
    )
    func kinds(_ text: String, _ expected: TelephoneNumber) {
        #expect(TelephoneNumber(text) == expected, "\(text)")
    }

    @Test("no text is the same as a withheld number") func none() {
        #expect(TelephoneNumber(nil) == .withheld)
    }

    @Test(
        "what can be no number says why",
        arguments: [
            ("555-0100", "seven digits"), ("70555501000", "11 digits"), ("105-555-0100", "begin with 2 to 9"),
            ("705-155-0100", "begin with 2 to 9"), ("705-555-O1OO", "characters"), ("+", "characters"),
            ("help", "characters"), ("7055550100; DROP TABLE", "ten"), (String(repeating: "7", count: 400), "longer"),
            ("\u{0}7055550100", "characters"), ("+1705555010", "10 digits"), ("sip:@host", "characters"),
        ]
    )
    func malformed(_ text: String, _ reason: String) {
        let number = TelephoneNumber(text)
        // A parameter after a semicolon is no part of the number.
        if text.contains(";") {
            #expect(number.national?.e164 == Self.whole)
            return
        }
        guard case .malformed(let why) = number else {
            // A user that is empty is nobody's number.
            #expect(number == .withheld, "\(text): \(number)")
            return
        }
        #expect(why.english.contains(reason), "\(text): \(why.english)")
        #expect(!why.french.isEmpty && why.french != why.english)
    }

    @Test("what goes into a log never tells one subscriber from another") func masked() {
        #expect(TelephoneNumber("+17055550100").masked == "+1705555····")
        #expect(TelephoneNumber("+442079460000").masked == "foreign")
        #expect(TelephoneNumber("311").masked == "311")
        #expect(TelephoneNumber("nonsense").masked == "malformed")
    }

    @Test("any text whatever gives an answer, and the international form gives the number back") func anything() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789+-() .;@<>:%*#xanosipte\u{A0}é").map { $0 }
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0...30)).map { _ in alphabet.randomElement(using: &generator) ?? "0" }
            )
            if let number = TelephoneNumber(text).national {
                #expect(TelephoneNumber(number.e164) == .national(number), "\(text)")
            }
        }
    }
}
