import Domain
import Foundation
import Testing

@Suite("What the numbers of a call say")
struct NumberingPlanTests {
    private static let zone = TimeZone(identifier: "America/Toronto") ?? .gmt
    private static let noon = Date(timeIntervalSince1970: 1_781_625_600)  // 2026-06-16T16:00:00Z
    private static let centre = CallAddress(trusted: "sip:311@centre.example")

    private static func area(_ id: String) -> AreaID { AreaID(trusted: id) }
    private static func exchange(_ name: String) -> ExchangeName { ExchangeName(trusted: name) }

    private static let municipalities: [AreaID: Municipality] = Dictionary(
        uniqueKeysWithValues: [("lakeside", true), ("hillton", true), ("elsewhere", false)].map { id, served in
            (
                area(id),
                Municipality(
                    area: area(id),
                    name: LocalizedText(same: id.capitalized),
                    jurisdiction: JurisdictionID(trusted: id),
                    isServed: served
                )
            )
        }
    )

    private static func line(
        _ code: (Int, Int),
        _ name: String,
        wireless: Bool = false,
        _ status: CodeAssignment.Status = .inService
    ) throws -> CodeAssignment {
        CodeAssignment(
            code: try CentralOfficeCode(areaCode: code.0, officeCode: code.1),
            status: status,
            exchange: exchange(name),
            province: "ON",
            company: "A company",
            isWireless: wireless
        )
    }

    private static func consent(
        _ town: String,
        _ name: String,
        from: Date = noon - 86_400,
        until: Date? = nil
    ) throws -> ExchangeConsent {
        ExchangeConsent(
            municipality: area(town),
            exchange: exchange(name),
            resolution: "R-1",
            resolvedOn: try CalendarDay("2026-01-01"),
            effectiveAt: from,
            noticeDays: 90,
            revocation: until.map { ExchangeConsent.Revocation(resolution: "R-2", givenAt: from, effectiveAt: $0) }
        )
    }

    // Shore: three towns, 0.8/0.15/0.05, all consented. Hill: one town with a desk. Creek: one consent of two lacking.
    private static func plan(revokedAt: Date? = nil) throws -> NumberingPlan {
        func set(_ name: String, _ shares: [(String, Double)], from: String = "2026-01-01") throws -> ExchangeShareSet {
            try ExchangeShareSet(
                exchange: exchange(name),
                basis: .typed,
                from: try CalendarDay(from),
                shares: try shares.map { try ExchangeShare(area: area($0.0), share: $0.1) }
            )
        }
        return NumberingPlan(
            list: NumberingList(id: 1, date: try CalendarDay("2024-10-10"), codes: 5),
            codes: [
                try line((391, 200), "Shore"), try line((391, 300), "Hill"), try line((391, 400), "Creek"),
                try line((393, 900), "Metropolis", wireless: true), try line((391, 500), "Hill", .beingRecovered),
                try line((391, 600), "Hill", .assigned), try line((391, 700), "Blank"),
            ],
            shareSets: [
                try set("Shore", [("elsewhere", 0.15), ("lakeside", 0.8), ("hillton", 0.05)]),
                try set("Hill", [("hillton", 1)]), try set("Creek", [("lakeside", 0.5), ("elsewhere", 0.5)]),
                try set("Shore", [("hillton", 1)], from: "2027-01-01"),
            ],
            terminations: [
                TerminationNumber(
                    number: try NationalNumber("+13912000311"),
                    target: .exchange(exchange("Shore")),
                    from: noon - 100,
                    until: noon + 7 * 86_400
                ),
                TerminationNumber(
                    number: try NationalNumber("+13913000311"),
                    target: .exchange(exchange("Hill")),
                    from: noon - 100
                ),
                TerminationNumber(
                    number: try NationalNumber("+13913000312"),
                    target: .tenant(JurisdictionID(trusted: "hillton")),
                    from: noon - 100
                ),
            ],
            consents: [
                try consent("lakeside", "Shore"), try consent("hillton", "Shore", until: revokedAt),
                try consent("elsewhere", "Shore"), try consent("hillton", "Hill"), try consent("lakeside", "Creek"),
            ],
            legacyNumbers: [
                LegacyNumber(
                    number: try NationalNumber("+17055550120"),
                    jurisdiction: JurisdictionID(trusted: "lakeside"),
                    exchange: exchange("Shore")
                ),
                LegacyNumber(
                    number: try NationalNumber("+17055550130"),
                    jurisdiction: JurisdictionID(trusted: "elsewhere")
                ),
            ],
            settings: TelephoneSettings(
                contactCentre: centre,
                desks: [JurisdictionID(trusted: "hillton"): CallAddress(trusted: "sip:desk@hillton.example")],
                gateway: "gateway.example:5080"
            ),
            timeZone: zone
        )
    }

