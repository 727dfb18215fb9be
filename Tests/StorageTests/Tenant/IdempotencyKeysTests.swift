import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Idempotency keys")
struct IdempotencyKeysTests {
    let now = Sample.morning

    @Test("fifty equal submissions at once make one request and give fifty equal answers")
    func race() async throws {
        try await withTenantSchemas(1, limits: SessionLimits(perTenant: 10, wait: .seconds(30))) { hub in
            let code = hub.codes[0]
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await submit(hub, code, body: "the same") }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            let counts = try await hub.databases.withTenant(code) { try await ServiceRequests($0).counts() }
            #expect(counts.map(\.count) == [1])
        }
    }

    @Test("another body under the same key is refused; another client or tenant is free to use it")
    func scope() async throws {
        try await withTenantSchemas(2) { hub in
            let first = try await submit(hub, hub.codes[0], body: "one")
            #expect(try await submit(hub, hub.codes[0], body: "one") == first)
            #expect(try await submit(hub, hub.codes[0], body: "two") == "422")
            #expect(try await submit(hub, hub.codes[0], client: "other", body: "two") != first)
            #expect(try await submit(hub, hub.codes[1], body: "two") != first)
        }
    }

    @Test("a key is free again when its time is over")
    func expiry() async throws {
        try await withTenantSchemas(1) { hub in
            let first = try await submit(hub, hub.codes[0], body: "one")
            #expect(try await submit(hub, hub.codes[0], body: "two", at: now + 86_399) == "422")
            let later = try await submit(hub, hub.codes[0], body: "two", at: now + 86_400)
            #expect(later != first)
            let swept = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await IdempotencyKeys(transaction).sweep(now: now + 3 * 86_400)
            }
            #expect(swept == 1)
        }
    }

    @Test("where the answer comes later, a second caller is told to wait, then gets the answer")
    func begun() async throws {
        try await withTenantSchemas(1) { hub in
            let key = key("client", "one", at: now)
            func begin() async throws -> IdempotencyRecall {
                try await hub.databases.withTenant(hub.codes[0]) { try await IdempotencyKeys($0).begin(key) }
            }
            #expect(try await begin() == .unknown)
            #expect(try await begin() == .running)
            try await hub.databases.withTenant(hub.codes[0]) { try await IdempotencyKeys($0).abandon(key) }
            #expect(try await begin() == .unknown)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await IdempotencyKeys(transaction).finish(key, answer: StoredJSON(text: "[1]"))
            }
            #expect(try await begin() == .answer(StoredJSON(text: "[1]")))
        }
    }

    /// What the operation of the hub does: all in one transaction, and a look at the key when that fails.
    private func submit(
        _ hub: TestHub,
        _ code: TenantCode,
        client: String = "client",
        body: String,
        at instant: Date? = nil
    ) async throws -> String {
        let instant = instant ?? now
        let key = key(client, body, at: instant)
        let request = Sample.request(code)
        do {
            return try await hub.databases.withTenant(code) { transaction in
                try await IdempotencyKeys(transaction).record(key, answer: StoredJSON(["id": request.reference]))
                try await ServiceRequests(transaction).insert(request)
                return try StoredJSON(["id": request.reference]).decoded(as: [String: String].self)["id"] ?? ""
            }
        } catch StorageError.alreadyThere {
            let recall = try await hub.databases.withTenant(code) { transaction in
                try await IdempotencyKeys(transaction).recall(
                    client: client,
                    key: key.key,
                    bodyHash: key.bodyHash,
                    now: instant
                )
            }
            switch recall {
            case .answer(let answer): return try answer.decoded(as: [String: String].self)["id"] ?? ""
            case .otherBody: return "422"
            case .running: return "409"
            case .unknown: return "lost"
            }
        }
    }

    private func key(_ client: String, _ body: String, at instant: Date) -> StoredIdempotencyKey {
        StoredIdempotencyKey(
            client: client,
            key: "key",
            bodyHash: APIKeySecret.hash(of: body),
            begunAt: instant,
            keptUntil: instant + 86_400
        )
    }
}
