import Domain
import Foundation
import TestSupport
import Testing

@testable import Hub
@testable import Transports

@Suite("The hub's ways out")
struct OutsideSystemsTests {
    private let server: FakeOpen311Server
    private let delivery: OutsideDelivery

    init() throws {
        let server = try FakeOpen311Server()
        self.server = server
        delivery =
            OutsideSystems(
                http: wayOut(to: server),
                pictures: wayOut(to: server),
                key: { $0 == "WORKS_KEY" ? "secret" : nil },
                now: { Date() }
            ).delivery
    }

    private func target(_ endpoint: String? = nil, key: String? = "WORKS_KEY") -> ForwardingTarget {
        ForwardingTarget(
            code: "works",
            endpoint: endpoint ?? server.root,
            jurisdictionID: "works",
            apiKeyVariable: key,
            timeoutSeconds: 2
        )
    }

    private func submission(
        doubtful: Bool = false,
        to target: ForwardingTarget? = nil,
        reference: RequestReference = RequestReference.make(code: TenantCode(trusted: "BB"))
    ) throws -> OutsideSubmission {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
        return OutsideSubmission(
            target: target ?? self.target(),
            request: ServiceRequest(
                reference: reference,
                tenant: JurisdictionID(trusted: "brindle-bay"),
                standing: .lead,
                serviceCode: ServiceCode(trusted: "RD-POTH"),
                publicType: ServiceCode(trusted: "RD-POTH"),
                channel: .web,
                language: .french,
                life: .received,
                description: "Trou profond",
                coordinate: try Coordinate(latitude: 44.2, longitude: -79.3),
                priority: .p3,
                visibility: .public,
                requestedAt: now,
                updatedAt: now
            ),
            serviceCode: "POTHOLE",
            deliveryKey: UUID(),
            isDoubtful: doubtful,
            queuedAt: now
        )
    }

    @Test("send with the key of the named variable")
    func sends() async throws {
        #expect(await delivery.submit(try submission()) == .taken(remoteID: "R1", token: nil))
        #expect(server.posts.first?.fields["api_key"] == ["secret"])
        #expect(server.posts.first?.fields["service_code"] == ["POTHOLE"])
    }

    @Test(
        "keep what only staff may read to themselves, unless the target is one that receives it",
        arguments: [false, true]
    )
    func staffOnly(receives: Bool) async throws {
        let plain = target()
        let named = ForwardingTarget(
            code: plain.code,
            endpoint: plain.endpoint,
            jurisdictionID: plain.jurisdictionID,
            apiKeyVariable: plain.apiKeyVariable,
            timeoutSeconds: 2,
            receivesStaffOnly: receives
        )
        let given = try submission(to: named)
        var request = given.request
        request.answers = ["PLATE": ["ABCD 123"], "SIZE": ["big"]]
        request.staffOnlyAnswers = ["PLATE"]
        let sent = OutsideSubmission(
            target: named,
            request: request,
            serviceCode: given.serviceCode,
            deliveryKey: given.deliveryKey,
            isDoubtful: false,
            queuedAt: given.queuedAt
        )
        #expect(await delivery.submit(sent) == .taken(remoteID: "R1", token: nil))
        let fields = try #require(server.posts.first?.fields)
        #expect(fields.contains { $0.key.hasPrefix("attribute[SIZE]") && $0.value == ["big"] })
        #expect(fields.contains { $0.key.hasPrefix("attribute[PLATE]") } == receives)
    }

