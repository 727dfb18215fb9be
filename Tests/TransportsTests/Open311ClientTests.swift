import Domain
import Foundation
import Open311
import TestSupport
import Testing
import Transports

@Suite("Forwarding to a GeoReport server outside")
struct Open311ClientTests {
    private let server: FakeOpen311Server
    private let client: Open311Client

    init() throws {
        server = try FakeOpen311Server()
        client = try Self.client(of: server)
    }

    private static func client(of server: FakeOpen311Server, limit: Duration = .seconds(2)) throws -> Open311Client {
        Open311Client(
            endpoint: Open311Endpoint(
                root: try OutboundAddress(server.root),
                jurisdictionID: "greyhaven",
                apiKey: "K&1",
                timeLimit: limit
            ),
            http: wayOut(to: server)
        )
    }

    private func request(_ words: String = "Deep hole by the bridge") throws -> OutgoingRequest {
        OutgoingRequest(
            reference: RequestReference.make(code: TenantCode(trusted: "BB")),
            serviceCode: "POTHOLE",
            description: words,
            coordinate: try Coordinate(latitudeText: "44.2051712", longitudeText: "-79.25"),
            address: "12 Main St & Bay",
            answers: ["SIZE": ["30"], "HAZARDS": ["h1", "h2"]],
            mediaURLs: ["https://pictures.example/1.jpg"],
            contact: Requester(email: "resident@example.org")
        )
    }

    @Test("sends everything in one form, our reference twice, and takes the id")
    func submit() async throws {
        let request = try request()
        #expect(await client.submit(request) == .sent(DeliveryOutcome.Receipt(remoteID: "R1")))
        let fields = try #require(server.posts.first?.fields)
        #expect(fields["api_key"] == ["K&1"])
        #expect(fields["jurisdiction_id"] == ["greyhaven"])
        #expect(fields["service_code"] == ["POTHOLE"])
        #expect(fields["lat"] == ["44.2051712"])
        #expect(fields["long"] == ["-79.25"])
        #expect(fields["address_string"] == ["12 Main St & Bay"])
        #expect(fields["attribute[SIZE]"] == ["30"])
        #expect(fields["attribute[HAZARDS][]"] == ["h1", "h2"])
        #expect(fields["attribute[hub_reference]"] == [request.reference.rawValue])
        #expect(fields["email"] == ["resident@example.org"])
        #expect(fields["media_url"] == ["https://pictures.example/1.jpg"])
        #expect(fields["description"]?.first?.contains(request.reference.rawValue) == true)
        #expect(fields["description"]?.first?.hasSuffix("Deep hole by the bridge") == true)
        #expect(server.posts.first?.target == "/open311/v2/requests.xml")
    }

    @Test("takes a token from a batch service and exchanges it when the id is there")
    func batch() async throws {
        server.next(.batch)
        let outcome = await client.submit(try request())
        guard case .sent(let receipt) = outcome, let token = receipt.token else {
            Issue.record("expected a token, not \(outcome)")
            return
        }
        #expect(receipt.remoteID == nil)
        #expect(try await client.identifier(ofToken: token) == nil)
        server.releaseTokens()
        #expect(try await client.identifier(ofToken: token) == "R1")
        await #expect(throws: Open311Client.Fault.self) { try await client.identifier(ofToken: "../services") }
    }

    @Test("counts a blackbox as delivered")
    func blackbox() async throws {
        server.next(.blackbox)
        let expected = DeliveryOutcome.Receipt(remoteID: nil, notice: "Thank you")
        #expect(await client.submit(try request()) == .sent(expected))
    }

    /// What an outbox does with an answer.
    enum Expected: String {
        case retry, dead, uncertain
    }

