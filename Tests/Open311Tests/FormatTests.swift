import Foundation
import Open311
import Testing

@Suite("Formats, dates and numbers")
struct FormatTests {
    @Test(
        "H1, H2: the extension picks the format, then Accept",
        arguments: [
            ("services.xml", "application/json", Format.xml, "services"),
            ("services.json", nil, .json, "services"),
            ("services.yaml", nil, nil, "services"),
            ("services.XML", nil, nil, "services"),
            ("services.", nil, nil, "services"),
            ("services", nil, .xml, "services"),
            ("services", "application/json, text/plain, */*", .json, "services"),
            ("services", "text/html,*/*", .xml, "services"),
            ("services", "application/json;q=0, text/xml", .xml, "services"),
            ("services", "Application/JSON; q=0.5", .json, "services"),
            ("BB-7K3QF-2M9X.json", nil, .json, "BB-7K3QF-2M9X"),
            ("a.b.xml", nil, .xml, "a.b"),
        ] as [(String, String?, Format?, String)]
    )
    func formats(piece: String, accept: String?, format: Format?, name: String) {
        let resource = ResourceName(piece)
        #expect(resource.format(accept: accept) == format)
        #expect(resource.name == name)
    }

    @Test("A2: content types name the encoding")
    func contentTypes() {
        #expect(Format.xml.contentType == "text/xml; charset=utf-8")
        #expect(Format.json.contentType == "application/json; charset=utf-8")
    }

    @Test(
        "L9, L11, L15: reads W3C date-times with a zone",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-03-01T09:00:00Z", 1_772_355_600),
            ("2026-03-01T09:00Z", 1_772_355_600),
            ("2026-03-01T09:00:00.999Z", 1_772_355_600),
            ("2026-03-01T04:00:00-05:00", 1_772_355_600),
            ("2026-03-01T14:30:00+05:30", 1_772_355_600),
            ("2026-03-01T14:30:00 05:30", 1_772_355_600),
            ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2000-02-29T00:00:00Z", 951_782_400),
            ("1969-12-31T23:59:59Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ]
    )
    func dates(text: String, seconds: Int) {
        #expect(WireDateTime.date(text) == Date(timeIntervalSince1970: Double(seconds)))
    }

    @Test(
        "L15: refuses every other date",
        arguments: [
            "", "2026-03-01", "2026-03-01T09:00:00", "2026-03-01T09Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+0500", "2026-01-01T00:00:00+15:00", "2026-01-01T00:00:00+05:60",
            "2026-01-01 00:00:00Z", "2026-01-01T00:00:00z", "26-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
            " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00Zx", "yesterday", "1772355600",
            "２026-01-01T00:00:00Z", "2026-1-01T00:00:00Z", "+2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5.5Z",
        ]
    )
    func refusedDates(text: String) {
        #expect(WireDateTime.date(text) == nil)
    }

    @Test("A2: prints whole seconds, in UTC or with an offset")
    func printing() {
        let date = Date(timeIntervalSince1970: 1_772_355_600.9)
        #expect(WireDateTime.text(date) == "2026-03-01T09:00:00Z")
        #expect(WireDateTime.text(date, offset: -5 * 3600) == "2026-03-01T04:00:00-05:00")
        #expect(WireDateTime.text(date, offset: 19_800) == "2026-03-01T14:30:00+05:30")
        #expect(WireDateTime.text(Date(timeIntervalSince1970: -0.5)) == "1969-12-31T23:59:59Z")
    }

    @Test("L9: a printed time reads as itself, for any second of four thousand years")
    func roundTrip() {
        var random = SplitMix(seed: 311)
        for _ in 0..<5000 {
            let seconds = Int.random(in: -62_135_596_800...64_000_000_000, using: &random)
            let offset = Int.random(in: -14 * 60...14 * 60, using: &random) * 60
            let date = Date(timeIntervalSince1970: Double(seconds))
            let printed = WireDateTime.text(date, offset: offset)
            if seconds + offset > -62_135_596_800 {
                #expect(WireDateTime.date(printed) == date, "seed 311, \(printed)")
            }
        }
    }

    @Test(
        "E10: knows a plain decimal from what only some parsers take",
        arguments: [
            ("0", true), ("44.2051", true), ("-79", true), ("+5", true), ("007", true), ("0.0000001", true),
            ("NaN", false), ("1e400", false), ("1e3", false), ("12,5", false), ("0x10", false), ("inf", false),
            ("", false), (".", false), (".5", false), ("5.", false), ("1.2.3", false), ("--1", false), ("1-", false),
            (" 1", false), ("1 ", false), ("１", false), ("1_000", false), (String(repeating: "1", count: 65), false),
        ]
    )
    func decimals(text: String, isPlain: Bool) {
        #expect(PlainDecimal.isPlain(text) == isPlain)
        #expect((PlainDecimal.value(text) != nil) == isPlain)
    }
}

/// A generator whose numbers are the same on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
