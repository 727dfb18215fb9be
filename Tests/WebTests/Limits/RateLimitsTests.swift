import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Web

@Suite("Limits of one client")
struct RateLimitsTests {
    @Test(
        "count by the address that a trusted proxy saw last, whatever a stranger writes before it",
        arguments: [
            // peer, X-Forwarded-For, who it is (nil: the machine itself)
            ("127.0.0.1", [], nil),
            ("::1", [], nil),
            ("203.0.113.9", [], "203.0.113.9"),
            ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
            ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", ["192.0.2.1, 198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", ["192.0.2.1, 198.51.100.7, 10.9.9.9"], "198.51.100.7"),
            ("10.1.2.3", ["192.0.2.1", "198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", ["198.51.100.7, rubbish"], "unreadable"),
            ("127.0.0.1", ["[2001:db8:1:2:3:4:5:6]:4711"], "20:1:d:b8:0:1:0:2/64"),
            ("2001:db8:1:2::9", [], "20:1:d:b8:0:1:0:2/64"),
            ("::ffff:203.0.113.9", [], "203.0.113.9"),
            ("127.0.0.1", ["198.51.100.7:5500"], "198.51.100.7"),
        ] as [(String, [String], String?)]
    )
    func client(peer: String, forwarded: [String], subject: String?) throws {
        var fields = HTTPFields()
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        fields[values: name] = forwarded
        let request = Request(
            head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/", headerFields: fields),
            body: RequestBody(buffer: ByteBuffer())
        )
        let proxies = try ["10.0.0.0/8"].map { try #require(NetworkRange($0)) }
        let found = ClientAddress(request, peer: try SocketAddress(ipAddress: peer, port: 4000), proxies: proxies)
        #expect(found == subject.map(ClientAddress.remote) ?? .local)
    }

    @Test("networks hold what their first bits say, and nothing else is one")
    func ranges() throws {
        func holds(_ range: String, _ address: String) throws -> Bool {
            try #require(NetworkRange(range)).contains(try #require(NetworkAddress(address)))
        }
        #expect(try holds("10.0.0.0/8", "10.255.1.2"))
        #expect(try !holds("10.0.0.0/8", "11.0.0.1"))
        #expect(try holds("192.0.2.128/25", "192.0.2.200") && !holds("192.0.2.128/25", "192.0.2.100"))
        #expect(try holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "2001:db8::1"))
        #expect(try holds("192.0.2.1", "192.0.2.1") && !holds("192.0.2.1", "192.0.2.2"))
        #expect(try !holds("0.0.0.0/0", "2001:db8::1"))
        for text in ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "ten", "10.0.0/8"] {
            #expect(NetworkRange(text) == nil, "\(text)")
        }
    }

    @Test("buckets empty, say when there is more, and fill with time")
    func buckets() {
        let buckets = TokenBuckets(RateAllowance(burst: 3, perMinute: 6))
        let start = ContinuousClock.now
        for _ in 0..<3 { #expect(buckets.take(1, of: "a", now: start) == nil) }
        #expect(buckets.take(1, of: "a", now: start) == 10)
        #expect(buckets.take(1, of: "b", now: start) == nil)
        #expect(buckets.take(1, of: "a", now: start + .seconds(9.5)) != nil)
        #expect(buckets.take(1, of: "a", now: start + .seconds(10.1)) == nil)
        // Refused attempts cost nothing, and time alone never gives more than the burst.
        for _ in 0..<3 { #expect(buckets.take(1, of: "a", now: start + .seconds(10_000)) == nil) }
        #expect(buckets.take(1, of: "a", now: start + .seconds(10_000)) != nil)
        // What costs more than there can ever be is taken from a full bucket.
        #expect(buckets.take(100, of: "c", now: start) == nil)
        #expect(buckets.take(1, of: "c", now: start) == 10)
    }

    @Test("memory is bounded however many clients come, and those who wait are remembered")
    func bounded() {
        let buckets = TokenBuckets(RateAllowance(burst: 2, perMinute: 60))
        let start = ContinuousClock.now
        for number in 0..<(TokenBuckets.capacity + 10) { _ = buckets.take(1, of: "\(number)", now: start) }
        #expect(buckets.count <= TokenBuckets.capacity)
        // A minute later all of them are full again and make room for the newcomer.
        _ = buckets.take(1, of: "new", now: start + .seconds(60))
        for number in 0..<TokenBuckets.capacity { _ = buckets.take(1, of: "x\(number)", now: start + .seconds(60)) }
        #expect(buckets.count <= TokenBuckets.capacity)
    }

    @Test("are told with 429 and Retry-After in the shape of each face, and touch nobody else")
    func shapes() async throws {
        var rates = RateSettings()
        rates.posts = RateAllowance(burst: 1, perMinute: 1)
        rates.reads = RateAllowance(burst: 11, perMinute: 1)
        try await PagesRegion.run(server: ServerSettings(rates: rates)) { region in
            let name = try #require(HTTPField.Name("X-Forwarded-For"))
            func send(_ method: HTTPRequest.Method, _ path: String, from client: String?) async throws -> Answer {
                let headers: HTTPFields = client.map { [name: $0] } ?? [:]
                return Answer(try await region.client.execute(uri: path, method: method, headers: headers, body: nil))
            }
            let list = "/open311/v2/requests.json?jurisdiction_id=maplewater-311"
            #expect(try await send(.get, list, from: "192.0.2.1").status == 200)
            let refused = try await send(.get, list, from: "192.0.2.1")
            #expect(refused.isFault(429, naming: "too many"))
            #expect(Int(refused.headers[.retryAfter] ?? "") ?? 0 >= 1)
            let xml = try await send(.get, list.replacing(".json", with: ".xml"), from: "192.0.2.1")
            #expect(xml.isFault(429))
            // One token is left for what is no list.
            #expect(try await send(.get, "/api/v1/services", from: "192.0.2.1").status == 200)
            let api = try await send(.get, "/api/v1/services", from: "192.0.2.1")
            #expect(api.status == 429)
            #expect(api.text.contains(#""code":"too_many""#))
            let page = try await send(.get, "/fr/track", from: "192.0.2.1")
            #expect(page.status == 429)
            #expect(page.headers[.contentType]?.contains("text/html") == true)
            #expect(page.headers[.retryAfter] != nil)
            // Others, the machine itself, and what no limit counts.
            #expect(try await send(.get, list, from: "192.0.2.2").status == 200)
            #expect(try await send(.get, "/health/live", from: "192.0.2.1").status == 200)
            for _ in 0..<30 { #expect(try await send(.get, "/api/v1/services", from: nil).status == 200) }
            // Posts have a bucket of their own, before anything of the body is looked at.
            #expect(try await send(.post, "/open311/v2/requests.json", from: "192.0.2.3").status == 400)
            let post = try await send(.post, "/open311/v2/requests.json", from: "192.0.2.3")
            #expect(post.isFault(429))
            #expect(try await send(.get, list, from: "192.0.2.3").status == 200)
        }
    }

    @Test("count a key whatever addresses use it")
    func keys() throws {
        var rates = RateSettings()
        rates.keyPosts = RateAllowance(burst: 2, perMinute: 2)
        let limits = RateLimits(rates)
        try limits.post(withKey: "k")
        try limits.post(withKey: "k")
        let fault = #expect(throws: HTTPFault.self) { try limits.post(withKey: "k") }
        #expect(fault?.status == .tooManyRequests)
        #expect(fault?.headers[.retryAfter] == "30")
        try limits.post(withKey: "other")
    }
}
