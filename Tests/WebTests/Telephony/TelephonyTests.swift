import Domain
import Foundation
import HTTPTypes
import NIOCore
import TestSupport
import Testing

@testable import Web

@Suite("Numbers in a query string")
struct TelephoneParametersTests {
    @Test(
        "a plus that arrives unescaped stays a plus; escaped ones, blanks and oddities are read too",
        arguments: [
            ("from=+17055550100&did=311", "+17055550100"), ("from=%2B17055550100", "+17055550100"),
            ("from=%2b17055550100", "+17055550100"), ("did=311&from=7055550100", "7055550100"),
            ("from=&from=+17055550100", "+17055550100"), ("from=a=b", "a=b"), ("from=%zz%4", "%zz%4"),
            ("from=sip%3A+17055550100%40host;user=phone", "sip:+17055550100@host;user=phone"),
            ("from=%2017055550100", " 17055550100"),
        ]
    )
    func read(_ query: String, _ expected: String) {
        #expect(TelephoneParameters(query: query).text("from") == expected)
    }

    @Test(
        "the same number comes out of every spelling",
        arguments: [
            "+17055550100", "%2B17055550100", "%2017055550100", "17055550100", "7055550100",
            "sip:+17055550100@10.0.0.1",
        ]
    )
    func number(_ text: String) {
        #expect(TelephoneParameters(query: "from=\(text)").number("from").national?.e164 == "+17055550100")
    }

    @Test(
        "networks are what they say",
        arguments: [
            ("127.0.0.0/8", "127.9.9.9", true), ("127.0.0.0/8", "128.0.0.1", false),
            ("10.1.0.0/16", "10.1.255.1", true),
            ("10.1.0.0/16", "10.2.0.1", false), ("10.0.0.7", "10.0.0.7", true), ("10.0.0.7", "10.0.0.8", false),
            ("::1", "::1", true), ("127.0.0.0/8", "::ffff:127.0.0.1", true), ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "fe80::1", false), ("0.0.0.0/0", "::1", false),
        ]
    )
    func networks(_ range: String, _ address: String, _ isInside: Bool) throws {
        let place = try #require(NetworkAddress(address))
        #expect(try #require(NetworkRange(range)).contains(place) == isInside)
    }

    @Test(
        "what is no network is none",
        arguments: ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "host", "::/129", "/8"]
    )
    func noNetwork(_ text: String) {
        #expect(NetworkRange(text) == nil)
    }
}

extension API {
    @Suite("telephony")
    struct Telephony {
        private static let bearer: HTTPFields = [.authorization: "Bearer a token for the proxy"]

        private func route(_ region: RegionCaller, _ query: String) async throws -> Answer {
            try await region.send(.get, "/telephony/route?\(query)", Self.bearer)
        }

        @Test(
            "a number dialled goes to its desk, in one line of plain text",
            arguments: [
                ("from=+13939001234&did=+13912600311", "sip:311@contact.maplewater311.example"),
                ("from=+13912800001&did=311", "sip:311@contact.maplewater311.example"),
                ("from=anonymous&did=%2B13913400312", "sip:desk@fallow.example"),
                // The enclave has not consented.
                ("from=+13939001234&did=+13913600311", "sip:+19055550140@gateway.maplewater311.example:5060"),
            ]
        )
        func routes(_ query: String, _ destination: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await route(region, query)
                #expect(answer.status == 200)
                #expect(answer.text == destination)
                #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }

        @Test(
            "any input whatever gets an answer with one address",
            arguments: [
                "", "from=&did=", "from=%00%FF%0D%0AX:y&did=%0a", "did=+13912600311", "from=anonymous", "x=y", "from",
                "from=+&did=%", "from=\(String(repeating: "9", count: 4_000))", "from=%22%3E%3Cscript%3E&did=';DROP",
                "from=+442079460000&did=113", "did=+19055550199&did=311", "&&&==&",
            ]
        )
        func always(_ query: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await route(region, query)
                #expect(answer.status == 200)
                #expect(CallAddress(rawValue: answer.text) != nil, "\(answer.text)")
            }
        }

