import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

extension DemonstrationRegion {
    /// A system outside as a tenant's file would name it.
    func target(_ code: String, _ server: FakeOpen311Server, seconds: Int = 10) -> ForwardingTarget {
        ForwardingTarget(
            code: code,
            endpoint: server.root,
            serviceCodes: [ServiceCode(trusted: "RR-POTH"): "POTHOLE"],
            pollMinutes: 1,
            timeoutSeconds: seconds,
            allowsPrivateAddress: true
        )
    }

    /// The ways out to some servers on this machine.
    func outside(_ servers: [FakeOpen311Server]) -> OutsideDelivery {
        OutsideSystems(
            policy: AddressPolicy(
                internalHosts: Set(servers.map { AddressPolicy.InternalHost(host: "127.0.0.1", port: $0.port) })
            ),
            key: { _ in nil },
            now: clock.reader
        ).delivery
    }

    func dispatcher(_ servers: [FakeOpen311Server]) -> ForwardServiceRequests {
        ForwardServiceRequests(surroundings, outside: outside(servers))
    }

    /// A pothole of the region, which its forwarding file sends on.
    func regionalPothole() async throws -> RequestReference {
        try await take(try intake(answers: try await required("RD-POTH"))).reference
    }

    func outbox(_ reference: RequestReference, in id: String = "maplewater") async throws -> [OutboxRow] {
        try await inside(id) { try await Outbox($0).rows(orderKey: reference.rawValue) }
    }

    func links(_ reference: RequestReference) async throws -> [RequestLink] {
        try await inside("maplewater") { try await RequestLinks($0).of(reference) }
    }
}

/// A clock that begins now: the servers of these tests stamp what they take with the real time.
func presentClock() -> FixedClock { FixedClock(Date().formatted(.iso8601)) }

