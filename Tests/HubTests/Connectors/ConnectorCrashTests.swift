import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("Connectors: dispatchers that die, and two at once")
struct ConnectorCrashTests {
    private func claimed(_ region: DemonstrationRegion) async throws -> LeasedItem {
        let now = region.clock.now
        let leased = try await region.inside("maplewater") { transaction in
            try await Outbox(transaction).claim(limit: 5, leaseSeconds: 60, clock: .fixed(now))
        }
        return try #require(leased.first)
    }

    @Test("Killed between sending and marking, a call goes out again under the same key")
    func killedWebhook() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("works", works)])
            let reference = try await region.regionalPothole()
            let leased = try await claimed(region)
            let send = SendOutboxItem(surroundings: region.surroundings, outside: region.outside([works]))
            guard case .sent = await send(leased, of: try await region.tenant("maplewater")) else {
                Issue.record("expected sent")
                return
            }
            // It dies here: the row is never marked.
            try await region.deliverAll(by: region.dispatcher([works]))
            #expect(works.posts.count == 1, "the lease holds")
            region.clock.advance(by: 61)
            try await region.deliverAll(by: region.dispatcher([works]))
            #expect(works.posts.count == 2)
            #expect(Set(works.posts.compactMap { $0.header("webhook-id") }).count == 1)
            #expect(Set(works.posts.map(\.body)).count == 1)
            #expect(try await region.unsent(to: "department:works").isEmpty)
            let forwarded = try await region.history(reference, in: "maplewater").filter { $0.kind == .forwarded }
            #expect(forwarded.count == 1)
        }
    }

    @Test("Killed between writing a file and marking, there is one file with one number")
    func killedFile() async throws {
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.yard()])
            _ = try await region.regionalPothole()
            let leased = try await claimed(region)
            let send = SendOutboxItem(surroundings: region.surroundings, outside: region.outside([]))
            _ = await send(leased, of: try await region.tenant("maplewater"))
            region.clock.advance(by: 61)
            _ = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([]))
            let out = region.files(of: region.yard()).outgoing.path
            let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
            #expect(names.count == 2)
            #expect(names.map { $0.prefix(9) } == ["000000001", "000000002"])
        }
    }

    @Test("Two dispatchers at once: every call and every file once, numbers without a gap")
    func two() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("works", works), region.yard()])
            for _ in 0..<30 { _ = try await region.regionalPothole() }
            let other = try await region.restarted()
            async let first: Void = region.deliverPatiently(by: region.dispatcher([works]))
            async let second: Void = other.deliverPatiently(by: other.dispatcher([works]))
            _ = try await (first, second)
            #expect(works.posts.count == 30)
            #expect(Set(works.posts.map(\.about)).count == 30)
            let out = region.files(of: region.yard()).outgoing.path
            let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
            #expect(names.compactMap { Int($0.prefix(9)) } == Array(1...30))
            let deliveries = Set(names.map { $0.dropFirst(10) })
            #expect(deliveries.count == 30)
        }
    }
}
