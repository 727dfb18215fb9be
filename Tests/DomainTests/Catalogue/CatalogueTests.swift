import Domain
import Foundation
import Testing

@Suite("A catalogue's dated services")
struct CatalogueTests {
    private func catalogue() throws -> Catalogue {
        Catalogue(services: [
            try CatalogueSamples.service("RD-SIGN", from: "2026-01-01", until: "2026-06-30"),
            try CatalogueSamples.service("RD-SIGN", from: "2026-07-01"),
            try CatalogueSamples.service("RR-POTH", publicType: "RD-POTH"),
            try CatalogueSamples.service(
                "WN-PLOW",
                season: SeasonWindow(from: try #require(MonthDay("11-01")), to: try #require(MonthDay("04-30")))
            ),
        ])
    }

    @Test(
        "one code has one entry on each day",
        arguments: [
            ("2025-12-31", nil), ("2026-01-01", "2026-01-01"), ("2026-06-30", "2026-01-01"),
            ("2026-07-01", "2026-07-01"),
            ("2030-01-01", "2026-07-01"),
        ] as [(String, String?)]
    )
    func versions(day: String, from: String?) throws {
        let found = try catalogue().service(try ServiceCode("RD-SIGN"), at: try CalendarDay(day))
        #expect(found?.validFrom.description == from)
    }

    @Test("a region's variant is found by its public type")
    func publicType() throws {
        let found = try catalogue().service(
            forPublicType: try ServiceCode("RD-POTH"),
            at: try CalendarDay("2026-03-01")
        )
        #expect(found?.code.rawValue == "RR-POTH")
    }

    @Test(
        "a season over the new year",
        arguments: [
            ("2026-10-31", false), ("2026-11-01", true), ("2027-01-15", true), ("2027-04-30", true),
            ("2027-05-01", false),
        ]
    )
    func season(day: String, isOffered: Bool) throws {
        let offered = try catalogue().offered(on: try CalendarDay(day))
        #expect(offered.contains { $0.code.rawValue == "WN-PLOW" } == isOffered)
    }

    @Test("answers change the terms, the first adjustment that states a term deciding it")
    func terms() throws {
        let stop = Condition(question: "SIGN", keys: ["stop", "yield"])
        let hurt = Condition(question: "HURT", keys: ["yes"])
        let service = try CatalogueSamples.service(adjustments: [
            AnswerAdjustment(when: [stop], priority: .p2),
            AnswerAdjustment(when: [hurt], priority: .p1, sla: try CatalogueSamples.sla(2)),
            AnswerAdjustment(when: [stop, hurt], sla: try CatalogueSamples.sla(1)),
        ])
        let plain = service.effective(["SIGN": ["other"]])
        #expect(plain.priority == .p3 && plain.sla == service.sla)
        #expect(service.effective(["SIGN": ["yield"]]) == ServiceTerms(sla: service.sla, priority: .p2))
        #expect(service.effective(["HURT": ["yes"]]) == ServiceTerms(sla: try CatalogueSamples.sla(2), priority: .p1))
        let both = service.effective(["SIGN": ["stop"], "HURT": ["yes"]])
        #expect(both == ServiceTerms(sla: try CatalogueSamples.sla(2), priority: .p2))
    }
}

@Suite("Codes and ids have a form")
struct CheckedTextTests {
    @Test(
        "jurisdiction ids",
        arguments: [
            ("brindle-bay", true), ("ab", true), ("a", false), ("public", false), ("hub", false), ("pg-x", false),
            ("9lives", false), ("Brindle", false), ("a_b", false), ("a-", false), ("é-bay", false), ("", false),
            ("a\u{0}b", false), (String(repeating: "a", count: 41), false), ("a'b", false),
        ]
    )
    func jurisdictions(text: String, isRight: Bool) {
        #expect(((try? JurisdictionID(text)) != nil) == isRight)
    }

    @Test(
        "service codes",
        arguments: [
            ("RD-POTH", true), ("BB:DOCK", true), ("BB:XX-DOCK", true), ("rd-poth", false), ("RD_POTH", false),
            ("B:X1", false),
            ("BB:", false), ("-RD", false), ("BB:CC:DD", false), (String(repeating: "A", count: 33), false),
        ]
    )
    func services(text: String, isRight: Bool) {
        #expect(((try? ServiceCode(text)) != nil) == isRight)
    }

    @Test(
        "service parts",
        arguments: [
            ("road.surface", true), ("social.housing.repair", true), ("road", false), ("road.", false),
            ("Road.surface", false),
            ("a.b.c.d.e", false),
        ]
    )
    func parts(text: String, isRight: Bool) {
        #expect(((try? ServicePart(text)) != nil) == isRight)
    }

    @Test("a code names its schema, and decoding checks again")
    func codes() throws {
        #expect(try TenantCode("MWR").schemaName == "t_mwr")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(TenantCode.self, from: Data("\"t_x\"".utf8)) }
        let keyed = try JSONEncoder().encode([try ServiceCode("RD-POTH"): 1])
        #expect(String(decoding: keyed, as: UTF8.self) == "{\"RD-POTH\":1}")
    }

    @Test(
        "a day of every year",
        arguments: [
            ("02-29", true), ("02-30", false), ("00-10", false), ("12-31", true), ("1-1", false), ("+1-01", false),
            ("11-1x", false),
        ]
    )
    func monthDays(text: String, isRight: Bool) {
        #expect((MonthDay(text) != nil) == isRight)
        #expect(!isRight || MonthDay(text)?.description == text)
    }

    @Test(
        "white text can be read on a brand's colour",
        arguments: [
            ("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54),
        ]
    )
    func contrast(colour: String, ratio: Double) {
        #expect(abs(Brand(colour: colour, accent: colour).contrastWithWhite - ratio) < 0.01)
    }
}
