import Crypto
import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import TestSupport
import Testing

@testable import Web

@Suite("Pages of messages")
struct PagesNewsTests {
    /// A request with one person who is told of it, and the tokens of the links in the messages.
    private static func told(_ region: PagesRegion) async throws -> (
        reference: RequestReference, id: UUID, code: TenantCode
    ) {
        let id = JurisdictionID(trusted: "brindle-bay")
        let tenant = try #require(try await region.surroundings.directory.tenant(id))
        let service = try #require(tenant.service(ServiceCode(trusted: "RD-SWALK"), at: region.clock.now))
        var answers: [String: [String]] = [:]
        for question in service.questions where question.isRequired {
            answers[question.code] = [question.values.first?.key ?? "1"]
        }
        let intake = Intake(
            channel: .open311,
            service: service.code,
            language: .english,
            description: "The slab has risen",
            coordinate: try Coordinate(latitude: 44.1016, longitude: -79.18),
            address: nil,
            answers: Answers(answers),
            contact: Requester(email: "ann@example.org"),
            mediaURLs: [],
            receivedAt: region.clock.now,
            idempotencyKey: nil
        )
        guard
            case .taken(let receipt) = try await SubmitServiceRequest(region.surroundings)(
                intake,
                to: tenant,
                client: ClientIdentity(id: "test")
            )
        else { throw CocoaError(.featureUnsupported) }
        let person = try await region.surroundings.databases.withTenant(tenant.code) {
            try await Subscriptions($0).active(for: receipt.reference)
        }
        return (receipt.reference, try #require(person.first?.id), tenant.code)
    }

    private static func tokens(_ region: PagesRegion) -> TellingTokens { region.surroundings.settings.telling.tokens }

    @Test("The link in a message shows what is told and changes nothing; buttons and one click do, in both languages")
    func manage() async throws {
        try await PagesRegion.run { region in
            let (reference, id, code) = try await Self.told(region)
            let token = Self.tokens(region).token(.manage, tenant: code, id)
            let page = try await region.get("/en/news/\(token)")
            #expect(page.status == .ok)
            #expect(page.text.contains("You get news of request \(reference)."))
            #expect(page.text.contains("a…@example.org"))
            #expect(!page.html.contains("ann@example.org"))
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(try await region.get("/fr/news/\(token)").heading == "Ce que nous vous envoyons")
            let chosen = try await region.post("/en/news/\(token)", [("choice", "daily")])
            #expect(chosen.text.contains("Saved."))
            let clicked = try await region.post("/en/news/\(token)", [("List-Unsubscribe", "One-Click")])
            #expect(clicked.status == .ok)
            let ended = try await region.get("/en/news/\(token)")
            #expect(ended.text.contains("You get no more of these messages."))
            let again = try await region.post("/en/news/\(token)", [("choice", "restart")])
            #expect(!again.text.contains("You get no more"))
        }
    }

    @Test(
        "A link that was changed, is for another purpose or another town's face opens nothing; a form of another site does nothing"
    )
    func strangers() async throws {
        try await PagesRegion.run { region in
            let (_, id, code) = try await Self.told(region)
            let tokens = Self.tokens(region)
            let token = tokens.token(.manage, tenant: code, id)
            for path in [
                "/en/news/\(token)x", "/en/news/\(tokens.token(.survey, tenant: code, id))", "/en/survey/\(token)",
                "/en/news/confirm/\(token)", "/t/cobbleford/en/news/\(token)", "/en/news/..%2f", "/en/survey/%00",
            ] {
                #expect(try await region.get(path).status == .notFound, "\(path)")
            }
            #expect(try await region.get("/t/brindle-bay/en/news/\(token)").status == .ok)
            let foreign = try await region.post(
                "/en/news/\(token)",
                [("choice", "stop")],
                [.origin: "https://elsewhere.example"]
            )
            #expect(foreign.status == .forbidden)
            let kept = try await region.get("/en/news/\(token)")
            #expect(!kept.text.contains("no more of these"))
        }
    }

    @Test("The questions after the end: what is missing is named beside its field, an answer is taken once")
    func survey() async throws {
        try await PagesRegion.run { region in
            let (reference, id, code) = try await Self.told(region)
            let path = "/en/survey/\(Self.tokens(region).token(.survey, tenant: code, id))"
            #expect(try await region.get(path).heading == "How did it go with \(reference)?")
            let faulty = try await region.post(path, [("solved", "yes"), ("words", "<script>alert(1)</script>")])
            #expect(faulty.status == .badRequest)
            #expect(faulty.text.contains("Choose how well we handled it."))
            #expect(!faulty.html.contains("<script>alert"))
            #expect(try await region.post(path, [("solved", "yes"), ("score", "4")]).heading == "Thank you")
            #expect(
                try await region.post(path, [("solved", "no"), ("score", "1")]).heading == "You have answered already"
            )
        }
    }

