import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// Who came when.
private final class Order: Sendable {
    private let seen = Mutex<[Int]>([])

    var numbers: [Int] {
        seen.withLock { $0 }
    }

    func note(_ number: Int) {
        seen.withLock { $0.append(number) }
    }
}

@Suite("The pool", .serialized)
struct PoolTests {
    private func pool(
        _ maximum: Int,
        wait: Duration = .seconds(10),
        idle: Duration = .seconds(60),
        age: Duration = .seconds(1800),
        cap: ConnectionCap? = nil
    ) async throws -> PostgresPool {
        PostgresPool(
            try await TestCluster.shared().settings(),
            settings: PoolSettings(maximumConnections: maximum, waitLimit: wait, idleLimit: idle, ageLimit: age),
            cap: cap
        )
    }

    /// Waits until so many callers stand in line.
    private func line(_ pool: PostgresPool, of count: Int) async {
        while pool.metrics.waiting < count { await Task.yield() }
    }

    @Test("opens no more sessions than allowed and serves everybody")
    func bounded() async throws {
        let pool = try await pool(3)
        let processes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        _ = try await connection.query("SELECT pg_sleep(0.005)")
                        return connection.backendProcess
                    }
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect((1...3).contains(processes.count))
        #expect(pool.metrics.inUse == 0)
        await pool.close()
    }

    @Test("serves those who wait in the order they came")
    func firstComeFirstServed() async throws {
        let pool = try await pool(1)
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await pool.withConnection { _ in
                for number in 0..<20 {
                    group.addTask {
                        try await pool.withConnection { _ in order.note(number) }
                    }
                    await line(pool, of: number + 1)
                }
            }
            try await group.waitForAll()
        }
        #expect(order.numbers == Array(0..<20))
        await pool.close()
    }

    @Test("gives up waiting after the time limit, and forgets the waiter")
    func timeLimit() async throws {
        let pool = try await pool(1, wait: .milliseconds(80))
        try await pool.withConnection { _ in
            let begin = ContinuousClock.now
            do {
                try await pool.withConnection { _ in }
                Issue.record("there was no session to be had")
            } catch PostgresError.poolTimeout {}
            let waited = begin.duration(to: .now)
            #expect(waited >= .milliseconds(80) && waited < .seconds(2))
            #expect(pool.metrics.waiting == 0)
        }
        try await pool.withConnection { _ in }
        await pool.close()
    }

    @Test("lets a cancelled caller go at once, and gives its place to the next")
    func cancelledWaiter() async throws {
        let pool = try await pool(1, wait: .seconds(60))
        try await pool.withConnection { _ in
            let waiting = Task { try await pool.withConnection { _ in } }
            await line(pool, of: 1)
            waiting.cancel()
            let result = await waiting.result
            #expect(throws: PostgresError.self) { try result.get() }
        }
        try await pool.withConnection { _ in }
        #expect(pool.metrics == PoolMetrics(inUse: 0, idle: 1, opening: 0, waiting: 0, maximum: 1))
        await pool.close()
    }

    @Test("never hands out a session the server has ended, nor loses its place")
    func endedByServer() async throws {
        let pool = try await pool(1)
        let administrator = try await PostgresConnection.connect(try await TestCluster.shared().settings())
        for _ in 0..<5 {
            let process = try await pool.withConnection { $0.backendProcess }
            // While it lies idle: nobody notices.
            try await administrator.query("SELECT pg_terminate_backend(\(Int32(process)), 5000)")
            let next = try await pool.withConnection { connection in
                _ = try await connection.query("SELECT 1")
                return connection.backendProcess
            }
            #expect(next != process)
            // While it is in use: its user is told, the next one is not concerned.
            do {
                try await pool.withTransaction { transaction in
                    _ = try await transaction.query("SELECT 1")
                    try await administrator.query("SELECT pg_terminate_backend(\(Int32(next)), 5000)")
                    _ = try await transaction.query("SELECT 2")
                }
                Issue.record("the session was gone")
            } catch PostgresError.connectionLost(let reason) {
                #expect(reason.contains("57P01"))
            }
        }
        try await pool.withConnection { _ = try await $0.query("SELECT 1") }
        #expect(pool.metrics.inUse == 0 && pool.metrics.idle == 1)
        await administrator.close()
        await pool.close()
    }

    @Test("closes a session that comes back inside a transaction")
    func leftInTransaction() async throws {
        let pool = try await pool(1)
        let first = try await pool.withConnection { connection in
            try await connection.execute("BEGIN")
            return connection.backendProcess
        }
        let second = try await pool.withConnection { connection in
            #expect(await !connection.isInTransaction)
            return connection.backendProcess
        }
        #expect(first != second)
        await pool.close()
    }

    @Test("closes what is idle too long or too old")
    func limitsOfTime() async throws {
        let pool = try await pool(2, idle: .zero)
        try await pool.withConnection { _ in }
        #expect(pool.metrics.idle == 1)
        await pool.reap()
        #expect(pool.metrics.idle == 0)
        await pool.close()
        let old = try await self.pool(1, age: .zero)
        let first = try await old.withConnection { $0.backendProcess }
        #expect(old.metrics.idle == 0)
        let second = try await old.withConnection { $0.backendProcess }
        #expect(first != second)
        await old.close()
    }

    @Test("frees the place of a session that could not be opened")
    func openingFails() async throws {
        let settings = try await TestCluster.shared().settings(user: "nobody_of_that_name", password: "x")
        let pool = PostgresPool(settings, settings: PoolSettings(maximumConnections: 1))
        for _ in 0..<3 {
            await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
        }
        #expect(pool.metrics == PoolMetrics(inUse: 0, idle: 0, opening: 0, waiting: 0, maximum: 1))
    }

    @Test("refuses callers after it was closed, those in line too")
    func closed() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { _ in
            let waiting = Task { try await pool.withConnection { _ in } }
            await line(pool, of: 1)
            await pool.close()
            let result = await waiting.result
            #expect(throws: PostgresError.self) { try result.get() }
        }
        await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
    }

    @Test("keeps to the cap over many pools, closing the session idle longest for one that is needed")
    func cap() async throws {
        let cap = ConnectionCap(limit: 3)
        var pools: [PostgresPool] = []
        for _ in 0..<10 { pools.append(try await pool(2, cap: cap)) }
        for pool in pools {
            try await pool.withConnection { _ = try await $0.query("SELECT 1") }
            #expect(cap.used <= 3)
        }
        #expect(pools.map(\.metrics.idle) == [0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 0..<100 {
                let pool = pools[round % 10]
                group.addTask {
                    try await pool.withConnection { _ = try await $0.query("SELECT pg_sleep(0.001)") }
                    #expect(cap.used <= 3)
                }
            }
            try await group.waitForAll()
        }
        #expect(cap.waiting == 0)
        for pool in pools { await pool.close() }
        #expect(cap.used == 0)
    }

    @Test("does not let a busy pool keep another from its first session")
    func fairOverPools() async throws {
        let cap = ConnectionCap(limit: 2, patience: .milliseconds(50))
        let noisy = try await pool(2, wait: .seconds(60), cap: cap)
        let quiet = try await pool(2, wait: .seconds(60), cap: cap)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while !Task.isCancelled {
                        _ = try? await noisy.withConnection { try await $0.query("SELECT pg_sleep(0.01)") }
                    }
                }
            }
            await line(noisy, of: 5)
            for _ in 0..<5 {
                let begin = ContinuousClock.now
                try await quiet.withConnection { _ = try await $0.query("SELECT 1") }
                #expect(begin.duration(to: .now) < .seconds(2))
            }
            group.cancelAll()
        }
        await noisy.close()
        await quiet.close()
        #expect(cap.used == 0)
    }
}
