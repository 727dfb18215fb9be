import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Outbox")
struct OutboxTests {
    let now = Sample.morning

    @Test("two workers at once share the items and never get the same one")
    func twoWorkers() async throws {
        try await withTenantSchemas(1) { hub in
            let items = (0..<40).map { item("key-\($0)") }
            try await enqueue(items, hub)
            let claims = try await withThrowingTaskGroup(of: [LeasedItem].self) { group in
                for _ in 0..<4 {
                    group.addTask { try await claim(hub, limit: 10) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let ids = claims.flatMap { $0.map(\.id) }
            #expect(ids.count == Set(ids).count)
            let rest = try await claim(hub, limit: 40)
            #expect(Set(ids + rest.map(\.id)) == Set(items.map(\.id)))
        }
    }

    @Test("items of one request and target come one after the other, those of another target at once")
    func order() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a", kind: "1"), item("a", kind: "2"), item("a", kind: "3", target: "other")], hub)
            let first = try await claim(hub)
            #expect(Set(first.map(\.item.kind)) == ["1", "3"])
            #expect(try await claim(hub).isEmpty)
            let oldest = try #require(first.first { $0.item.kind == "1" })
            #expect(try await finish(oldest, .failed(fault: "down", retryAfter: 60), hub))
            #expect(try await claim(hub, at: now + 59).isEmpty)
            let again = try await claim(hub, at: now + 60)
            #expect(again.map(\.item.kind) == ["1"])
            #expect(again.map(\.attempt) == [2])
            #expect(try await finish(again[0], .sent(answer: .emptyObject), hub, at: now + 61))
            #expect(try await claim(hub, at: now + 62).map(\.item.kind) == ["2"])
        }
    }

    @Test("a worker that comes too late changes nothing, and what it may have sent is doubtful")
    func lostLease() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a")], hub)
            let late = try #require(try await claim(hub, lease: 30).first)
            #expect(!late.isDoubtful)
            #expect(try await claim(hub, at: now + 34).isEmpty)
            let taken = try #require(try await claim(hub, at: now + 36).first)
            #expect(taken.isDoubtful)
            #expect(taken.attempt == 2)
            #expect(taken.item.deliveryKey == late.item.deliveryKey)
            #expect(try await finish(late, .sent(answer: .emptyObject), hub) == false)
            #expect(try await finish(taken, .sent(answer: StoredJSON(["id": "7"])), hub))
            #expect(try await finish(taken, .dead(fault: "again"), hub) == false)
            let row = try await hub.databases.withTenant(hub.codes[0]) { try await Outbox($0).read(late.id) }
            #expect(row?.state == .sent)
            #expect(row?.answer?.text == #"{"id": "7"}"#)
        }
    }

    @Test("a lease can be made longer while it lasts")
    func extend() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a")], hub)
            let leased = try #require(try await claim(hub, lease: 30).first)
            let isLonger = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Outbox(transaction).extend(leased, bySeconds: 30, clock: .fixed(now + 20))
            }
            #expect(isLonger)
            #expect(try await claim(hub, at: now + 45).isEmpty)
            #expect(try await claim(hub, at: now + 51).count == 1)
        }
    }

    @Test("doubt stays until the target was asked")
    func doubt() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a")], hub)
            let first = try #require(try await claim(hub).first)
            #expect(try await finish(first, .uncertain(fault: "time out after sending", retryAfter: 10), hub))
            let second = try #require(try await claim(hub, at: now + 10).first)
            #expect(second.isDoubtful)
            #expect(try await finish(second, .failed(fault: "could not ask", retryAfter: 10), hub, at: now + 10))
            let third = try #require(try await claim(hub, at: now + 20).first)
            #expect(third.isDoubtful)
            let asked = DeliveryResult.failed(fault: "asked: not there", retryAfter: 10, doubtCleared: true)
            #expect(try await finish(third, asked, hub, at: now + 20))
            #expect(try await claim(hub, at: now + 30).first?.isDoubtful == false)
        }
    }

    @Test("what cannot be sent in its time is dead, and an operator can try again")
    func givenUp() async throws {
        try await withTenantSchemas(1) { hub in
            let item = item("a", giveUpAfter: 100)
            try await enqueue([item], hub)
            let leased = try #require(try await claim(hub, at: now + 50).first)
            #expect(try await finish(leased, .uncertain(fault: "slow", retryAfter: 60), hub, at: now + 50))
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let outbox = Outbox(transaction)
                let dead = try await outbox.listed(.dead)
                #expect(dead.map(\.id) == [item.id])
                var due = try await outbox.nextDue()
                #expect(due == nil)
                let retries = [
                    try await outbox.retry(item.id, now: now + 500), try await outbox.retry(item.id, now: now + 500),
                ]
                #expect(retries == [true, false])
                due = try await outbox.nextDue()
                #expect(due == now + 500)
            }
            #expect(try await claim(hub, at: now + 500).first?.isDoubtful == true)
        }
    }

    @Test("a dead item does not hold up the next one of its request")
    func deadDoesNotBlock() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a", kind: "1"), item("a", kind: "2")], hub)
            let first = try #require(try await claim(hub).first)
            #expect(try await finish(first, .dead(fault: "410"), hub))
            #expect(try await claim(hub).map(\.item.kind) == ["2"])
        }
    }

    @Test("targets that are left alone are passed over")
    func skipping() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a", target: "down"), item("b", target: "up")], hub)
            let leased = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Outbox(transaction).claim(
                    limit: 10,
                    leaseSeconds: 30,
                    skippingTargets: ["down"],
                    clock: .fixed(now)
                )
            }
            #expect(leased.map(\.item.target) == ["up"])
        }
    }

    @Test("an item written by a transaction that failed was never there")
    func rolledBack() async throws {
        struct ChangedMind: Error {}
        try await withTenantSchemas(1) { hub in
            await #expect(throws: ChangedMind.self) {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await Outbox(transaction).enqueue(item("a"))
                    try await transaction.flush()
                    throw ChangedMind()
                }
            }
            let left = try await claim(hub)
            #expect(left.isEmpty)
        }
    }

    @Test("the database's own clock measures the lease")
    func databaseClock() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a")], hub)
            let (leased, time) = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let leased = try await Outbox(transaction).claim(limit: 1, leaseSeconds: 60)
                return (leased, try await transaction.databaseTime())
            }
            let left = try #require(leased.first).leaseUntil.timeIntervalSince(time)
            #expect(left > 55 && left <= 60)
        }
    }

    @Test("depths tell how much waits and since when, by target and state")
    func depths() async throws {
        try await withTenantSchemas(2) { hub in
            try await enqueue([item("a"), item("b", after: 5), item("c", target: "other")], hub)
            _ = try await claim(hub, limit: 1)
            let depths = try await hub.databases.withTenant(hub.codes[0]) { try await Outbox($0).depths() }
            #expect(
                depths.map { "\($0.target) \($0.state) \($0.count)" } == ["other new 1", "town leased 1", "town new 1"]
            )
            #expect(depths.first { $0.target == "town" && $0.state == .new }?.oldest == now + 5)
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { try await Outbox($0).depths() }
            #expect(elsewhere.isEmpty)
        }
    }

    @Test("sent rows are removed when their time is over, others stay")
    func removal() async throws {
        try await withTenantSchemas(1) { hub in
            try await enqueue([item("a"), item("b")], hub)
            let first = try #require(try await claim(hub, limit: 1).first)
            #expect(try await finish(first, .sent(answer: .emptyObject), hub))
            let removed = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Outbox(transaction).removeSent(before: now + 1)
            }
            #expect(removed == 1)
            #expect(try await claim(hub).count == 1)
        }
    }

    private func item(
        _ orderKey: String,
        kind: String = "offer",
        target: String = "town",
        after seconds: TimeInterval = 0,
        giveUpAfter: TimeInterval = 72 * 3600
    ) -> OutboxItem {
        OutboxItem(
            kind: kind,
            target: target,
            orderKey: orderKey,
            payload: .emptyObject,
            createdAt: now + seconds,
            giveUpAt: now + giveUpAfter
        )
    }

    private func enqueue(_ items: [OutboxItem], _ hub: TestHub) async throws {
        try await hub.databases.withTenant(hub.codes[0]) { transaction in
            for item in items { try await Outbox(transaction).enqueue(item) }
        }
    }

    private func claim(
        _ hub: TestHub,
        limit: Int = 100,
        lease: TimeInterval = 60,
        at instant: Date? = nil
    ) async throws -> [LeasedItem] {
        try await hub.databases.withTenant(hub.codes[0]) { transaction in
            try await Outbox(transaction).claim(limit: limit, leaseSeconds: lease, clock: .fixed(instant ?? now + 5))
        }
    }

    private func finish(
        _ leased: LeasedItem,
        _ result: DeliveryResult,
        _ hub: TestHub,
        at instant: Date? = nil
    ) async throws -> Bool {
        try await hub.databases.withTenant(hub.codes[0]) { transaction in
            try await Outbox(transaction).finish(leased, result, clock: .fixed(instant ?? now))
        }
    }
}
