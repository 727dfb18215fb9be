import Domain
import Foundation
import Testing

@Suite("Entries of the telephone registers")
struct RegisterValueTests {
    @Test(
        "six months after notice, on the last day of a shorter month",
        arguments: [
            ("2026-01-15", "2026-07-15"), ("2025-08-31", "2026-02-28"), ("2027-08-31", "2028-02-29"),
            ("2026-12-31", "2027-06-30"), ("2026-07-01", "2027-01-01"),
        ]
    )
    func due(_ noticed: String, _ due: String) throws {
        let notice = CarrierNotice(
            exchange: ExchangeName(trusted: "Shore"),
            carrier: "A carrier",
            noticedOn: try CalendarDay(noticed)
        )
        #expect(notice.dueOn == (try CalendarDay(due)))
        #expect(notice.overdue(on: notice.dueOn) == [])
        #expect(notice.overdue(on: notice.dueOn.adding(days: 1)) == [.notActivated])
    }

    @Test(
        "what is late after the switch is the test call",
        arguments: [
            (nil, [CarrierNotice.Lateness.notTested]), (.arrived, []), (.misrouted, [.testFailed]),
            (.failed, [.testFailed]),
        ] as [(CarrierNotice.TestResult?, [CarrierNotice.Lateness])]
    )
    func tested(_ result: CarrierNotice.TestResult?, _ late: [CarrierNotice.Lateness]) throws {
        let notice = CarrierNotice(
            exchange: ExchangeName(trusted: "Shore"),
            carrier: "A carrier",
            noticedOn: try CalendarDay("2026-01-01"),
            activatedOn: try CalendarDay("2026-03-01"),
            testResult: result
        )
        #expect(notice.overdue(on: try CalendarDay("2026-02-28")) == [])
        #expect(notice.overdue(on: try CalendarDay("2026-03-01")) == late)
    }

    @Test("a consent is pending, in force, withdrawn: each from its instant on") func consent() throws {
        let start = try Date("2026-01-01T05:00:00Z", strategy: .iso8601)
        let end = start + 86_400
        let consent = ExchangeConsent(
            municipality: AreaID(trusted: "lakeside"),
            exchange: ExchangeName(trusted: "Shore"),
            resolution: "R-1",
            resolvedOn: try CalendarDay("2025-12-01"),
            effectiveAt: start,
            noticeDays: 90,
            revocation: .init(resolution: "R-2", givenAt: start, effectiveAt: end)
        )
        #expect(consent.state(at: start - 1) == .pending)
        #expect(consent.state(at: start) == .inForce)
        #expect(consent.state(at: end - 0.001) == .inForce)
        #expect(consent.state(at: end) == .revoked)
        #expect(consent.noticeEnds(givenAt: start) == start + 90 * 86_400)
    }

    @Test(
        "addresses of calls are taken or refused as RFC 3261 and RFC 3966 have them",
        arguments: [
            ("sip:311@contact.example", true), ("sip:desk@127.0.0.1:5070", true), ("sips:a.b+c@host", true),
            ("sip:host.example;transport=tcp", true), ("sip:desk@[2001:db8::1]:5060", true), ("tel:+17055550100", true),
            ("sip:+17055550100@gateway.example;user=phone", true), ("tel:311", false), ("tel:+1705555O100", false),
            ("http://host", false), ("sip:", false), ("sip:@host", false), ("sip:a@", false), ("sip:a b@host", false),
            ("sip:a@host\r\nX: y", false), ("sip:a@host>", false), ("sip:a@ho\"st", false), ("sip:a@host:99999", false),
            ("sip:a@-host", false), ("sip:a@host..example", false), ("sip:é@host", false),
        ]
    )
    func address(_ text: String, _ isTaken: Bool) {
        #expect((CallAddress(rawValue: text) != nil) == isTaken, "\(text)")
    }

    @Test("shares are parts of one: written as a number or per cent, never twice, never more than the whole")
    func shares() throws {
        #expect(try ExchangeShare.value("0.8") == 0.8)
        #expect(try ExchangeShare.value("0,15") == 0.15)
        #expect(try ExchangeShare.value("5 %") == 0.05)
        for bad in ["0", "-0.1", "1.2", "120 %", "", "NaN", "inf", "0x1", "a"] {
            #expect(throws: ExchangeShare.Invalid.self, "\(bad)") { try ExchangeShare.value(bad) }
        }
        func set(_ shares: [(String, Double)]) throws -> ExchangeShareSet {
            try ExchangeShareSet(
                exchange: ExchangeName(trusted: "Shore"),
                basis: .typed,
                from: try CalendarDay("2026-01-01"),
                shares: try shares.map { try ExchangeShare(area: AreaID(trusted: $0.0), share: $0.1) }
            )
        }
        #expect(try set([("b", 0.3), ("c", 0.4), ("a", 0.3)]).shares.map(\.area.rawValue) == ["c", "a", "b"])
        #expect(throws: ExchangeShareSet.Invalid.self) { try set([]) }
        #expect(throws: ExchangeShareSet.Invalid.self) { try set([("a", 0.5), ("a", 0.5)]) }
        #expect(throws: ExchangeShareSet.Invalid.self) { try set([("a", 0.7), ("b", 0.4)]) }
    }
}
