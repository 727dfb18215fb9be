import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("Signed calls to a department's own system")
struct WebhookTests {
    @Test(
        "A request is posted with a signature that its receiver can check, under a key that stays, and staff see that it left"
    )
    func signed() async throws {
        let assets = try FakeOpen311Server()
        assets.next(
            .commitAndHangUp,
            .answer(status: 200, body: "{\"id\": \"WO-17\"}", headers: ["Content-Type: application/json"])
        )
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("assets", assets)])
            let dispatcher = region.dispatcher([assets])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            #expect(try await region.unsent(to: "department:assets").map(\.state) == [.uncertain])
            region.clock.advance(by: 80)
            try await region.deliverAll(by: dispatcher)
            #expect(try await region.unsent(to: "department:assets").isEmpty)
            #expect(assets.posts.count == 2)
            #expect(Set(assets.posts.map(\.body)).count == 1, "the same bytes on every attempt")
            #expect(Set(assets.posts.compactMap { $0.header("webhook-id") }).count == 1)
            #expect(Set(assets.posts.compactMap { $0.header("webhook-timestamp") }).count == 2)
            let post = try #require(assets.posts.last)
            #expect(post.about == "\(reference) request")
            #expect(post.header("idempotency-key") == post.header("webhook-id"))
            let secret = try #require(WebhookSignature(secret: "a-secret-of-the-tests-HUB_SECRET_OUT"))
            func verify(_ body: String, _ now: Date) throws {
                try secret.verify(
                    id: post.header("webhook-id"),
                    timestamp: post.header("webhook-timestamp"),
                    signature: post.header("webhook-signature"),
                    body: Array(body.utf8),
                    now: now
                )
            }
            try verify(post.body, region.clock.now)
            #expect(throws: WebhookSignature.Invalid.signature) { try verify(post.body + " ", region.clock.now) }
            #expect(throws: WebhookSignature.Invalid.timestamp) { try verify(post.body, region.clock.now + 301) }
            #expect(try await region.links(reference).first { $0.peer == "assets" }?.remoteID == "WO-17")
            let history = try await region.history(reference, in: "maplewater")
            #expect(history.filter { $0.kind == .forwardingUncertain }.count == 1)
            #expect(history.filter { $0.kind == .forwarded }.count == 1)
            #expect(history.filter { $0.details["to"] == "assets" }.allSatisfy { !$0.isPublic })
        }
    }

    @Test("The signature is that of Standard Webhooks, by its published example")
    func standard() throws {
        // standard-webhooks, libraries' test vector: secret, id, timestamp and payload.
        let signature = try #require(WebhookSignature(secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let body = Array(#"{"test": 2432232314}"#.utf8)
        let headers = signature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Date(timeIntervalSince1970: 1_614_265_330),
            body: body
        )
        #expect(headers.map(\.value).last == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSignature(secret: "short") == nil)
    }

    /// What goes wrong, and what the row is then.
    struct Hostile: Sendable, CustomTestStringConvertible {
        let name: String
        let behaviour: FakeOpen311Server.Behaviour
        let state: OutboxState
        var testDescription: String { name }

        static let all = [
            Hostile(name: "hangs", behaviour: .hang, state: .uncertain),
            Hostile(
                name: "a page of HTML",
                behaviour: .answer(status: 200, body: "<html>Sign in</html>", headers: []),
                state: .uncertain
            ),
            Hostile(name: "500", behaviour: .answer(status: 500, body: "", headers: []), state: .uncertain),
            Hostile(name: "503", behaviour: .answer(status: 503, body: "", headers: []), state: .failed),
            Hostile(name: "a byte a second", behaviour: .slow(millisecondsPerByte: 1000), state: .uncertain),
            Hostile(name: "without end", behaviour: .endless, state: .uncertain),
            Hostile(
                name: "301",
                behaviour: .answer(status: 301, body: "", headers: ["Location: http://127.0.0.1:1/"]),
                state: .failed
            ),
            Hostile(
                name: "302",
                behaviour: .answer(status: 302, body: "", headers: ["Location: http://127.0.0.1:1/"]),
                state: .uncertain
            ),
            Hostile(name: "closes before reading", behaviour: .hangUp, state: .uncertain),
            Hostile(name: "takes it and closes", behaviour: .commitAndHangUp, state: .uncertain),
        ]
    }

    @Test(
        "Whatever the receiver does wrong, the row says what is known; healed, it gets everything once a key, in the order of each request",
        arguments: Hostile.all
    )
    func hostile(_ hostile: Hostile) async throws {
        let bad = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("bad", bad, seconds: 1)])
            bad.always(hostile.behaviour)
            let dispatcher = region.dispatcher([bad])
            let reference = try await region.regionalPothole()
            _ = await dispatcher.pass()
            #expect(try await region.unsent(to: "department:bad").map(\.state) == [hostile.state])
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.step(.reopen, reference, at: "maplewater")
            _ = await dispatcher.pass()
            #expect(
                Set(bad.posts.map(\.about)).subtracting(["\(reference) request", " "]).isEmpty,
                "the first goes first"
            )
            bad.always(.proper)
            let healed = bad.posts.count
            try await region.deliverPatiently(by: dispatcher)
            let arrived = bad.posts.dropFirst(healed).map(\.about)
            #expect(arrived == ["request", "completed", "reopened"].map { "\(reference) \($0)" })
            #expect(Set(bad.posts.dropFirst(healed).compactMap { $0.header("webhook-id") }).count == 3)
            #expect(try await region.unsent(to: "department:bad").isEmpty)
        }
    }

    @Test("A receiver that refuses for good leaves a dead letter, the request open and an operator's retry")
    func deadLetter() async throws {
        let bad = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("bad", bad)])
            bad.next(.answer(status: 422, body: "", headers: []))
            let dispatcher = region.dispatcher([bad])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            #expect(try await region.unsent(to: "department:bad").map(\.state) == [.dead])
            #expect(try await region.row(reference, in: "maplewater")?.status == .open)
            #expect(try await region.history(reference, in: "maplewater").map(\.kind).contains(.forwardingFailed))
            let now = region.clock.now
            let count = try await region.inside("maplewater") {
                try await Outbox($0).retryAll(of: "department:bad", now: now)
            }
            #expect(count == 1)
            try await region.deliverAll(by: dispatcher)
            #expect(bad.taken.count == 1)
        }
    }

    @Test("Ten receivers that misbehave all at once delay nobody: the one that works has everything while they rest")
    func others() async throws {
        let servers = try Hostile.all.map { _ in try FakeOpen311Server() }
        let good = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            var targets = [region.webhook("good", good)]
            for (number, server) in servers.enumerated() {
                server.always(Hostile.all[number].behaviour)
                targets.append(region.webhook("bad-\(number)", server, seconds: 1))
            }
            try await region.forward("maplewater", to: targets)
            for _ in 0..<12 { _ = try await region.regionalPothole() }
            let dispatcher = region.dispatcher(servers + [good])
            let running = Task { await dispatcher.run() }
            let end = ContinuousClock.now.advanced(by: .seconds(90))
            while good.taken.count < 12, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
            running.cancel()
            await running.value
            #expect(good.taken.count == 12)
            for server in servers {
                #expect(server.posts.count <= Flights.mostFailures + 2 * ForwardServiceRequests.perTarget, "left alone")
                server.always(.proper)
            }
            try await region.deliverPatiently(by: dispatcher)
            // One that was under way when the first dispatcher stopped may come again, under the same key.
            #expect(Set(good.posts.compactMap { $0.header("webhook-id") }).count == 12)
            for server in servers {
                let keys = Set(server.posts.compactMap { $0.header("webhook-id") })
                #expect(keys.count == 12, "every one arrived under its own key")
            }
        }
    }

    @Test("The breaker of one process is seen by another, and an operator sees since when")
    func sharedBreaker() async throws {
        let bad = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.webhook("bad", bad)])
            bad.always(.answer(status: 503, body: "", headers: ["Retry-After: 0"]))
            for _ in 0..<8 { _ = try await region.regionalPothole() }
            let dispatcher = region.dispatcher([bad])
            for _ in 0..<4 { _ = await dispatcher.pass() }
            let knocked = bad.posts.count
            #expect(knocked >= Flights.mostFailures)
            let other = try await region.restarted()
            #expect(await other.dispatcher([bad]).pass() == 0, "nothing is taken while the target rests")
            #expect(bad.posts.count == knocked)
            let line = try #require(
                try await DescribeConnectors(region.surroundings)(try await region.tenant("maplewater")).first
            )
            #expect(line.condition.contains("failing"))
            #expect(line.restsUntil != nil)
            #expect(line.waiting.values.reduce(0, +) == 8)
            bad.always(.proper)
            try await region.deliverPatiently(by: other.dispatcher([bad]))
            let healed = try #require(
                try await DescribeConnectors(region.surroundings)(try await region.tenant("maplewater")).first
            )
            #expect(healed.condition == "works")
            #expect(healed.waiting.isEmpty)
        }
    }
}