    private static func answer(
        from caller: String?,
        to dialled: String?,
        at instant: Date = noon,
        plan: NumberingPlan? = nil
    ) throws -> ExchangeAnswer {
        try (plan ?? Self.plan()).answer(
            caller: TelephoneNumber(caller),
            dialled: TelephoneNumber(dialled),
            at: instant,
            municipalities: municipalities
        )
    }

    @Test("example 9: the dialled number's exchange, a wireless caller of elsewhere: three candidates and a question")
    func exampleNine() throws {
        let answer = try Self.answer(from: "+13939000001", to: "+13912000311")
        #expect(answer.exchange?.rawValue == "Shore")
        #expect(answer.source == .dialledExchange)
        #expect(answer.candidates.map(\.share) == [0.8, 0.15, 0.05])
        #expect(answer.candidates.map(\.municipality.area.rawValue) == ["lakeside", "elsewhere", "hillton"])
        #expect(answer.candidates.map(\.municipality.isServed) == [true, false, true])
        #expect(answer.certainty == .candidate)
        #expect(answer.greeting == .neutral)
        #expect(answer.hints.contains(.wireless) && answer.hints.contains(.callerElsewhere))
        #expect(answer.question.english.contains("Lakeside, Elsewhere, Hillton, or somewhere else"))
        #expect(answer.question.french.contains("adresse"))
        #expect(answer.route == CallRoute(kind: .contactCentre, address: Self.centre))
    }

    @Test(
        "the dialled number counts first, then the caller's; what is no hint gives none",
        arguments: [
            // caller, dialled, exchange, source
            ("+13913000001", "+13912000311", "Shore", EvidenceRung.dialledExchange),
            ("+13913000001", "311", "Hill", .callerExchange), ("+13939000001", "311", "Metropolis", .callerExchange),
            ("anonymous", "311", nil, .nothing), ("+18005550100", "311", nil, .nothing),
            ("+16005550100", "311", nil, .nothing), ("+442079460000", "311", nil, .nothing),
            ("+19995550100", "311", nil, .nothing), ("rubbish", "rubbish", nil, .nothing),
            ("+13913000001", "+19055550199", "Hill", .callerExchange),
        ] as [(String, String, String?, EvidenceRung)]
    )
    func order(_ caller: String, _ dialled: String, _ exchange: String?, _ source: EvidenceRung) throws {
        let answer = try Self.answer(from: caller, to: dialled)
        #expect(answer.exchange?.rawValue == exchange)
        #expect(answer.source == source)
        #expect(answer.route != nil)
    }

    @Test(
        "what is special about a caller's number is told",
        arguments: [
            ("+13939000001", NumberHint.wireless), ("+13913000001", .portable), ("+13915000001", .beingRecovered),
            ("+13916000001", .notInService), ("+18445550100", .tollFree), ("+19005550100", .nonGeographic),
            ("+19995550100", .notListed), ("anonymous", .callerWithheld), ("+442079460000", .callerAbroad),
            ("12 34 56 78 90 12 34 56 78", .callerUnreadable),
        ]
    )
    func hints(_ caller: String, _ hint: NumberHint) throws {
        let answer = try Self.answer(from: caller, to: "311")
        #expect(answer.hints.contains(hint), "\(answer.hints)")
        #expect(!hint.text.english.isEmpty && !hint.text.french.isEmpty)
    }

