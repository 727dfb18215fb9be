import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Triage, contacts and configuration as stored")
struct IntakeTests {
    let now = Sample.morning

    @Test("a request without a lead waits, is taken by one person and placed once")
    func triage() async throws {
        try await withTenantSchemas(2) { hub in
            let late = Sample.request(hub.codes[0], standing: .waiting)
            let early = Sample.request(hub.codes[0], standing: .waiting)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for (request, due) in [(late, now + 7200), (early, now + 3600)] {
                    try await ServiceRequests(transaction).insert(request)
                    try await TriageEntries(transaction).enter(
                        StoredTriageEntry(
                            reference: request.reference,
                            reason: .placeAmbiguous,
                            candidates: ["brindle-bay", "dunmore-mills"],
                            enteredAt: now,
                            dueAt: due
                        )
                    )
                }
            }
            let waiting = try await hub.databases.withTenant(hub.codes[0]) { try await TriageEntries($0).waiting() }
            #expect(waiting.map(\.reference) == [early.reference, late.reference])
            #expect(waiting.first?.candidates == ["brindle-bay", "dunmore-mills"])
            let steps = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let triage = TriageEntries(transaction)
                return [
                    try await triage.take(early.reference, by: "kim", now: now),
                    try await triage.take(early.reference, by: "lee", now: now),
                    try await triage.take(early.reference, by: "kim", now: now),
                    try await triage.resolve(early.reference, resolution: .emptyObject, now: now),
                    try await triage.resolve(early.reference, resolution: .emptyObject, now: now),
                    try await triage.take(early.reference, by: "kim", now: now),
                ]
            }
            #expect(steps == [true, false, true, true, false, false])
            for (code, instant, expected) in [
                (hub.codes[0], now, (1, 0)), (hub.codes[0], now + 7201, (1, 1)), (hub.codes[1], now + 7201, (0, 0)),
            ] {
                let depth = try await hub.databases.withTenant(code) { try await TriageEntries($0).depth(now: instant) }
                #expect(depth == expected)
            }
        }
    }

    @Test("a request that comes back waits anew")
    func backInTriage() async throws {
        try await withTenantSchemas(1) { hub in
            let request = Sample.request(hub.codes[0], standing: .waiting)
            let entry = StoredTriageEntry(
                reference: request.reference,
                reason: .refusedTwice,
                enteredAt: now,
                dueAt: now + 60
            )
            let waiting = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                try await TriageEntries(transaction).enter(entry)
                _ = try await TriageEntries(transaction).resolve(request.reference, resolution: .emptyObject, now: now)
                try await TriageEntries(transaction).enter(entry)
                return try await TriageEntries(transaction).waiting()
            }
            #expect(waiting == [entry])
        }
    }

    @Test("contacts are counted by kind and body, each tenant its own")
    func contacts() async throws {
        try await withTenantSchemas(2) { hub in
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for (body, seconds) in [("greyhaven", 0), ("greyhaven", 10), ("hartwick", 20), ("greyhaven", 3600)] {
                    try await Contacts(transaction).record(
                        StoredContact(
                            happenedAt: now + TimeInterval(seconds),
                            kind: .referral,
                            channel: .web,
                            language: .french,
                            serviceCode: ServiceCode(trusted: "RD-POTH"),
                            referredTo: body,
                            decision: Sample.decision()
                        )
                    )
                }
            }
            let counts = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Contacts(transaction).counts(now..<(now + 3600))
            }
            let lines = counts.map { "\($0.kind) \($0.referredTo ?? "-") \($0.count)" }
            #expect(lines == ["referral greyhaven 2", "referral hartwick 1"])
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { transaction in
                try await Contacts(transaction).counts(.distantPast..<(.distantFuture))
            }
            #expect(elsewhere.isEmpty)
        }
    }

    @Test("versions of a tenant's files stay readable, and the one in force is found by its day")
    func versions() async throws {
        try await withTenantSchemas(2) { hub in
            let code = hub.codes[0]
            let versions = try [(1, now), (2, now + 86_400)].map { number, from in
                StoredConfiguration(
                    version: number,
                    configuration: try Sample.configuration(code),
                    digest: "digest \(number)",
                    validFrom: from,
                    appliedAt: now,
                    appliedBy: "cli:test"
                )
            }
            try await hub.databases.withTenant(code) { transaction in
                for version in versions { try await TenantVersions(transaction).insert(version) }
            }
            for (instant, expected) in [
                (now - 1, nil), (now, versions[0]), (now + 86_399, versions[0]), (now + 86_400, versions[1]),
            ] as [(Date, StoredConfiguration?)] {
                let current = try await hub.databases.withTenant(code) { transaction in
                    try await TenantVersions(transaction).current(at: instant)
                }
                #expect(current == expected)
            }
            let latest = try await hub.databases.withTenant(code) { try await TenantVersions($0).latest() }
            #expect(latest?.version == 2)
            #expect(latest?.digest == "digest 2")
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { try await TenantVersions($0).latest() }
            #expect(elsewhere == nil)
        }
    }
}