    @Test("ask before sending again, and send again only what is not there")
    func asksFirst() async throws {
        let reference = RequestReference.make(code: TenantCode(trusted: "BB"))
        server.next(.commitAndHangUp)
        guard case .uncertain = await delivery.submit(try submission(reference: reference)) else {
            Issue.record("expected uncertain")
            return
        }
        #expect(
            await delivery.submit(try submission(doubtful: true, reference: reference))
                == .taken(remoteID: "R1", token: nil)
        )
        #expect(server.posts.count == 1)
        #expect(await delivery.submit(try submission(doubtful: true)) == .taken(remoteID: "R2", token: nil))
        #expect(server.posts.count == 2)
    }

    @Test("never send again while a server cannot be asked")
    func cannotAsk() async throws {
        server.reading(.answer(status: 500, body: "", headers: []))
        guard case .uncertain = await delivery.submit(try submission(doubtful: true)) else {
            Issue.record("expected uncertain")
            return
        }
        #expect(server.posts.isEmpty)
    }

    @Test("say that asking cleared the doubt when the sending then fails")
    func doubtCleared() async throws {
        server.always(.answer(status: 503, body: "", headers: ["Retry-After: 30"]))
        guard case .notArrived(_, 30, true) = await delivery.submit(try submission(doubtful: true)),
            case .notArrived(_, 30, false) = await delivery.submit(try submission())
        else {
            Issue.record("expected not arrived")
            return
        }
    }

    @Test("wait for a key that is missing, and refuse an address that can never be right, without a knock at its door")
    func unusable() async throws {
        let missing = await delivery.submit(try submission(to: target(key: "OTHER_KEY")))
        guard case .notArrived(let reason, _, false) = missing else {
            Issue.record("\(missing)")
            return
        }
        #expect(reason.contains("OTHER_KEY"))
        for endpoint in [
            "https://169.254.169.254/", "http://open311.example/", "https://127.1/", "gopher://a.example/",
        ] {
            guard case .refused = await delivery.submit(try submission(to: target(endpoint))) else {
                Issue.record("\(endpoint) was not refused")
                continue
            }
        }
        #expect(server.arrivals.isEmpty)
    }

    @Test("exchange tokens, read the feed and the plain status")
    func follows() async throws {
        server.next(.batch)
        guard case .taken(nil, let token?) = await delivery.submit(try submission()) else {
            Issue.record("expected a token")
            return
        }
        #expect(try await delivery.remoteID(target(), token) == nil)
        server.releaseTokens()
        #expect(try await delivery.remoteID(target(), token) == "R1")
        let start = Date().addingTimeInterval(-60)
        server.change("R1", to: "closed", extended: "NO_FURTHER_ACTION".lowercased(), words: "Rien à faire")
        let news = try #require(await delivery.updates(target(), start, Date().addingTimeInterval(60)))
        #expect(news.map(\.status) == [.noFurtherAction])
        #expect(news.map(\.text) == ["Rien à faire"])
        #expect(news.map(\.remoteID) == ["R1"])
        let status = try #require(await delivery.status(target(), "R1"))
        #expect(status.status == .closed)
        #expect(try await delivery.status(target(), "R77") == nil)
    }

    @Test("tell a server without a feed from one that fails")
    func noFeed() async throws {
        server.reading(.answer(status: 404, body: "", headers: []))
        #expect(try await delivery.updates(target(), Date(), Date()) == nil)
        server.reading(.answer(status: 500, body: "", headers: []))
        await #expect(throws: (any Error).self) { try await delivery.updates(target(), Date(), Date()) }
    }

    @Test("fetch a picture, bounded, and tell gone from not now")
    func pictures() async throws {
        func fetch(_ behaviour: FakeOpen311Server.Behaviour) async -> String {
            server.reading(behaviour)
            return switch await delivery.picture(server.root + "a.jpg") {
            case .bytes(let data): String(decoding: data, as: UTF8.self)
            case .gone: "gone"
            case .later: "later"
            }
        }
        #expect(await fetch(.answer(status: 200, body: "JPEG", headers: [])) == "JPEG")
        #expect(await fetch(.answer(status: 404, body: "", headers: [])) == "gone")
        #expect(await fetch(.answer(status: 302, body: "", headers: ["Location: http://127.0.0.1/"])) == "gone")
        #expect(await fetch(.answer(status: 503, body: "", headers: [])) == "later")
        #expect(await fetch(.hangUp) == "later")
        #expect(await fetch(.endless) == "gone")
    }

    @Test("fetch no picture from inside, even where forwarding may go inside")
    func picturesInside() async throws {
        let host = AddressPolicy.InternalHost(host: "127.0.0.1", port: server.port)
        let systems = OutsideSystems(policy: AddressPolicy(internalHosts: [host]), key: { _ in nil }, now: { Date() })
        for url in [
            server.root + "a.jpg", "http://localhost/a.jpg", "http://[::1]/a.jpg", "file:///etc/passwd", "data:,",
        ] {
            guard case .gone = await systems.delivery.picture(url) else {
                Issue.record("\(url) was fetched")
                continue
            }
        }
        #expect(server.arrivals.isEmpty)
    }
}