    @Test("Following says the same for any address and nothing of an unknown reference; notices name what is missing")
    func follow() async throws {
        try await PagesRegion.run { region in
            let (reference, _, _) = try await Self.told(region)
            let page = try await region.get("/fr/requests/\(reference)")
            #expect(page.html.contains("action=\"/fr/requests/\(reference)/follow\""))
            for email in ["ann@example.org", "new@example.org"] {
                let answer = try await region.post("/fr/requests/\(reference)/follow", [("email", email)])
                #expect(answer.heading == "Consultez votre boîte de courriel")
            }
            let wrong = try await region.post("/en/requests/\(reference)/follow", [("email", "nobody")])
            #expect(wrong.status == .badRequest)
            let unknown = try await region.post("/en/requests/BB-00000-0000/follow", [("email", "a@b.example")])
            #expect(unknown.status == .notFound)
            let empty = try await region.post("/t/brindle-bay/en/notices", [("email", "a@b.example")])
            #expect(empty.status == .badRequest)
            #expect(empty.text.contains("Enter the name of a street, or choose everywhere."))
            let asked = try await region.post(
                "/t/brindle-bay/en/notices",
                [("email", "a@b.example"), ("street", "Main St")]
            )
            #expect(asked.heading == "Look into your mailbox")
        }
    }

    @Test(
        "Hooks open by token and signature only; a text message that says STOP is answered, an old signature is refused"
    )
    func hooks() async throws {
        var server = ServerSettings()
        server.hooks = MessageHooks(mailToken: "m", smsSecret: "s", twilioSecret: "t")
        try await PagesRegion.run(server: server) { region in
            #expect(try await region.post("/webhooks/mail", [("a", "b")]).status == .forbidden)
            let mail = try await region.post("/webhooks/mail", [("a", "b")], [.authorization: "Bearer m"])
            #expect(mail.status == .ok)
            #expect(try await region.post("/webhooks/sms", [("a", "b")]).status == .forbidden)
            let url = "http://hub.example/webhooks/sms/twilio"
            let fields = [("Body", "Arrêt"), ("From", "+17055550199"), ("MessageSid", "SM1")]
            let signed = Data((url + fields.map { $0.0 + $0.1 }.joined()).utf8)
            let key = SymmetricKey(data: Data("t".utf8))
            let code = Data(HMAC<Insecure.SHA1>.authenticationCode(for: signed, using: key)).base64EncodedString()
            let name = try #require(HTTPField.Name("X-Twilio-Signature"))
            let reply = try await region.post("/webhooks/sms/twilio", fields, [name: code])
            #expect(reply.status == .ok)
            #expect(reply.html.contains("<Message>You get no more messages"))
            #expect(
                try await region.post("/webhooks/sms/twilio", fields, [name: code]).html.contains(
                    "<Response></Response>"
                )
            )
            let forged = [("Body", "START")] + fields.dropFirst()
            #expect(try await region.post("/webhooks/sms/twilio", forged, [name: code]).status == .forbidden)
        }
    }

    @Test("A signature counts for five minutes, over the body as it came")
    func signatures() {
        let hooks = MessageHooks(smsSecret: "secret")
        let body = Array(#"{"event":"completed"}"#.utf8)
        let at = Date(timeIntervalSince1970: 1_781_618_400)
        // printf '1781618400.{"event":"completed"}' | openssl dgst -sha256 -hmac secret
        let header = "t=1781618400,v1=fa9a1f04ded0b20992fc32088764fccdd3cd7d36d5c0b7165865557a73a7be30"
        #expect(hooks.isSigned(body, header, at: at))
        #expect(hooks.isSigned(body, header, at: at + 299))
        #expect(!hooks.isSigned(body, header, at: at + 301))
        #expect(!hooks.isSigned(body + [32], header, at: at))
        #expect(!hooks.isSigned(body, header.replacing("t=1781618400", with: "t=1781618401"), at: at))
        #expect(!MessageHooks().isSigned(body, header, at: at))
        #expect(!MessageHooks(smsSecret: "").isSigned(body, header, at: at))
    }
}
