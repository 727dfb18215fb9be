import Foundation
import Synchronization
import TestSupport
import Testing
import Transports

/// A way out that may talk to a server of this test on 127.0.0.1, under any of the given names.
func wayOut(to server: FakeOpen311Server, names: [String] = []) -> OutboundHTTP {
    let hosts = (["127.0.0.1"] + names).map { AddressPolicy.InternalHost(host: $0, port: server.port) }
    return OutboundHTTP(policy: AddressPolicy(internalHosts: Set(hosts)), now: { Date() }) { _ in
        [.version4(0x7F00_0001)]
    }
}

@Suite("The way out")
struct OutboundHTTPTests {
    private func post(
        _ server: FakeOpen311Server,
        body: String = "a=b",
        limit: Duration = .seconds(10),
        largest: Int = 1 << 20
    ) async throws -> Result<OutboundAnswer, OutboundFault> {
        let request = OutboundRequest(
            .post,
            try OutboundAddress(server.root + "requests.xml"),
            headers: [OutboundRequest.Header("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.utf8),
            largestAnswer: largest,
            timeLimit: limit
        )
        do throws(OutboundFault) { return .success(try await wayOut(to: server).send(request)) } catch {
            return .failure(error)
        }
    }

    @Test("brings the body there and the answer back")
    func exchange() async throws {
        let server = try FakeOpen311Server()
        let answer = try await post(server, body: "description=Nid-de-poule+%C3%A9norme").get()
        #expect(answer.status == 200)
        #expect(answer.cutShort == nil)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("<service_request_id>R1<"))
        #expect(server.posts.map(\.body) == ["description=Nid-de-poule+%C3%A9norme"])
        #expect(server.posts.first?.headers.contains("User-Agent: hub311") == true)
    }

    @Test("says that nothing was sent when nobody listens")
    func nobody() async throws {
        let server = try FakeOpen311Server()
        server.close()
        guard case .failure(.notSent) = try await post(server) else {
            Issue.record("expected not sent")
            return
        }
    }

    @Test("says that the outcome is unknown once the body was on its way")
    func uncertain() async throws {
        let server = try FakeOpen311Server()
        server.next(.commitAndHangUp, .hang)
        guard case .failure(.uncertain) = try await post(server) else {
            Issue.record("expected uncertain after the connection closed")
            return
        }
        let start = ContinuousClock.now
        guard case .failure(.uncertain) = try await post(server, limit: .milliseconds(300)) else {
            Issue.record("expected uncertain after the time was up")
            return
        }
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(server.taken.count == 1)
    }

    @Test("a time limit that ends before the connection is no sending")
    func tooLateToSend() async throws {
        let policy = AddressPolicy()
        let way = OutboundHTTP(policy: policy, now: { Date() }) { _ in
            try await Task.sleep(for: .seconds(30))
            return []
        }
        let request = OutboundRequest(
            .post,
            try OutboundAddress("https://open311.example/"),
            body: [1],
            timeLimit: .milliseconds(100)
        )
        guard case .notSent = await #expect(throws: OutboundFault.self, performing: { try await way.send(request) })
        else {
            Issue.record("expected not sent")
            return
        }
    }

    @Test("follows no redirect")
    func redirect() async throws {
        let (server, other) = (try FakeOpen311Server(), try FakeOpen311Server())
        server.always(.answer(status: 307, body: "", headers: ["Location: \(other.root)requests.xml"]))
        #expect(try await post(server).get().status == 307)
        #expect(other.arrivals.isEmpty)
    }

    @Test("reads no more of an answer than it should")
    func endless() async throws {
        let server = try FakeOpen311Server()
        server.next(.endless, .answer(status: 200, body: String(repeating: "a", count: 2000), headers: []))
        let endless = try await post(server).get()
        #expect(endless.body.count <= 1 << 20)
        #expect(endless.cutShort?.contains("larger") == true)
        let large = try await post(server, largest: 1999).get()
        #expect(large.cutShort != nil)
    }

    @Test("waits for slow bytes no longer than the limit")
    func slow() async throws {
        let server = try FakeOpen311Server()
        // The whole answer would take some eight minutes, so a minute tells the two apart on the busiest machine.
        server.next(.slow(millisecondsPerByte: 5_000))
        let start = ContinuousClock.now
        let result = try await post(server, limit: .milliseconds(500))
        #expect(ContinuousClock.now - start < .seconds(60))
        switch result {
        case .success(let answer): #expect(answer.cutShort != nil)
        case .failure(.uncertain): break
        case .failure(let fault): Issue.record("\(fault)")
        }
    }

    @Test("understands when to come back", arguments: [("120", 120.0), ("0", 0), ("999999999999999999999", 86_400)])
    func retryAfter(header: String, seconds: Double) async throws {
        let server = try FakeOpen311Server()
        server.next(.answer(status: 503, body: "", headers: ["Retry-After: \(header)"]))
        #expect(try await post(server).get().retryAfter == seconds)
    }

    @Test("connects to the address it checked, whatever the name, and says the name to the server")
    func checkedAddress() async throws {
        let server = try FakeOpen311Server()
        let way = wayOut(to: server, names: ["works.brindle-bay.internal"])
        let address = try OutboundAddress("http://works.brindle-bay.internal:\(server.port)/open311/v2/requests.xml")
        let answer = try await way.send(OutboundRequest(.get, address))
        #expect(answer.status == 200)
        #expect(
            server.arrivals.first?.headers.contains { $0.lowercased().hasPrefix("host: works.brindle-bay.internal") }
                == true
        )
    }

    @Test("a name that changes its mind between checks never leads inside")
    func rebinding() async throws {
        let server = try FakeOpen311Server()
        let way = OutboundHTTP(
            policy: AddressPolicy(ports: [443, server.port]),
            now: { Date() }
        ) { _ in [.version4(0x0808_0808), .version4(0x7F00_0001)] }
        let address = try OutboundAddress("https://rebinding.example:\(server.port)/")
        await #expect(throws: OutboundFault.refused(.inside(.loopback))) {
            try await way.send(OutboundRequest(.get, address))
        }
        #expect(server.arrivals.isEmpty)
    }