    @Test("one town alone, known by the dialled number, is greeted as itself; by the caller's number never")
    func greeting() throws {
        #expect(try Self.answer(from: nil, to: "+13913000311").greeting == .municipality(Self.area("hillton")))
        #expect(try Self.answer(from: "+13913000001", to: "311").greeting == .neutral)
        #expect(try Self.answer(from: nil, to: "+13912000311").greeting == .neutral)
    }

    @Test("a town's own number goes to its desk; an exchange of one town with a desk too; shared ones to everybody's")
    func desks() throws {
        let own = try Self.answer(from: nil, to: "+13913000312")
        #expect(own.route?.address.rawValue == "sip:desk@hillton.example")
        #expect(own.candidates.map(\.municipality.area.rawValue) == ["hillton"])
        #expect(own.candidates.first?.basis == nil)
        #expect(try Self.answer(from: nil, to: "+13913000311").route?.kind == .desk)
        #expect(try Self.answer(from: nil, to: "+13912000311").route?.kind == .contactCentre)
    }

    @Test(
        "from the instant a consent is withdrawn, and not before, calls go to the old number; a wireless caller's own code never decides"
    )
    func revocation() throws {
        let end = Self.noon + 3_600
        let plan = try Self.plan(revokedAt: end)
        let before = try Self.answer(from: nil, to: "+13912000311", at: end - 0.001, plan: plan)
        #expect(before.route?.kind == .contactCentre && before.consent == .inForce)
        let after = try Self.answer(from: nil, to: "+13912000311", at: end, plan: plan)
        #expect(after.consent == .lacking([Self.area("hillton")]))
        #expect(after.route?.kind == .legacy)
        #expect(after.route?.address.rawValue == "sip:+17055550120@gateway.example:5080")
        #expect(after.route?.legacyNumber?.e164 == "+17055550120")
        let landline = try Self.answer(from: "+13912000001", to: "311", at: end, plan: plan)
        #expect(landline.route?.kind == .legacy)
        let wireless = try Self.answer(from: "+13939000001", to: "311", at: end, plan: plan)
        #expect(wireless.route?.kind == .contactCentre)
    }

    @Test("an exchange that one of its towns has not consented to goes to the old number of the largest that has one")
    func missingConsent() throws {
        let answer = try Self.answer(from: "+13914000001", to: "311")
        #expect(answer.consent == .lacking([Self.area("elsewhere")]))
        #expect(answer.route?.legacyNumber?.e164 == "+17055550130")
        // Nothing at all is known of this one: no old number, so everybody's desk.
        #expect(try Self.answer(from: "+13917000001", to: "311").route?.kind == .contactCentre)
    }

    @Test("shares and termination numbers count from and until their day") func dated() throws {
        let plan = try Self.plan()
        let newYear = try Date("2027-01-01T05:00:00Z", strategy: .iso8601)
        #expect(plan.shares(of: Self.exchange("Shore"), at: newYear - 1)?.shares.count == 3)
        #expect(plan.shares(of: Self.exchange("Shore"), at: newYear)?.shares.count == 1)
        #expect(plan.shares(of: Self.exchange("Shore"), at: .distantPast) == nil)
        let over = try Self.answer(from: nil, to: "+13912000311", at: Self.noon + 7 * 86_400)
        #expect(over.exchange == nil)
        #expect(over.hints.contains(.dialledUnknown))
    }

    @Test("an old number is known as one; the emergency number is never taken over") func specialNumbers() throws {
        let old = try Self.answer(from: nil, to: "705-555-0120")
        #expect(old.hints.contains(.legacyDialled))
        #expect(old.route?.legacyNumber?.e164 == "+17055550120")
        #expect(old.candidates.map(\.municipality.area.rawValue) == ["lakeside"])
        #expect(try Self.answer(from: nil, to: "911").route?.kind == .emergency)
    }

    @Test("without settings there is no route; the empty plan says nothing and never fails") func empty() throws {
        let answer = try Self.answer(from: "+13912000001", to: "311", plan: .empty)
        #expect(answer.route == nil)
        #expect(answer.certainty == .unknown)
        #expect(answer.candidates.isEmpty)
    }
}
