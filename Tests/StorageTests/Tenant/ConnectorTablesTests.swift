import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("What systems outside told, and were given")
struct ConnectorTablesTests {
    private let now = FixedClock().now

    private func word(_ identity: String, _ result: StoredConnectorWord.Result) throws -> StoredConnectorWord {
        StoredConnectorWord(
            connector: "works",
            identity: identity,
            way: .webhook,
            reference: nil,
            result: result,
            fault: result == .refused ? "unknown" : nil,
            content: try StoredJSON(["status": "DONE"]),
            receivedAt: now
        )
    }

    @Test("A message is taken once, one that was refused may come again, and another tenant never sees it")
    func words() async throws {
        try await withTenantSchemas(2) { hub in
            let refused = try word("1", .refused)
            let noted = try word("1", .noted)
            let first = hub.codes[0]
            for (word, isWritten) in [(refused, true), (noted, true), (noted, false), (refused, false)] {
                let written = try await hub.databases.withTenant(first) { try await ConnectorWords($0).put(word) }
                #expect(written == isWritten)
            }
            for (code, expected) in [(first, [noted]), (hub.codes[1], [])] {
                let (from, until) = (now - 1, now + 1)
                let found = try await hub.databases.withTenant(code) { transaction in
                    try await ConnectorWords(transaction).received(connector: "works", from: from, until: until)
                }
                #expect(found.map(\.identity) == expected.map(\.identity))
                #expect(found.map(\.result) == expected.map(\.result))
                // The database writes JSON with blanks of its own.
                for word in found { #expect(try word.content.decoded(as: [String: String].self) == ["status": "DONE"]) }
            }
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { try await ConnectorWords($0).put(noted) }
            #expect(elsewhere)
        }
    }

    @Test("A call's id is remembered until its time is over, for its own tenant and connector")
    func calls() async throws {
        try await withTenantSchemas(2) { hub in
            let (hash, other, now) = (Data(repeating: 1, count: 32), Data(repeating: 2, count: 32), now)
            func known(_ code: TenantCode, _ connector: String, at: Date) async throws -> Data? {
                try await hub.databases.withTenant(code) { transaction in
                    try await ConnectorCalls(transaction).bodyHash(connector: connector, id: "n1", now: at)
                }
            }
            for body in [hash, other] {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await ConnectorCalls(transaction)
                        .put(connector: "works", id: "n1", bodyHash: body, receivedAt: now, keptUntil: now + 600)
                }
            }
            #expect(try await known(hub.codes[0], "works", at: now) == hash, "the first stays")
            #expect(try await known(hub.codes[0], "yard", at: now) == nil)
            #expect(try await known(hub.codes[1], "works", at: now) == nil)
            #expect(try await known(hub.codes[0], "works", at: now + 600) == nil)
            let swept = try await hub.databases.withTenant(hub.codes[0]) {
                try await ConnectorCalls($0).sweep(now: now + 600)
            }
            #expect(swept == 1)
        }
    }

    @Test("Files of a target count from one without a gap, a delivery keeps its number, and tenants count apart")
    func files() async throws {
        try await withTenantSchemas(2) { hub in
            let now = now
            let (first, second) = (UUID(), UUID())
            func number(_ code: TenantCode, _ key: UUID, _ target: String = "yard") async throws -> Int {
                try await hub.databases.withTenant(code) {
                    try await ConnectorFiles($0).number(of: key, to: target, now: now)
                }
            }
            #expect(try await number(hub.codes[0], first) == 1)
            #expect(try await number(hub.codes[0], second) == 2)
            #expect(try await number(hub.codes[0], first) == 1)
            #expect(try await number(hub.codes[0], second, "other") == 1)
            #expect(try await number(hub.codes[1], second) == 1)
            let last = try await hub.databases.withTenant(hub.codes[0]) {
                try await ConnectorFiles($0).last(of: "yard")
            }
            #expect(last == 2)
        }
    }

    @Test("A reconciliation is kept by day and replaced, and each tenant has its own")
    func reconciliations() async throws {
        try await withTenantSchemas(2) { hub in
            let days = [try CalendarDay("2026-06-14"), try CalendarDay("2026-06-15")]
            for (day, differences) in [(days[0], 3), (days[1], 5), (days[1], 0)] {
                let stored = StoredReconciliation(
                    connector: "works",
                    day: day,
                    differences: differences,
                    report: try StoredJSON(["day": "\(day)"]),
                    madeAt: now
                )
                try await hub.databases.withTenant(hub.codes[0]) { try await ConnectorReconciliations($0).put(stored) }
            }
            let latest = try await hub.databases.withTenant(hub.codes[0]) {
                try await ConnectorReconciliations($0).latest()
            }
            #expect(latest.map(\.day) == [days[1]])
            #expect(latest.map(\.differences) == [0])
            let day = days[0]
            let earlier = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ConnectorReconciliations(transaction).read(connector: "works", day: day)
            }
            #expect(earlier?.differences == 3)
            let foreign = try await hub.databases.withTenant(hub.codes[1]) {
                try await ConnectorReconciliations($0).latest()
            }
            #expect(foreign == [])
        }
    }

    @Test("An operator's word settles what may have arrived; all of a target are put back but those in doubt")
    func settling() async throws {
        try await withTenantSchemas(2) { hub in
            let now = now
            let items = (0..<3).map { number in
                OutboxItem(
                    kind: "department_mail",
                    target: "department:box",
                    orderKey: "R\(number)",
                    payload: .emptyObject,
                    createdAt: now
                )
            }
            let results: [DeliveryResult] = [
                .dead(fault: "no such mailbox"), .uncertain(fault: "no answer", retryAfter: 10 * 365 * 86_400),
                .uncertain(fault: "no answer", retryAfter: 60),
            ]
            let code = hub.codes[0]
            try await hub.databases.withTenant(code) { transaction in
                for item in items { try await Outbox(transaction).enqueue(item) }
                let leased = try await Outbox(transaction).claim(limit: 10, leaseSeconds: 60, clock: .fixed(now))
                for (item, result) in zip(leased, results) {
                    _ = try await Outbox(transaction).finish(item, result, clock: .fixed(now))
                }
            }
            func states() async throws -> [OutboxState] {
                let rows = try await hub.databases.withTenant(code) {
                    try await Outbox($0).unsent(to: "department:box")
                }
                return rows.map(\.state)
            }
            #expect(try await states() == [.dead, .dead, .uncertain])
            let other = hub.codes[1]
            for (tenant, expected) in [(other, 0), (code, 1)] {
                let count = try await hub.databases.withTenant(tenant) { transaction in
                    try await Outbox(transaction).retryAll(of: "department:box", now: now)
                }
                #expect(count == expected)
            }
            #expect(
                try await states() == [.failed, .dead, .uncertain],
                "what may have arrived is not sent again by the way"
            )
            func settle(_ item: OutboxItem, _ arrived: Bool, at tenant: TenantCode) async throws -> Bool {
                try await hub.databases.withTenant(tenant) { transaction in
                    try await Outbox(transaction).settle(item.id, arrived: arrived, by: "ann", now: now)
                }
            }
            #expect(try await !settle(items[1], true, at: other))
            #expect(try await settle(items[1], true, at: code))
            #expect(try await settle(items[2], false, at: code))
            #expect(try await !settle(items[0], true, at: code), "in no doubt")
            let row = try await hub.databases.withTenant(code) { try await Outbox($0).read(items[2].id) }
            #expect(row?.state == .failed)
            #expect(row?.isDoubtful == false)
            #expect(try await states() == [.failed, .failed])
        }
    }
}
