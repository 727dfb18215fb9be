import Domain
import Foundation
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Telephone registers in the database")
struct TelephoneRegistersTests {
    private let now = Sample.morning
    private let shore = ExchangeName(trusted: "Shore")
    private let alpha = JurisdictionID(trusted: "alpha")
    private let beta = JurisdictionID(trusted: "beta")

    private func code(_ office: Int, _ exchange: String = "Shore") throws -> CodeAssignment {
        CodeAssignment(
            code: try CentralOfficeCode(areaCode: 391, officeCode: office),
            status: .inService,
            exchange: ExchangeName(trusted: exchange),
            province: "ON",
            company: "Société de téléphone",
            operatingCompany: "0001",
            remarks: "\"quoted\"; remark",
            isWireless: office % 2 == 0
        )
    }

    @Test("editions stand side by side; the one in force is a matter of the instant, and an old one comes back")
    func lists() async throws {
        try await withTenantSchemas(0) { hub in
            let first = try (200..<1_000).map { try code($0) }
            let second = [try code(300, "Hill")]
            try await hub.databases.withHub { transaction in
                let lists = NumberingLists(transaction)
                let day = try CalendarDay("2024-10-10")
                let one = try await lists.insert(first, date: day, source: "a.csv", passed: true, now: now)
                let two = try await lists.insert(second, date: day, source: "b.csv", passed: true, now: now)
                let bad = try await lists.insert(second, date: day, source: "c.csv", passed: false, now: now)
                #expect(try await lists.current(at: now) == nil)
                #expect(try await lists.activate(one, at: now, by: "test", now: now))
                #expect(try await lists.activate(two, at: now + 60, by: "test", now: now))
                #expect(try await lists.activate(bad, at: now + 70, by: "test", now: now) == false)
                #expect(try await lists.activate(99, at: now + 70, by: "test", now: now) == false)
                #expect(try await lists.activate(one, at: now + 120, by: "test", now: now))
                for (after, list) in [(0.0, one), (59, one), (60, two), (119, two), (120, one)] {
                    #expect(try await lists.current(at: now + after)?.id == list)
                }
                #expect(try await lists.codes(of: one) == first)
                #expect(try await lists.codes(of: two) == second)
                #expect(try await lists.all().map(\.passed) == [false, true, true])
            }
        }
    }

    @Test("the revision goes up with every change, each register apart") func revisions() async throws {
        try await withTenantSchemas(0) { hub in
            try await hub.databases.withHub { transaction in
                let lists = NumberingLists(transaction)
                #expect(try await lists.revision() == 0)
                try await lists.raiseRevision()
                try await lists.raiseRevision()
                try await lists.raiseRevision(of: .settings)
                #expect(try await lists.revision() == 2)
                #expect(try await lists.revision(of: .settings) == 1)
            }
        }
    }

    @Test("exchanges, shares, numbers, consents and notices come back as they were") func roundTrip() async throws {
        try await withTenantSchemas(0) { hub in
            let exchange = StoredExchange(
                name: shore,
                province: "ON",
                rateCentre: try Coordinate(latitudeText: "44.1", longitudeText: "-79.123456789"),
                note: "À l’ouest"
            )
            let bare = StoredExchange(name: ExchangeName(trusted: "Hill"), province: "ON")
            let shares = try ExchangeShareSet(
                exchange: shore,
                basis: .addresses,
                from: try CalendarDay("2026-01-01"),
                shares: [
                    try ExchangeShare(area: AreaID(trusted: "a"), share: 0.8),
                    try ExchangeShare(area: AreaID(trusted: "b"), share: 0.15),
                ],
                note: "counted"
            )
            let consent = ExchangeConsent(
                id: 1,
                municipality: AreaID(trusted: "a"),
                exchange: shore,
                resolution: "R-1",
                resolvedOn: try CalendarDay("2025-10-01"),
                effectiveAt: now,
                noticeDays: 180
            )
            let notice = CarrierNotice(
                id: 1,
                exchange: shore,
                carrier: "A carrier",
                noticedOn: try CalendarDay("2026-01-02"),
                feeCents: 250_000
            )
            try await hub.databases.withHub { transaction in
                let exchanges = Exchanges(transaction)
                try await exchanges.put(bare, now: now)
                try await exchanges.put(bare, now: now)
                try await exchanges.put(exchange, now: now)
                #expect(try await exchanges.all() == [bare, exchange])
                try await exchanges.add(shares, by: "test", now: now)
                #expect(try await exchanges.shareSets() == [shares])
                let consents = ExchangeConsents(transaction)
                #expect(try await consents.add(consent, by: "test", now: now) == 1)
                #expect(try await consents.all() == [consent])
                let revocation = ExchangeConsent.Revocation(resolution: "R-2", givenAt: now, effectiveAt: now + 60)
                #expect(try await consents.revoke(1, revocation))
                #expect(try await consents.revoke(1, revocation) == false)
                #expect(try await consents.revoke(2, revocation) == false)
                #expect(try await consents.all().first?.revocation == revocation)
                let notices = CarrierNotices(transaction)
                #expect(try await notices.put(notice, now: now) == 1)
                let completed = CarrierNotice(
                    exchange: shore,
                    carrier: "A carrier",
                    noticedOn: notice.noticedOn,
                    activatedOn: try CalendarDay("2026-05-01"),
                    testCalledAt: now,
                    testResult: .arrived
                )
                #expect(try await notices.put(completed, now: now) == 1)
                let read = try #require(try await notices.all().first)
                #expect(read.feeCents == 250_000)
                #expect(read.testResult == .arrived)
                #expect(try await notices.all().count == 1)
            }
        }
    }

