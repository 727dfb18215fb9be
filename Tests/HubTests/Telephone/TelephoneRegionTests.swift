import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Calls of the demonstration region")
struct TelephoneRegionTests {
    private func look(
        _ region: DemonstrationRegion,
        from caller: String?,
        to dialled: String?
    ) -> ExchangeAnswer {
        RouteCall(region.surroundings)(caller: TelephoneNumber(caller), dialled: TelephoneNumber(dialled))
    }

    @Test("example 9: dialled number of an exchange, wireless caller of elsewhere: 0.8, 0.15, 0.05 and a question")
    func exampleNine() async throws {
        try await withRegion { region in
            let answer = look(region, from: "+1 (393) 900-1234", to: "+13912600311")
            #expect(answer.exchange?.rawValue == "Westshore")
            #expect(
                answer.candidates.map(\.municipality.area.rawValue) == ["brindle-bay", "hartwick", "dunmore-mills"]
            )
            #expect(answer.candidates.map(\.share) == [0.8, 0.15, 0.05])
            #expect(answer.candidates.map(\.municipality.isServed) == [true, false, true])
            #expect(answer.hints.contains(.wireless))
            #expect(answer.hints.contains(.callerElsewhere))
            #expect(answer.certainty == .candidate)
            #expect(answer.greeting == .neutral)
            #expect(
                answer.question.english.contains("Town of Brindle Bay, Township of Hartwick, City of Dunmore Mills")
            )
            #expect(answer.question.french.contains("Canton de Hartwick"))
            #expect(answer.route?.address.rawValue == "sip:311@contact.maplewater311.example")
        }
    }

    @Test("example 10: the same call, the address is in the neighbour that is no tenant: referred, the contact counted")
    func exampleTen() async throws {
        try await withRegion { region in
            let answer = look(region, from: "+13939001234", to: "+13912600311")
            #expect(answer.candidates[1].municipality.area.rawValue == "hartwick")
            #expect(!answer.candidates[1].municipality.isServed)
            // The operator asks, and the caller names a place in the neighbour.
            let submission = try await region.submit(
                try region.intake(
                    at: Place.hartwick,
                    channel: .phone,
                    answers: try await region.required("RD-POTH")
                )
            )
            guard case .elsewhere(let elsewhere) = submission else {
                Issue.record("stored: \(submission)")
                return
            }
            #expect(elsewhere.partner?.id.rawValue == "hartwick")
            #expect(elsewhere.partner?.phone != nil)
            let counts = try await region.inside("maplewater-311") { transaction in
                try await Contacts(transaction).counts(
                    region.clock.now.addingTimeInterval(-1)..<region.clock.now.addingTimeInterval(1)
                )
            }
            #expect(counts.map(\.kind) == [.referral])
            #expect(counts.map(\.referredTo) == ["hartwick"])
            #expect(counts.map(\.count) == [1])
        }
    }

    @Test(
        "each number dialled brings its exchange, its towns, its greeting and its desk",
        arguments: [
            // dialled, exchange, first candidate, greeting, destination
            ("+13912200311", "Brindle Bay", "brindle-bay", "brindle-bay", "sip:311@contact.maplewater311.example"),
            ("+13912400311", "Mill Creek", "dunmore-mills", "neutral", "sip:311@contact.maplewater311.example"),
            ("+13912800311", "Cobbleford", "cobbleford", "neutral", "sip:311@contact.maplewater311.example"),
            ("+13913000311", "Ferry Corners", "elmsbridge", "neutral", "sip:311@contact.maplewater311.example"),
            ("+13913400311", "Fallow", "fallow", "fallow", "sip:desk@fallow.example"),
            ("+13913400312", nil, "fallow", "fallow", "sip:desk@fallow.example"),
            // The enclave's council has not consented: its own old number.
            (
                "+13913600311", "Greyhaven", "greyhaven", "neutral",
                "sip:+19055550140@gateway.maplewater311.example:5060"
            ),
        ] as [(String, String?, String, String, String)]
    )
    func dialled(_ number: String, _ exchange: String?, _ first: String, _ greeting: String, _ destination: String)
        async throws
    {
        try await withRegion { region in
            let answer = look(region, from: "anonymous", to: number)
            #expect(answer.exchange?.rawValue == exchange)
            #expect(answer.candidates.first?.municipality.area.rawValue == first)
            #expect(answer.greeting == (greeting == "neutral" ? .neutral : .municipality(AreaID(trusted: greeting))))
            #expect(answer.route?.address.rawValue == destination)
        }
    }

    @Test("a town whose name is no exchange is a candidate in three")
    func townWithoutExchange() async throws {
        try await withRegion { region in
            let plan = region.surroundings.numbering.plan
            #expect(!plan.exchanges.map(\.rawValue).contains("Elmsbridge"))
            let now = region.clock.now
            var with: [ExchangeName] = []
            for name in plan.exchanges {
                let areas = plan.shares(of: name, at: now)?.shares.map(\.area.rawValue) ?? []
                if areas.contains("elmsbridge") { with.append(name) }
            }
            #expect(with.map(\.rawValue) == ["Cobbleford", "Ferry Corners", "Stone Arch"])
        }
    }

    @Test("the township's withdrawal takes effect at its instant, to the second, in the zone of the region")
    func withdrawal() async throws {
        try await withRegion { region in
            let end = try Date("2027-03-31T00:00:00-04:00", strategy: .iso8601)
            region.clock.set(to: end - 1)
            #expect(look(region, from: nil, to: "+13913400311").route?.kind == .desk)
            region.clock.set(to: end)
            let answer = look(region, from: nil, to: "+13913400311")
            #expect(answer.route?.kind == .legacy)
            #expect(answer.route?.address.rawValue == "sip:+17055550190@gateway.maplewater311.example:5060")
            // Another exchange of two towns closes with it.
            #expect(look(region, from: nil, to: "+13913000311").consent == .inForce)
        }
    }

    @Test("a consent that is withdrawn is in force everywhere after one refresh, and cannot be withdrawn twice")
    func revoke() async throws {
        try await withRegion { region in
            let register = KeepExchangeConsents(region.surroundings)
            let entry = try #require(
                try await register.list().first {
                    $0.exchange.rawValue == "Mill Creek" && $0.municipality.rawValue == "dunmore-mills"
                }
            )
            let soon = region.clock.now + 60
            let done = try await register.revoke(entry.id, resolution: "DM-2026-001", at: soon, by: "test")
            #expect(done.effectiveAt == soon && !done.keepsNotice)
            await #expect(throws: RegisterFault.self) {
                try await register.revoke(entry.id, resolution: "again", at: nil, by: "test")
            }
            let other = try await region.restarted()
            try await RefreshFromDatabase(region.surroundings).once()
            for surroundings in [region.surroundings, other.surroundings] {
                let plan = surroundings.numbering.plan
                let name = ExchangeName(trusted: "Mill Creek")
                #expect(plan.consent(to: name, at: soon - 1) == .inForce)
                #expect(plan.consent(to: name, at: soon) == .lacking([AreaID(trusted: "dunmore-mills")]))
            }
            // A new consent may follow once the old one is over.
            let again = ExchangeConsent(
                municipality: entry.municipality,
                exchange: entry.exchange,
                resolution: "DM-2026-002",
                resolvedOn: CalendarDay(soon, in: .gmt),
                effectiveAt: soon + 60,
                noticeDays: 90
            )
            _ = try await register.add(again, by: "test")
            await #expect(throws: RegisterFault.self) { try await register.add(again, by: "test") }
        }
    }

    @Test(
        "names that are none are refused with the nearest one",
        arguments: [
            ("Mil Creek", "brindle-bay", "did you mean Mill Creek?"),
            ("Mill Creek", "brindle-by", "did you mean brindle-bay?"),
            ("Nowhere", "brindle-bay", "is no exchange"),
        ]
    )
    func nearMiss(_ exchange: String, _ municipality: String, _ words: String) async throws {
        try await withRegion { region in
            let consent = ExchangeConsent(
                municipality: AreaID(trusted: municipality),
                exchange: ExchangeName(trusted: exchange),
                resolution: "R",
                resolvedOn: try CalendarDay("2026-01-01"),
                effectiveAt: region.clock.now,
                noticeDays: 0
            )
            let fault = await #expect(throws: RegisterFault.self) {
                try await KeepExchangeConsents(region.surroundings).add(consent, by: "test")
            }
            #expect(fault?.description.contains(words) == true, "\(String(describing: fault))")
        }
    }

    @Test(
        "calls that reach an old number are counted by day, written down by the refresh, kept while the database is away"
    )
    func legacyCalls() async throws {
        try await withRegion { region in
            let number = try NationalNumber("705-555-0120")
            for _ in 0..<3 {
                let answer = look(region, from: "+13912200001", to: "705-555-0120")
                #expect(answer.hints.contains(.legacyDialled))
            }
            // An hour before midnight in the region is the next day in UTC.
            let day = CalendarDay(region.clock.now, in: region.surroundings.numbering.plan.timeZone)
            region.clock.set(to: try Date("2026-06-17T03:30:00Z", strategy: .iso8601))
            _ = look(region, from: nil, to: "+17055550120")
            try await RefreshFromDatabase(region.surroundings).once()
            try await RefreshFromDatabase(region.surroundings).once()
            let listed = try await KeepTelephoneNumbers(region.surroundings).legacy(
                of: JurisdictionID(trusted: "brindle-bay"),
                since: day
            )
            #expect(listed.first { $0.number.number == number }?.traffic.map(\.calls) == [4])
            #expect(listed.first { $0.number.number == number }?.traffic.map(\.day) == [day])
            // Another tenant's list has none of it.
            let foreign = try await KeepTelephoneNumbers(region.surroundings).legacy(
                of: JurisdictionID(trusted: "fallow"),
                since: day
            )
            #expect(foreign.map(\.number.jurisdiction.rawValue) == ["fallow"])
            #expect(foreign.allSatisfy { $0.traffic.isEmpty })
        }
    }

    @Test("the overdue list names what is late today: not switched, not tested, test failed")
    func overdue() async throws {
        let clock = FixedClock("2026-11-21T15:00:00Z")
        try await withRegion(at: clock) { region in
            let late = try await KeepCarrierNotices(region.surroundings).list().filter { !$0.overdue.isEmpty }
            #expect(
                late.map { "\($0.notice.exchange)|\($0.overdue.map(\.rawValue).joined())" } == [
                    "Cobbleford|not_tested", "Ferry Corners|test_failed", "Westshore|not_activated",
                ]
            )
            clock.set(to: try Date("2026-08-02T15:00:00Z", strategy: .iso8601))
            let before = try await KeepCarrierNotices(region.surroundings).list()
            #expect(!before.contains { $0.overdue == [.notActivated] })
        }
    }

    @Test("a second load changes nothing; the folder's files have no fault")
    func folder() async throws {
        try await withRegion { region in
            let folder = DemonstrationRegion.repository.appendingPathComponent("geo")
            let zone = region.surroundings.numbering.plan.timeZone
            let loaded = try await LoadTelephoneFolder(databases: region.databases)(
                folder,
                zone: zone,
                by: "test",
                now: region.clock.now
            )
            #expect(loaded == [])
            #expect(zone.identifier == "America/Toronto")
            #expect(region.surroundings.numbering.plan.codeCount == 41)
        }
    }

    @Test("an edition replaces the one before as a whole, from its instant on; the one before comes back")
    func editions() async throws {
        try await withRegion { region in
            let importing = ImportNumbering(databases: region.databases)
            let only = CodeAssignment(
                code: try CentralOfficeCode(areaCode: 391, officeCode: 220),
                status: .inService,
                exchange: ExchangeName(trusted: "Stone Arch"),
                province: "ON",
                company: "",
                isWireless: false
            )
            let list = try await importing(
                [only],
                date: try CalendarDay("2026-06-01"),
                source: "new.csv",
                passed: true,
                now: region.clock.now
            )
            try await RefreshFromDatabase(region.surroundings).once()
            #expect(region.surroundings.numbering.plan.codeCount == 41)
            let later = region.clock.now + 3_600
            try await importing.activate(list, at: later, by: "test", now: region.clock.now)
            try await RefreshFromDatabase(region.surroundings).once()
            #expect(region.surroundings.numbering.plan.codeCount == 41)
            region.clock.set(to: later)
            try await RefreshFromDatabase(region.surroundings).once()
            #expect(region.surroundings.numbering.plan.codeCount == 1)
            #expect(region.surroundings.numbering.plan.assignment(of: only.code)?.exchange == only.exchange)
            let first = try #require(try await importing.status(at: later).all.last?.list.id)
            try await importing.activate(first, at: later + 1, by: "test", now: later)
            region.clock.set(to: later + 1)
            try await RefreshFromDatabase(region.surroundings).once()
            #expect(region.surroundings.numbering.plan.codeCount == 41)
            await #expect(throws: ImportNumbering.NotActivatable.self) {
                try await importing.activate(99, at: later, by: "test", now: later)
            }
        }
    }
}