    @Test("an address inside is refused at sending too, without a knock at its door")
    func inside() async throws {
        let server = try FakeOpen311Server()
        let way = OutboundHTTP(policy: AddressPolicy(ports: [server.port]), now: { Date() })
        for url in ["https://127.0.0.1:\(server.port)/", "https://localhost:\(server.port)/"] {
            await #expect(throws: OutboundFault.refused(.inside(.loopback))) {
                try await way.send(OutboundRequest(.get, try OutboundAddress(url)))
            }
        }
        await #expect(throws: OutboundFault.refused(.notEncrypted)) {
            try await way.send(OutboundRequest(.get, try OutboundAddress("http://localhost:\(server.port)/")))
        }
        #expect(server.arrivals.isEmpty)
    }

    @Test("a server that does not speak TLS gets no body")
    func withoutTLS() async throws {
        let server = try FakeOpen311Server()
        let way = wayOut(to: server)
        let address = try OutboundAddress("https://127.0.0.1:\(server.port)/")
        let request = OutboundRequest(.post, address, body: Array("api_key=secret".utf8), timeLimit: .seconds(2))
        let fault = await #expect(throws: OutboundFault.self) { try await way.send(request) }
        guard case .notSent = fault else {
            Issue.record("expected not sent, not \(String(describing: fault))")
            return
        }
        #expect(server.arrivals.isEmpty)
    }

    @Test("fifty at once to a server that hangs do not delay one to a server that works")
    func others() async throws {
        let (hanging, working) = (try FakeOpen311Server(), try FakeOpen311Server())
        hanging.always(.hang)
        final class Ended: Sendable { let count = Mutex(0) }
        let ended = Ended()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    _ = try? await post(hanging, limit: .seconds(90))
                    ended.count.withLock { $0 += 1 }
                }
            }
            _ = try await post(working).get()
            // Every one that hangs is still waiting: the answer did not wait for any of them.
            #expect(ended.count.withLock { $0 } == 0)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
