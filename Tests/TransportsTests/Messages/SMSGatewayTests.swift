import Domain
import Foundation
import TestSupport
import Testing

@testable import Hub
@testable import Transports

@Suite("Text messages through a gateway")
struct SMSGatewayTests {
    private func message(isDoubtful: Bool = false) -> OutgoingText {
        OutgoingText(
            deliveryKey: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)),
            to: "+17055550199",
            text: "Ville\u{A0}: reçue + à suivre & plus",
            language: .french,
            isDoubtful: isDoubtful
        )
    }

    private func gateway(_ kind: SMSSettings.Kind, _ server: FakeOpen311Server) -> SMSGateway {
        let root = "http://127.0.0.1:\(server.port)"
        return SMSGateway(
            SMSSettings(kind: kind, url: root + "/", account: "AC1", secret: "s3cret", from: "+17055550100"),
            http: wayOut(to: server)
        )
    }

    @Test("the neutral form: JSON, bearer token, the delivery key as idempotency key")
    func neutral() async throws {
        let server = try FakeOpen311Server()
        server.next(.answer(status: 202, body: #"{"id":"m-1"}"#, headers: []))
        #expect(await gateway(.generic, server).send(message()) == .sent("m-1"))
        let post = try #require(server.posts.first)
        #expect(post.headers.contains("Authorization: Bearer s3cret"))
        #expect(post.headers.contains("Idempotency-Key: 01020304-0506-0708-090a-0b0c0d0e0f10"))
        #expect(post.body.contains(#""to":"+17055550199""#))
    }

    @Test("Twilio's form: basic authentication, form fields escaped")
    func twilio() async throws {
        let server = try FakeOpen311Server()
        server.next(.answer(status: 201, body: #"{"sid":"SM1"}"#, headers: []))
        #expect(await gateway(.twilio, server).send(message()) == .sent("SM1"))
        let post = try #require(server.posts.first)
        #expect(post.headers.contains("Authorization: Basic QUMxOnMzY3JldA=="))
        #expect(
            post.body
                == "To=%2B17055550199&From=%2B17055550100&Body=Ville%C2%A0%3A%20re%C3%A7ue%20%2B%20%C3%A0%20suivre%20%26%20plus"
        )
    }

    @Test("what the gateway says decides: STOP said there, no such number, not now, no login")
    func answers() async throws {
        let server = try FakeOpen311Server()
        let gateway = gateway(.twilio, server)
        server.next(.answer(status: 400, body: #"{"code":21610,"message":"unsubscribed"}"#, headers: []))
        guard case .stopped = await gateway.send(message()) else { return #expect(Bool(false), "STOP was not heard") }
        server.next(.answer(status: 400, body: #"{"code":21211,"message":"invalid"}"#, headers: []))
        guard case .refused(_, addressIsGone: true) = await gateway.send(message()) else {
            return #expect(Bool(false), "the number is none")
        }
        server.next(.answer(status: 503, body: "", headers: []))
        guard case .notNow = await gateway.send(message()) else { return #expect(Bool(false), "503 is not now") }
        server.next(.answer(status: 401, body: "", headers: []))
        guard case .notNow = await gateway.send(message()) else { return #expect(Bool(false), "the login is ours") }
    }

    @Test("Twilio cannot be asked: what may have been sent is not sent again")
    func doubt() async throws {
        let server = try FakeOpen311Server()
        guard case .refused(_, addressIsGone: false) = await gateway(.twilio, server).send(message(isDoubtful: true))
        else {
            return #expect(Bool(false), "sent again in doubt")
        }
        #expect(server.posts.isEmpty)
        server.next(.commitAndHangUp)
        guard case .uncertain = await gateway(.generic, server).send(message()) else {
            return #expect(Bool(false), "the neutral gateway knows the key")
        }
    }

    @Test("messages to programs are signed over time and body")
    func programs() async throws {
        let server = try FakeOpen311Server()
        server.next(.answer(status: 204, body: "", headers: []))
        let way = ProgramWay(http: wayOut(to: server), now: { Date(timeIntervalSince1970: 1_781_618_400) })
        let notice = OutgoingNotice(
            deliveryKey: UUID(),
            url: "http://127.0.0.1:\(server.port)/hear",
            body: Array(#"{"event":"completed"}"#.utf8),
            secret: "secret"
        )
        #expect(await way.send(notice) == .sent("status 204"))
        // printf '1781618400.{"event":"completed"}' | openssl dgst -sha256 -hmac secret
        let signature = "t=1781618400,v1=fa9a1f04ded0b20992fc32088764fccdd3cd7d36d5c0b7165865557a73a7be30"
        #expect(server.posts.first?.headers.contains("Hub-Signature: \(signature)") == true)
    }
}