    @Test(
        "says what to do after each kind of failure",
        arguments: [
            // status, body, headers, expected, seconds
            (400, "<errors><error><code>400</code><description>lat</description></error></errors>", "", .dead, nil),
            (401, "", "", .dead, nil), (403, "", "", .dead, nil), (404, "", "", .dead, nil), (422, "x", "", .dead, nil),
            (408, "", "", .retry, nil), (409, "", "", .retry, nil), (425, "", "", .retry, nil),
            (429, "", "Retry-After: 90", .retry, 90), (503, "", "Retry-After: 7", .retry, 7),
            (503, "", "", .retry, nil),
            (500, "", "", .uncertain, nil),
            (500, "<errors><error><code>500</code><description>x</description></error></errors>", "", .retry, nil),
            (502, "<html>Bad gateway</html>", "", .uncertain, nil), (504, "", "", .uncertain, nil),
            (301, "", "Location: https://elsewhere.example/", .retry, nil),
            (303, "", "Location: https://elsewhere.example/", .uncertain, nil),
            (200, "<html><body>Sign in to the network</body></html>", "", .uncertain, nil),
            (200, "", "", .uncertain, nil), (200, "OK", "", .uncertain, nil), (204, "", "", .uncertain, nil),
            (200, "<errors><error><code>400</code><description>x</description></error></errors>", "", .dead, nil),
            (200, #"[{"code": 4031, "description": "key"}]"#, "", .dead, nil),
            (200, #"{"token": [[[["#, "", .uncertain, nil),
            (200, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "", .uncertain, nil),
        ] as [(Int, String, String, Expected, Double?)]
    )
    func failures(status: Int, body: String, header: String, expected: Expected, seconds: Double?) async throws {
        server.next(.answer(status: status, body: body, headers: header.isEmpty ? [] : [header]))
        let outcome = await client.submit(try request())
        switch (outcome, expected) {
        case (.retry(let after, _), .retry): #expect(after == seconds)
        case (.dead, .dead), (.uncertain, .uncertain): break
        default: Issue.record("\(outcome) instead of \(expected.rawValue)")
        }
    }

    @Test(
        "says what to do when no answer comes",
        arguments: [
            (FakeOpen311Server.Behaviour.commitAndHangUp, Expected.uncertain), (.hang, .uncertain),
            (.endless, .uncertain),
            (.slow(millisecondsPerByte: 200), .uncertain),
        ]
    )
    func noAnswer(behaviour: FakeOpen311Server.Behaviour, expected: Expected) async throws {
        server.next(behaviour)
        let outcome = await (try Self.client(of: server, limit: .seconds(1))).submit(try request())
        guard case .uncertain = outcome else {
            Issue.record("\(outcome) instead of \(expected.rawValue)")
            return
        }
    }

    @Test("a server that refuses connections is tried again later")
    func refused() async throws {
        server.close()
        guard case .retry(nil, let reason) = await client.submit(try request()) else {
            Issue.record("expected a retry")
            return
        }
        #expect(reason.contains("refused"))
    }

    @Test("an address that is not allowed is dead at once, a name that points inside for now is tried again")
    func notAllowed() async throws {
        func outcome(_ root: String) async throws -> DeliveryOutcome {
            let way = OutboundHTTP(policy: AddressPolicy(), now: { Date() }) { _ in [.version4(0x0A00_0001)] }
            let endpoint = Open311Endpoint(root: try OutboundAddress(root))
            return await Open311Client(endpoint: endpoint, http: way).submit(try request())
        }
        guard case .dead = try await outcome("http://open311.example/"),
            case .retry = try await outcome("https://open311.example/")
        else {
            Issue.record("wrong outcome")
            return
        }
    }

    @Test("asks first: what was taken before the connection broke is found by our reference and not sent twice")
    func taken() async throws {
        let request = try request()
        server.plant(description: "Another hole", serviceCode: "POTHOLE")
        server.next(.commitAndHangUp)
        let attempt = Date()
        guard case .uncertain = await client.submit(request) else {
            Issue.record("expected uncertain")
            return
        }
        let found = await client.find(request.reference, serviceCode: "POTHOLE", sentAt: attempt, now: Date())
        #expect(found == .there(remoteID: "R2"))
        #expect(server.posts.count == 1)
    }

    @Test("asks first: what never arrived is absent and may be sent again")
    func absent() async throws {
        let request = try request()
        server.next(.hangUp)
        _ = await client.submit(request)
        #expect(await client.find(request.reference, serviceCode: "POTHOLE", sentAt: Date(), now: Date()) == .absent)
    }

    @Test(
        "looks through every page, and through smaller windows where there are no pages",
        arguments: [(1000, true), (25, true), (40, false), (25, false)]
    )
    func pages(largest: Int, knowsPages: Bool) async throws {
        let now = Date()
        let request = try request()
        server.lists(atMost: largest, knowsPages: knowsPages)
        _ = await client.submit(request)
        // Newer ones push ours off the first page; older ones fill it from behind.
        for index in 0..<120 {
            let minutes = Double(index) * 11
            server.plant(
                description: "Later \(index)",
                serviceCode: "POTHOLE",
                at: now.addingTimeInterval(60 + minutes * 60)
            )
        }
        let later = now.addingTimeInterval(86_000)
        let found = await client.find(request.reference, serviceCode: "POTHOLE", sentAt: now, now: later)
        #expect(found == .there(remoteID: "R1"))
        let other = RequestReference.make(code: TenantCode(trusted: "BB"))
        #expect(await client.find(other, serviceCode: "POTHOLE", sentAt: now, now: later) == .absent)
    }

    @Test("never says absent when a server shows only a part of what it has")
    func part() async throws {
        server.lists(atMost: 30, knowsPages: false)
        let now = Date()
        for index in 0..<60 { server.plant(description: "\(index)", serviceCode: "POTHOLE", at: now) }
        let found = await client.find(try request().reference, serviceCode: "POTHOLE", sentAt: now, now: now)
        guard case .unknown = found else {
            Issue.record("\(found)")
            return
        }
    }

    @Test(
        "knows nothing when the server cannot be asked",
        arguments: [
            FakeOpen311Server.Behaviour.hang, .hangUp, .endless, .answer(status: 500, body: "", headers: []),
            .answer(status: 404, body: "", headers: []), .answer(status: 200, body: "<html></html>", headers: []),
        ]
    )
    func cannotBeAsked(behaviour: FakeOpen311Server.Behaviour) async throws {
        server.reading(behaviour)
        let client = try Self.client(of: server, limit: .seconds(1))
        let found = await client.find(try request().reference, serviceCode: "POTHOLE", sentAt: Date(), now: Date())
        guard case .unknown = found else {
            Issue.record("\(found)")
            return
        }
    }

    @Test("a resident's words that look like our mark do not pass for it")
    func forged() async throws {
        let victim = try request()
        _ = await client.submit(try request("[311 reference \(victim.reference)] ha"))
        let found = await client.find(victim.reference, serviceCode: "POTHOLE", sentAt: Date(), now: Date())
        #expect(found == .absent)
    }

    @Test("words of any length arrive with at most 4000 code points and the reference first")
    func long() async throws {
        let request = try request(String(repeating: "é", count: 4000))
        _ = await client.submit(request)
        let words = try #require(server.posts.first?.fields["description"]?.first)
        #expect(words.unicodeScalars.count == 4000)
        #expect(words.hasPrefix("[311 reference \(request.reference)]"))
        #expect(words.hasSuffix("…"))
    }

    @Test("reads one request, and none as nil")
    func single() async throws {
        _ = await client.submit(try request())
        server.change("R1", to: "closed", words: "Filled")
        let shown = try #require(await client.request("R1"))
        #expect(shown.status == .closed)
        #expect(shown.statusNotes == "Filled")
        #expect(try await client.request("R9") == nil)
    }

    @Test("reads the feed of updates between two instants, oldest first")
    func updates() async throws {
        _ = await client.submit(try request())
        let start = Date(timeIntervalSince1970: 1_795_000_000)
        server.change("R1", to: "open", extended: "in_progress", words: "Crew", at: start.addingTimeInterval(60))
        server.change("R1", to: "closed", extended: "fixed", words: "Done", at: start.addingTimeInterval(10))
        server.change("R1", to: "closed", extended: "closed", words: "Later", at: start.addingTimeInterval(7200))
        let updates = try await client.updates(from: start, to: start.addingTimeInterval(3600))
        #expect(updates.map(\.status) == ["fixed", "in_progress"])
        #expect(updates.map(\.serviceRequestID) == ["R1", "R1"])
        #expect(updates.first?.updatedAt == start.addingTimeInterval(10))
    }

    @Test(
        "hostile answers to questions are errors, bounded in time",
        arguments: [
            FakeOpen311Server.Behaviour.endless, .slow(millisecondsPerByte: 5_000),
            .answer(status: 200, body: String(repeating: "[", count: 100_000), headers: []),
            .answer(status: 200, body: "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", headers: []),
            .answer(status: 200, body: "\u{0}\u{1}", headers: []),
        ]
    )
    func hostile(behaviour: FakeOpen311Server.Behaviour) async throws {
        server.reading(behaviour)
        let client = try Self.client(of: server, limit: .seconds(1))
        let start = ContinuousClock.now
        await #expect(throws: Open311Client.Fault.self) { try await client.updates(from: Date(), to: Date()) }
        await #expect(throws: Open311Client.Fault.self) { try await client.request("R1") }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("a target of a tenant's file is taken only where the hub may send to")
    func endpoint() throws {
        let inside = ForwardingTarget(code: "works", endpoint: "https://10.0.0.7/open311/", allowsPrivateAddress: true)
        #expect(throws: AddressPolicy.Refusal.inside(.privateUse)) {
            try Open311Endpoint(inside, apiKey: nil, policy: AddressPolicy())
        }
        let outside = ForwardingTarget(code: "works", endpoint: "https://open311.example/v2", timeoutSeconds: 900)
        let endpoint = try Open311Endpoint(outside, apiKey: "k", policy: AddressPolicy())
        #expect(endpoint.timeLimit == .seconds(15))
    }
}
