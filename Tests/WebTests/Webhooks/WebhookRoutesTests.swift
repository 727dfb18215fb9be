import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import TestSupport
import Testing

@testable import Web

/// Attack A25: webhook in with a wrong signature, an old timestamp, a replay, or too much.
@Suite("Calls of departments' own systems", .region, .serialized)
struct WebhookRoutesTests {
    private static let path = "/webhooks/fallow/works"

    /// Gives the town of Fallow, and its neighbour, a connector that may call.
    private func connect(_ caller: RegionCaller) async throws {
        for id in ["fallow", "dunmore-mills"] {
            let tenant = try #require(try await caller.surroundings.directory.tenant(JurisdictionID(trusted: id)))
            let old = tenant.configuration
            let target = ForwardingTarget(
                code: "works",
                kind: .webhook,
                endpoint: "https://works.example/hook",
                apiKeyVariable: "HUB_SECRET_OUT",
                terms: ConnectorTerms(inbound: .init(keyVariable: "HUB_SECRET_\(old.tenant.code)"))
            )
            let silent = ForwardingTarget(code: "silent", kind: .file, endpoint: "silent")
            let unset = ForwardingTarget(
                code: "unset",
                kind: .file,
                endpoint: "unset",
                terms: ConnectorTerms(inbound: .init(keyVariable: "NOT_SET"))
            )
            let configuration = TenantConfiguration(
                tenant: old.tenant,
                catalogue: old.catalogue,
                calendar: old.calendar,
                forwarding: [target, silent, unset]
            )
            let digest = try ApplyTenants.digest(of: configuration)
            let now = caller.clock.now
            try await caller.surroundings.databases.withHub { transaction in
                try await Jurisdictions(transaction)
                    .putConfiguration(of: configuration.tenant.id, version: 2, digest: digest, configuration, now: now)
            }
        }
        try await caller.surroundings.directory.reload()
    }

    private func secret(_ caller: RegionCaller, _ id: String = "fallow") throws -> WebhookSignature {
        let code = try #require(caller.region.codes[JurisdictionID(trusted: id)])
        return try #require(WebhookSignature(secret: "a-secret-of-the-tests-HUB_SECRET_\(code)"))
    }

