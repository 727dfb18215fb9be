import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("A dispatcher that dies in the middle")
struct CrashTests {
    /// Where it dies.
    enum Moment: String, CaseIterable { case claimed, sent, noted }

    @Test(
        "Nothing is lost and nothing doubled, wherever between claiming, sending and marking it died",
        arguments: Moment.allCases
    )
    func diesBetween(_ moment: Moment) async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            let reference = try await region.regionalPothole()
            let now = region.clock.now
            let claimed = try await region.inside("maplewater") { transaction in
                try await Outbox(transaction).claim(limit: 5, leaseSeconds: 60, clock: .fixed(now))
            }
            let leased = try #require(claimed.first)
            let outside = region.outside([works])
            let maplewater = try await region.tenant("maplewater")
            switch moment {
            case .claimed: break
            case .sent:
                let message = try leased.item.payload.decoded(as: Open311Message.self)
                _ = await outside.submit(
                    OutsideSubmission(
                        target: maplewater.configuration.forwarding[0],
                        request: message.request,
                        serviceCode: "POTHOLE",
                        deliveryKey: leased.item.deliveryKey,
                        isDoubtful: false,
                        queuedAt: leased.item.createdAt
                    )
                )
            case .noted:
                _ = await SendOutboxItem(surroundings: region.surroundings, outside: outside)(leased, of: maplewater)
            }
            let next = region.dispatcher([works])
            try await region.deliverAll(by: next)
            #expect(works.posts.count == (moment == .claimed ? 0 : 1), "the lease holds")
            region.clock.advance(by: 61)
            try await region.deliverAll(by: next)
            #expect(works.taken.count == 1)
            #expect(try await region.outbox(reference).map(\.state) == [.sent])
            let forwarded = try await region.history(reference, in: "maplewater").filter { $0.kind == .forwarded }
            #expect(forwarded.count == 1)
            let late = try await region.inside("maplewater") { transaction in
                try await Outbox(transaction).finish(leased, .dead(fault: "too late"), clock: .fixed(now))
            }
            #expect(!late, "whoever comes too late changes nothing")
        }
    }

    @Test("Cancelled twenty times at any moment, every request arrives once")
    func cancelledAtRandom() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            for _ in 0..<24 { _ = try await region.regionalPothole() }
            for round in 0..<20 {
                let dispatcher = region.dispatcher([works])
                let running = Task { await dispatcher.run() }
                try await Task.sleep(for: .milliseconds(10 + round * 7))
                running.cancel()
                await running.value
                region.clock.advance(by: 75)
            }
            for _ in 0..<30 {
                try await region.deliverAll(by: region.dispatcher([works]))
                region.clock.advance(by: 3700)
            }
            let arrived = works.taken.compactMap { $0.fields["description"]?.first?.prefix(40) }
            #expect(Set(arrived).count == 24)
            #expect(arrived.count == 24)
            let unsent = try await region.inside("maplewater") { try await Outbox($0).depths() }
            #expect(unsent.isEmpty)
        }
    }

    @Test("Cancelled while handing over, the request is with the other tenant once")
    func handingOver() async throws {
        try await withRegion { region in
            var references: [RequestReference] = []
            for _ in 0..<8 { references.append(try await region.offeredToRegion()) }
            for round in 0..<6 {
                let dispatcher = ForwardServiceRequests(region.surroundings, outside: .closed)
                let running = Task { await dispatcher.run() }
                try await Task.sleep(for: .milliseconds(5 + round * 10))
                running.cancel()
                await running.value
                region.clock.advance(by: 61)
            }
            try await region.deliverAll()
            for reference in references {
                let offers = try await region.inside("maplewater") { try await HandOvers($0).of(reference) }
                #expect(offers.count == 1)
                let history = try await region.history(reference, in: "maplewater")
                #expect(history.map(\.kind) == [.handOverOffered])
            }
        }
    }
}
