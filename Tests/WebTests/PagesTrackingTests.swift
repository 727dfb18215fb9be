import Domain
import Foundation
import HTTPTypes
import Hub
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Web

@Suite("What the person who reported may still do")
struct PagesTrackingTests {
    /// A request of Brindle Bay through the pages' channel, with its private key.
    private func reported(_ region: PagesRegion) async throws -> Receipt {
        let town = try #require(try await region.surroundings.directory.tenant(JurisdictionID(trusted: "brindle-bay")))
        let intake = Intake(
            channel: .web,
            service: ServiceCode(trusted: "BB:WEED"),
            language: .english,
            description: "Weeds on the beach",
            coordinate: try Coordinate(latitude: 44.1016, longitude: -79.18),
            contact: Requester(email: "ann@example.org"),
            receivedAt: region.clock.now
        )
        let submitted = try await SubmitServiceRequest(region.surroundings)(
            intake,
            to: town,
            client: ClientIdentity(id: "pages")
        )
        guard case .taken(let receipt) = submitted else { throw NotTaken() }
        return receipt
    }

    private struct NotTaken: Error {}

    private func complete(_ reference: RequestReference, _ region: PagesRegion) async throws {
        let town = try #require(try await region.surroundings.directory.tenant(JurisdictionID(trusted: "brindle-bay")))
        _ = try await TakeRequestStep(region.surroundings)(.complete(.fixed), reference, at: town, by: "staff:1")
    }

    @Test("say with the key that it is not done: in both languages, once, with a fault beside it when no word is given")
    func dispute() async throws {
        try await PagesRegion.run { region in
            let receipt = try await reported(region)
            let (reference, key) = (receipt.reference, try #require(receipt.privateToken))
            let path = "/en/requests/\(reference)"
            #expect(try await region.get(path).html.contains("name=\"key\""))
            try await complete(reference, region)
            let ended = try await region.post("/fr/requests/\(reference)", [("key", key)])
            #expect(ended.text.contains("Pas réparé? Dites-le-nous d’ici le"))
            let wordless = try await region.post(path, [("key", key), ("act", "dispute"), ("words", "  ")])
            #expect(wordless.status == .badRequest)
            #expect(wordless.text.contains("at most 1000 characters what is not done"))
            let wrong = try await region.post(path, [("key", String(repeating: "x", count: 26)), ("act", "dispute")])
            #expect(wrong.status == .notFound)
            for _ in 0..<2 {
                let opened = try await region.post(
                    path,
                    [("key", key), ("act", "dispute"), ("words", "Still <b>there")]
                )
                #expect(opened.status == .ok)
                #expect(opened.text.contains("You told us that it is not done."))
                #expect(!opened.html.contains("<b>there"))
            }
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.request.life.disputes == 1)
            #expect(!(try await region.get(path).text.contains("Still")))
        }
    }

    @Test("take it back with the key; without it the page offers nothing but to give the key")
    func withdraw() async throws {
        try await PagesRegion.run { region in
            let receipt = try await reported(region)
            let key = try #require(receipt.privateToken)
            let path = "/en/requests/\(receipt.reference)"
            #expect(!(try await region.get(path).text.contains("Take it back")))
            #expect(try await region.post(path, [("key", key)]).text.contains("Take it back"))
            let ended = try await region.post(path, [("key", key), ("act", "withdraw")])
            #expect(ended.text.contains("Withdrawn"))
            #expect(try await TrackRequest(region.surroundings)(receipt.reference)?.request.status == .closed)
        }
    }

    @Test(
        "the same by the API: an unknown reference and a wrong key look alike, what cannot be done is 409, nothing is 500"
    )
    func api() async throws {
        try await PagesRegion.run { region in
            let receipt = try await reported(region)
            let (reference, key) = (receipt.reference, try #require(receipt.privateToken))
            func act(_ act: String, _ reference: String, _ body: String) async throws -> (HTTPResponse.Status, String) {
                let answer = try await region.client.execute(
                    uri: "/api/v1/requests/\(reference)/\(act)",
                    method: .post,
                    headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: body)
                )
                return (answer.status, String(buffer: answer.body))
            }
            let good = #"{"private_key": "\#(key)", "text": "Still there"}"#
            #expect(try await act("dispute", "\(reference)", good).0 == .conflict)
            try await complete(reference, region)
            let never = RequestReference.make(code: reference.code)
            let unknown = try await act("dispute", "\(never)", good)
            let foreign = try await act(
                "dispute",
                "\(reference)",
                #"{"private_key": "aaaaaaaaaaaaaaaaaaaaaaaaaa", "text": "x"}"#
            )
            #expect(unknown.0 == .notFound && foreign.0 == .notFound)
            #expect(unknown.1 == foreign.1)
            for bad in ["", "[]", "{}", #"{"private_key": 1}"#, #"{"private_key": "\#(key)"}"#] {
                #expect(try await act("dispute", "\(reference)", bad).0 == .badRequest, "\(bad)")
            }
            let long = #"{"private_key": "\#(key)", "text": "\#(String(repeating: "x", count: 1001))"}"#
            #expect(try await act("dispute", "\(reference)", long).0 == .badRequest)
            let opened = try await act("dispute", "\(reference)", good)
            #expect(opened.0 == .ok)
            #expect(opened.1.contains(#""internal_state":"disputed""#))
            region.clock.advance(by: 3600)
            #expect(try await act("withdraw", "\(reference)", good).0 == .ok)
            #expect(try await act("withdraw", "\(reference)", good).0 == .conflict)
            #expect(try await act("dispute", "\(reference)", good).0 == .conflict)
            #expect(try await act("refuse", "\(reference)", good).0 == .notFound)
        }
    }
}