    private func call(
        _ caller: RegionCaller,
        _ body: String,
        id: String = UUID().uuidString,
        path: String = Self.path,
        signedFor tenant: String = "fallow",
        after seconds: TimeInterval = 0,
        tamper: (inout HTTPFields) -> Void = { _ in }
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        let bytes = Array(body.utf8)
        let signature = try secret(caller, tenant)
        for (name, value) in signature.headers(id: id, at: caller.clock.now.addingTimeInterval(seconds), body: bytes) {
            headers[try #require(HTTPField.Name(name))] = value
        }
        tamper(&headers)
        return try await caller.send(.post, path, headers, body: bytes)
    }

    /// A request given to the connector of a town.
    private func given(_ caller: RegionCaller, at id: String = "fallow") async throws -> RequestReference {
        let tenant = try #require(try await caller.surroundings.directory.tenant(JurisdictionID(trusted: id)))
        let point = id == "fallow" ? (44.37001, -79.12) : (44.2732, -79.03)
        let service = try #require(tenant.service(forPublicType: ServiceCode(trusted: "RD-POTH"), at: caller.clock.now))
        var answers: [String: [String]] = [:]
        for question in service.questions where question.isRequired {
            answers[question.code] = [question.values.first?.key ?? "1"]
        }
        let submission = try await SubmitServiceRequest(caller.surroundings)(
            Intake(
                channel: .open311,
                service: service.code,
                language: .english,
                description: "A hole",
                coordinate: try Coordinate(latitude: point.0, longitude: point.1),
                answers: Answers(answers),
                receivedAt: caller.clock.now
            ),
            to: tenant,
            client: ClientIdentity(id: "test")
        )
        guard case .taken(let receipt) = submission else {
            Issue.record("not taken: \(submission)")
            throw CancellationError()
        }
        return receipt.reference
    }

    private func step(_ reference: RequestReference, _ caller: RegionCaller, at id: String = "fallow") async throws
        -> PublicStep?
    {
        let code = try #require(caller.region.codes[JurisdictionID(trusted: id)])
        return try await caller.surroundings.databases.withTenant(code) {
            try await ServiceRequests($0).read(reference)?.step
        }
    }

    @Test("A signed call moves the request, and the same call again has no effect and a good answer")
    func signed() async throws {
        try await DemonstrationRegion.run { caller in
            try await connect(caller)
            let reference = try await given(caller)
            let body =
                #"{"updates": [{"reference": "\#(reference)", "status": "done", "text": "Filled", "priority": "P1"}]}"#
            let first = try await call(caller, body, id: "msg-1")
            #expect(first.status == 200, "\(first.text)")
            #expect(first.text.contains(#""result":"applied""#))
            #expect(first.text.contains("left out: priority"))
            #expect(try await step(reference, caller) == .completed)
            let again = try await call(caller, body, id: "msg-1", after: 30)
            #expect(again.status == 200)
            #expect(again.text.contains(#""repeated":true"#))
            let other = try await call(caller, body.replacing("done", with: "reopen"), id: "msg-1")
            #expect(other.status == 409)
            #expect(try await step(reference, caller) == .completed)
        }
    }

    @Test("A call recorded on the way and sent again by somebody else does nothing, within its five minutes or after")
    func replay() async throws {
        try await DemonstrationRegion.run { caller in
            try await connect(caller)
            let reference = try await given(caller)
            let done = #"{"reference": "\#(reference)", "status": "done"}"#
            #expect(try await call(caller, done, id: "rec-1").status == 200)
            #expect(
                try await call(caller, #"{"reference": "\#(reference)", "status": "reopen"}"#, id: "rec-2").status
                    == 200
            )
            #expect(try await step(reference, caller) == .received)
            #expect(try await call(caller, done, id: "rec-1").text.contains(#""repeated":true"#))
            #expect(try await call(caller, done, id: "rec-1", after: -301).status == 401)
            #expect(try await step(reference, caller) == .received)
        }
    }

    @Test(
        "Not signed, wrongly signed, signed for another tenant, too old, too new, unknown: refused alike, and nothing happens"
    )
    func refused() async throws {
        try await DemonstrationRegion.run { caller in
            try await connect(caller)
            let reference = try await given(caller)
            let body = #"{"reference": "\#(reference)", "status": "done"}"#
            func signature(_ value: String?) -> (inout HTTPFields) -> Void {
                { fields in
                    guard let name = HTTPField.Name("webhook-signature") else { return }
                    fields[name] = value
                }
            }
            var texts: Set<String> = []
            for value in ["v1,AAAA", "v1,", "v2,xyz", "v1a,zzz", String(repeating: "A", count: 44)] {
                let answer = try await call(caller, body, tamper: signature(value))
                #expect(answer.status == 401)
                texts.insert(answer.text)
            }
            // The neighbour's good signature, at this door and the other way round.
            let foreign = try await call(caller, body, signedFor: "dunmore-mills")
            #expect(foreign.status == 401)
            texts.insert(foreign.text)
            for path in [
                "/webhooks/fallow/none", "/webhooks/fallow/silent", "/webhooks/nowhere/works", "/webhooks/%2e%2e/works",
                "/webhooks/FALLOW/works",
            ] {
                let answer = try await call(caller, body, path: path)
                #expect(answer.status == 401, "\(path)")
                texts.insert(answer.text)
            }
            #expect(texts.count == 1, "\(texts)")
            #expect(try await call(caller, body, tamper: signature(nil)).status == 401)
            #expect(try await call(caller, body, after: -301).status == 401)
            #expect(try await call(caller, body, after: 301).status == 401)
            #expect(try await call(caller, body, after: -299).status == 200)
            #expect(try await step(reference, caller) == .completed)
            // At the neighbour's door, rightly signed for it, the request is not known.
            let stranger = try await call(
                caller,
                body,
                path: "/webhooks/dunmore-mills/works",
                signedFor: "dunmore-mills"
            )
            #expect(stranger.status == 200)
            #expect(stranger.text.contains(#""result":"refused""#))
        }
    }

    @Test(
        "What cannot be read says so; what is huge is not read; other methods are refused; a secret that is not set asks for patience"
    )
    func malformed() async throws {
        try await DemonstrationRegion.run { caller in
            try await connect(caller)
            for body in [
                "", "[]", "null", "{\"updates\": 3}", "{\"updates\": []}", "{", "\u{0}",
                String(repeating: "[", count: 5000),
            ] {
                let answer = try await call(caller, body)
                #expect(answer.status == 400, "\(body.prefix(20)): \(answer.text)")
            }
            let many = "{\"updates\": [\(Array(repeating: "{\"id\": \"1\"}", count: 501).joined(separator: ","))]}"
            #expect(try await call(caller, many).status == 400)
            #expect(try await call(caller, "{\"text\": \"\(String(repeating: "x", count: 300_000))\"}").status == 413)
            let nested = try await call(caller, #"{"reference": "FL-00000-0000", "status": {"$gt": ""}, "text": 7}"#)
            #expect(nested.status == 200)
            #expect(nested.text.contains(#""result":"refused""#))
            for method in [HTTPRequest.Method.get, .put, .delete] {
                #expect(try await caller.send(method, Self.path).status == 405)
            }
            #expect(try await call(caller, "{}", path: "/webhooks/fallow/unset").status == 503)
        }
    }

    @Test("A letter comes in by its own door, rightly signed, and its key opens its own request")
    func letter() async throws {
        try await DemonstrationRegion.run { caller in
            try await connect(caller)
            let reference = try await given(caller)
            let code = try #require(caller.region.codes[JurisdictionID(trusted: "fallow")])
            let address = ReplyAddress(key: Data(repeating: 7, count: 32), tenant: code, connector: "works")
                .address(in: "answers@311.example", for: reference)
            let letter = "From: a@works.example\r\nTo: \(address)\r\nMessage-ID: <1@x>\r\n\r\nin progress\r\n"
            let answer = try await call(caller, letter, path: Self.path + "/mail")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try await step(reference, caller) == .workAssigned)
            #expect(try await caller.send(.post, Self.path + "/mail", [:], body: Array(letter.utf8)).status == 401)
        }
    }
}
