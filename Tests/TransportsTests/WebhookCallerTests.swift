import Domain
import Foundation
import TestSupport
import Testing

@testable import Hub
@testable import Transports

@Suite("Calls on the wire")
struct WebhookCallerTests {
    private func call(_ server: FakeOpen311Server, url: String? = nil, seconds: Int = 1) async -> OutsideOutcome {
        await WebhookCaller(http: wayOut(to: server))(
            OutsideCall(
                url: url ?? "http://127.0.0.1:\(server.port)/hook",
                headers: [("content-type", "application/json"), ("webhook-id", "1")],
                body: Array("{}".utf8),
                seconds: seconds
            )
        )
    }

    @Test("A receipt with an id is taken, and so is an empty one")
    func taken() async throws {
        let server = try FakeOpen311Server()
        server.next(
            .answer(status: 201, body: "{\"id\":\"W1\"}", headers: ["Content-Type: application/json"]),
            .answer(status: 204, body: "", headers: []),
            .answer(status: 200, body: "{\"id\":\"\(String(repeating: "x", count: 300))\"}", headers: [])
        )
        #expect(await call(server) == .taken(remoteID: "W1", token: nil))
        #expect(await call(server) == .taken(remoteID: nil, token: nil))
        #expect(await call(server) == .taken(remoteID: nil, token: nil))
    }

    @Test(
        "Addresses inside are not called: a file may name them, the deployment does not",
        arguments: [
            "http://127.0.0.1:1/", "https://127.0.0.1/", "https://10.0.0.5/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://100.64.0.1/", "https://0.0.0.0/",
            "https://2130706433/",
            "ftp://works.example/", "https://user:pw@works.example/", "https://works.example:22/",
        ]
    )
    func inside(url: String) async throws {
        let server = try FakeOpen311Server()
        switch await call(server, url: url) {
        case .refused, .notArrived: break
        case .taken, .uncertain: Issue.record("\(url) was called")
        }
        #expect(server.arrivals.isEmpty)
    }

    @Test("A redirect to the inside is not followed")
    func redirect() async throws {
        let (server, inside) = (try FakeOpen311Server(), try FakeOpen311Server())
        server.next(.answer(status: 307, body: "", headers: ["Location: http://127.0.0.1:\(inside.port)/"]))
        guard case .notArrived = await call(server) else {
            Issue.record("expected not arrived")
            return
        }
        #expect(inside.arrivals.isEmpty)
    }

    @Test(
        "A name with a slash, a point in front or nothing is no file",
        arguments: ["", ".hidden", "a/b", "..", "a\0b"]
    )
    func names(name: String) async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("drop-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for file in [
            OutsideFile(root: root, folders: ["t", "c", "out"], name: name, bytes: [1]),
            OutsideFile(root: root, folders: ["t", name, "out"], name: "good.csv", bytes: [1]),
        ] {
            guard case .notArrived = await FileDrop()(file) else {
                Issue.record("\(name) was written")
                continue
            }
        }
        #expect(!FileManager.default.fileExists(atPath: root.path))
    }
}