@Suite("Forwarding to systems outside")
struct ForwardingTests {
    @Test("What fails at one system is tried again there; the other, which has it, is not sent it twice")
    func severalTargets() async throws {
        let works = try FakeOpen311Server()
        let copies = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward(
                "maplewater",
                to: [region.target("works", works), region.target("copies", copies)]
            )
            works.next(.answer(status: 503, body: "", headers: []))
            let dispatcher = region.dispatcher([works, copies])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            #expect(works.taken.isEmpty)
            #expect(copies.taken.count == 1)
            region.clock.advance(by: 15)
            try await region.deliverAll(by: dispatcher)
            #expect(works.taken.count == 1)
            #expect(works.taken[0].fields["service_code"] == ["POTHOLE"])
            #expect(copies.posts.count == 1)
            #expect(Set(try await region.outbox(reference).map(\.state)) == [.sent])
            #expect(Set(try await region.links(reference).compactMap(\.remoteID)) == ["R1"])
            let forwarded = try await region.history(reference, in: "maplewater").filter { $0.kind == .forwarded }
            #expect(forwarded.count == 2)
            #expect(forwarded.allSatisfy { !$0.isPublic })
        }
    }

    @Test("Taken, and the connection lost before the answer: asked first a minute later, found, and not sent again")
    func commitThenDrop() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            works.next(.commitAndHangUp)
            let dispatcher = region.dispatcher([works])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            #expect(try await region.outbox(reference).map(\.state) == [.uncertain])
            let kinds = try await region.history(reference, in: "maplewater").map(\.kind)
            #expect(kinds.contains(.forwardingUncertain))
            region.clock.advance(by: 80)
            try await region.deliverAll(by: dispatcher)
            #expect(works.posts.count == 1)
            #expect(works.taken.count == 1)
            #expect(try await region.outbox(reference).map(\.state) == [.sent])
            #expect(try await region.links(reference).first { $0.peer == "works" }?.remoteID == "R1")
        }
    }

    @Test("A batch token becomes the id once there is one, and the feed's news move the request")
    func batchAndFeed() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            works.next(.batch)
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([works]))
            let news = ReadOutsideNews(region.surroundings, outside: region.outside([works]))
            let maplewater = try await region.tenant("maplewater")
            region.clock.advance(by: 10)
            try await news.pass(over: maplewater)
            #expect(try await region.links(reference).first { $0.peer == "works" }?.remoteID == nil)
            works.releaseTokens()
            region.clock.advance(by: 60)
            try await news.pass(over: maplewater)
            #expect(try await region.links(reference).first { $0.peer == "works" }?.remoteID == "R1")
            region.clock.advance(by: 90)
            works.change("R1", to: "open", extended: "in_progress", words: "Crew 4", at: region.clock.now)
            region.clock.advance(by: 30)
            try await news.pass(over: maplewater)
            #expect(try await region.row(reference, in: "maplewater")?.step == .workAssigned)
            region.clock.advance(by: 90)
            works.change("R1", to: "closed", extended: "fixed", words: "Filled", at: region.clock.now)
            region.clock.advance(by: 30)
            for _ in 0..<3 {
                try await news.pass(over: maplewater)
                region.clock.advance(by: 90_000)
            }
            #expect(try await region.row(reference, in: "maplewater")?.outcome == .fixed)
            let told = try await region.history(reference, in: "maplewater").filter { $0.details["from"] == "works" }
            #expect(told.compactMap(\.details["status"]) == ["in_progress", "fixed"])
            #expect(told.last?.description?.english == "Filled")
        }
    }

    @Test("A system without news in its feed is followed by plain polling; two readers note an end once")
    func plainPolling() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([works]))
            works.change("R1", to: "closed", words: "Done by crew 4")
            region.clock.advance(by: 90)
            let other = try await region.restarted()
            async let first: Void = ReadOutsideNews(region.surroundings, outside: region.outside([works]))
                .pass(over: try await region.tenant("maplewater"))
            async let second: Void = ReadOutsideNews(other.surroundings, outside: other.outside([works]))
                .pass(over: try await other.tenant("maplewater"))
            _ = try await (first, second)
            let row = try #require(try await region.row(reference, in: "maplewater"))
            #expect(row.status == .closed)
            let told = try await region.history(reference, in: "maplewater").filter { $0.details["from"] == "works" }
            #expect(told.count == 1)
        }
    }

    @Test("Refused for good, it is dead and stays open here; an operator puts it back and it arrives")
    func deadOnRefusal() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            works.next(
                .answer(
                    status: 400,
                    body: "<errors><error><code>400</code><description>no such code</description></error></errors>",
                    headers: []
                )
            )
            let dispatcher = region.dispatcher([works])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            region.clock.advance(by: 24 * 3600)
            try await region.deliverAll(by: dispatcher)
            #expect(works.posts.count == 1)
            let row = try #require(try await region.outbox(reference).first)
            #expect(row.state == .dead)
            #expect(row.fault?.contains("no such code") == true)
            #expect(try await region.row(reference, in: "maplewater")?.status == .open)
            #expect(try await region.history(reference, in: "maplewater").map(\.kind).contains(.forwardingFailed))
            let now = region.clock.now
            #expect(try await region.inside("maplewater") { try await Outbox($0).retry(row.id, now: now) })
            try await region.deliverAll(by: dispatcher)
            #expect(works.taken.count == 1)
        }
    }

    @Test("Retry-After is kept to the second, and everything given up after three days is there for an operator")
    func retryAfter() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            works.next(.answer(status: 429, body: "", headers: ["Retry-After: 120"]))
            let dispatcher = region.dispatcher([works])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            region.clock.advance(by: 119)
            try await region.deliverAll(by: dispatcher)
            #expect(works.posts.count == 1)
            region.clock.advance(by: 2)
            works.always(.answer(status: 503, body: "", headers: []))
            try await region.deliverAll(by: dispatcher)
            #expect(works.posts.count == 2)
            for _ in 0..<90 {
                region.clock.advance(by: 4000)
                try await region.deliverAll(by: dispatcher)
            }
            #expect(try await region.outbox(reference).map(\.state) == [.dead])
            #expect(works.posts.count > 10 && works.posts.count < 90)
        }
    }

    @Test("Two dispatchers at once send nothing twice")
    func twoDispatchers() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            var references: Set<String> = []
            for _ in 0..<30 { references.insert(try await region.regionalPothole().rawValue) }
            let other = try await region.restarted()
            async let first: Void = region.deliverAll(by: region.dispatcher([works]))
            async let second: Void = other.deliverAll(by: other.dispatcher([works]))
            _ = try await (first, second)
            #expect(works.posts.count == 30)
            let sent = works.taken.compactMap {
                $0.fields["description"]?.first?.split(separator: "\n").first.map(String.init)
            }
            #expect(Set(sent).count == 30)
        }
    }

    @Test(
        "A system that hangs holds a few workers and delays nobody else; left alone after some failures, it gets all when it heals"
    )
    func hanging() async throws {
        let dead = try FakeOpen311Server()
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward(
                "maplewater",
                to: [region.target("dead", dead, seconds: 1), region.target("works", works)]
            )
            dead.always(.hang)
            for _ in 0..<12 { _ = try await region.regionalPothole() }
            let dispatcher = region.dispatcher([dead, works])
            let running = Task { await dispatcher.run() }
            let end = ContinuousClock.now.advanced(by: .seconds(60))
            while works.taken.count < 12, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
            #expect(works.taken.count == 12)
            let knocked = dead.posts.count
            #expect(knocked <= Flights.mostFailures + ForwardServiceRequests.perTarget)
            running.cancel()
            await running.value
            dead.always(.proper)
            for _ in 0..<40 {
                region.clock.advance(by: 120)
                try await region.deliverAll(by: dispatcher)
            }
            let arrived = dead.taken.compactMap { $0.fields["description"]?.first }
            #expect(arrived.count == 12)
            #expect(Set(arrived).count == 12)
            #expect(works.posts.count == 12)
        }
    }

    @Test(
        "A town's hand-over accepted by the region is forwarded to the department's own system, whose steps reach the town"
    )
    func afterHandOver() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            let dispatcher = region.dispatcher([works])
            let reference = try await region.offeredToRegion()
            try await region.deliverAll(by: dispatcher)
            #expect(works.posts.isEmpty)
            _ = try await AnswerOffer(region.surroundings)(
                reference,
                at: try await region.tenant("maplewater"),
                by: "staff:region"
            )
            try await region.deliverAll(by: dispatcher)
            #expect(works.taken.count == 1)
            works.change(
                "R1",
                to: "closed",
                extended: "fixed",
                words: "Filled",
                at: region.clock.now.addingTimeInterval(60)
            )
            region.clock.advance(by: 90)
            try await ReadOutsideNews(region.surroundings, outside: region.outside([works]))
                .pass(over: try await region.tenant("maplewater"))
            try await region.deliverAll(by: dispatcher)
            #expect(try await region.row(reference, in: "brindle-bay")?.outcome == .fixed)
        }
    }
}