        @Test("911 is never taken over, other methods and strangers are refused") func refused() async throws {
            try await DemonstrationRegion.run { region async throws in
                for number in ["911", "sip:911@hub", "+1911"] {
                    let emergency = try await route(region, "from=+13912200001&did=\(number)")
                    #expect(emergency.status == 409)
                    #expect(!emergency.text.contains("sip:"))
                }
                let post = try await region.send(.post, "/telephony/route?did=311", Self.bearer)
                #expect(post.status == 405)
                #expect(post.headers[.allow] == "GET, HEAD")
                for header in ["", "Bearer wrong", "Bearer ", "a token for the proxy"] {
                    let headers: HTTPFields = header.isEmpty ? [:] : [.authorization: header]
                    let stranger = try await region.send(.get, "/telephony/route?did=311", headers)
                    #expect(stranger.status == 403)
                    #expect(!stranger.text.contains("sip:"))
                }
            }
        }

        @Test("the same machine needs no token, unless another proxy passed the request on") func access() throws {
            let here = try SocketAddress(ipAddress: "127.0.0.1", port: 5060)
            let far = try SocketAddress(ipAddress: "203.0.113.9", port: 5060)
            let plain = TelephonyAccess()
            #expect(plain.allows([:], from: here))
            #expect(!plain.allows([:], from: far))
            #expect(!plain.allows([:], from: nil))
            let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
            #expect(!plain.allows([forwarded: "203.0.113.9"], from: here))
            let wide = TelephonyAccess(token: "secret", networks: ["203.0.113.0/24"])
            #expect(wide.allows([:], from: far))
            #expect(!wide.allows([:], from: here))
            #expect(wide.allows([.authorization: "Bearer secret", forwarded: "x"], from: here))
            #expect(!TelephonyAccess(token: "").allows([.authorization: "Bearer "], from: far))
        }

        @Test("the API names exchange, candidates and the question, in both languages, and no inside address")
        func located() async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/locate?caller=+13939001234&did=+13912600311")
                #expect(answer.status == 200)
                #expect(answer.tree["exchange"]?.string == "Westshore")
                #expect(answer.tree["source"]?.string == "dialled_exchange")
                #expect(answer.tree["certainty"]?.string == "candidate")
                #expect(answer.tree["greeting"]?.string == "neutral")
                let candidates = answer.tree["candidates"]?.list ?? []
                #expect(candidates.compactMap { $0["area"]?.string } == ["brindle-bay", "hartwick", "dunmore-mills"])
                #expect(candidates.compactMap { $0["share"]?.string } == ["0.8", "0.15", "0.05"])
                #expect(candidates[1]["name"]?["fr"]?.string == "Canton de Hartwick")
                #expect(answer.tree["ask"]?["en"]?.string.contains("Township of Hartwick") == true)
                #expect(answer.tree["ask"]?["fr"]?.string.contains("ailleurs") == true)
                #expect(answer.tree["consent"]?.string == "in_force")
                #expect(!answer.text.contains("sip:"))
                #expect(!answer.text.contains("9001234"), "the caller's number is not sent back")
            }
        }

        @Test("a withheld caller is no fault; what is no number is one, in the API's shape") func faults() async throws
        {
            try await DemonstrationRegion.run { region async throws in
                let withheld = try await region.send(.get, "/api/v1/locate?caller=anonymous")
                #expect(withheld.status == 200)
                #expect(withheld.tree["certainty"]?.string == "unknown")
                let bad = try await region.send(.get, "/api/v1/locate?caller=555-0100&did=hello")
                #expect(bad.status == 400)
                let errors = bad.tree["errors"]?.list ?? []
                #expect(errors.compactMap { $0["field"]?.string } == ["caller", "did"])
                #expect(errors[0]["message"]?["fr"]?.string.contains("sept chiffres") == true)
                let point = try await region.send(.get, "/api/v1/locate?lat=44.13&long=-79.20005&caller=555")
                #expect(point.tree["municipality"] != nil, "a point is stronger evidence than a number")
            }
        }
    }
}