    @Test("a termination number that is given to something else ends where the new entry begins") func numbers()
        async throws
    {
        try await withTenantSchemas(0) { hub in
            let number = try NationalNumber("+13912000311")
            try await hub.databases.withHub { transaction in
                let register = TelephoneNumbers(transaction)
                try await register.add(TerminationNumber(number: number, target: .exchange(shore), from: now))
                try await register.add(TerminationNumber(number: number, target: .tenant(alpha), from: now + 60))
                let all = try await register.terminations()
                #expect(all.map(\.target) == [.exchange(shore), .tenant(alpha)])
                #expect(all.map(\.until) == [now + 60, nil])
                // An entry that begins no later takes the place of what was to come.
                try await register.add(TerminationNumber(number: number, target: .tenant(beta), from: now + 60))
                #expect(try await register.terminations().map(\.target) == [.exchange(shore), .tenant(beta)])
            }
        }
    }

    @Test("two tenants' old numbers: each lists and retires its own alone, and calls add up by number and day")
    func twoTenants() async throws {
        try await withTenantSchemas(2) { hub in
            let first = try NationalNumber("+17055550120")
            let second = try NationalNumber("+17055550130")
            let day = try CalendarDay("2026-06-16")
            try await hub.databases.withHub { transaction in
                let register = TelephoneNumbers(transaction)
                try await register.put(LegacyNumber(number: first, jurisdiction: alpha), now: now)
                try await register.put(LegacyNumber(number: second, jurisdiction: beta, exchange: shore), now: now)
                #expect(try await register.legacyNumbers(of: alpha).map(\.number) == [first])
                #expect(try await register.legacyNumbers(of: beta).map(\.number) == [second])
                #expect(try await register.legacyNumbers().count == 2)
                #expect(try await register.retire(second, of: alpha, on: day) == false)
                #expect(try await register.retire(second, of: beta, on: day))
                #expect(try await register.legacyNumbers(of: beta).first?.retiresOn == day)
                #expect(try await register.legacyNumbers(of: alpha).first?.retiresOn == nil)
                try await register.count([(first, day, 2), (second, day, 1)])
                try await register.count([(first, day, 3), (first, day.adding(days: 1), 1)])
                try await register.count([])
                #expect(try await register.traffic(since: day).map(\.calls) == [5, 1, 1])
                #expect(try await register.traffic(since: day.adding(days: 1)).map(\.number) == [first])
            }
            // A tenant's own role sees none of it.
            let role = hub.settings.roles.tenant(hub.codes[0])
            let fault = await #expect(throws: PostgresError.self) {
                try await hub.cluster.withSession(
                    hub.settings.server.with(user: role, password: try hub.password(of: role))
                ) { session in
                    _ = try await session.query("SELECT number FROM hub.legacy_number")
                }
            }
            #expect(fault?.sqlState?.rawValue == "42501", "\(String(describing: fault))")
        }
    }

    @Test("settings are kept in versions, the last one counts") func settings() async throws {
        try await withTenantSchemas(0) { hub in
            let one = TelephoneSettings(contactCentre: CallAddress(trusted: "sip:a@host"))
            let two = TelephoneSettings(
                contactCentre: CallAddress(trusted: "sip:b@host"),
                desks: [alpha: CallAddress(trusted: "sip:c@host")],
                gateway: "gateway:5060"
            )
            try await hub.databases.withHub { transaction in
                let versions = TelephoneSettingVersions(transaction)
                #expect(try await versions.latest()?.digest == nil)
                try await versions.insert(one, digest: "1", now: now)
                try await versions.insert(two, digest: "2", now: now)
                #expect(try await versions.latest()?.settings == two)
            }
        }
    }
}
