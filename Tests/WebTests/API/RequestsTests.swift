import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

extension API {
    @Suite("requests")
    struct Requests {
        private static let good = """
            {"service_code": "RD-POTH", "lat": 44.1016, "long": "-79.18", "description": "deep\\r\\nhole", "language": "fr",
             "answers": ANSWERS, "contact": {"email": "zoe.secret@example.org", "first_name": "Zoësecret"}, "unknown": [1, {}]}
            """

        private static func body(_ region: RegionCaller) async throws -> String {
            let services = try await region.send(.get, "/api/v1/services").tree["services"]?.list ?? []
            let service = try #require(services.first { $0["service_code"]?.string == "RD-POTH" })
            let required =
                service["questions"]?.list.filter { $0["required"]?.string == "true" && $0["asked_if"] == nil } ?? []
            let answers = required.map { question in
                "\"\(question["code"]?.string ?? "")\": \"\(question["values"]?[0]?["key"]?.string ?? "1")\""
            }
            return good.replacing("ANSWERS", with: "{\(answers.joined(separator: ", "))}")
        }

        private static func post(
            _ region: RegionCaller,
            _ body: String,
            key: String? = nil,
            headers: HTTPFields = [:]
        ) async throws -> Answer {
            var headers = headers
            headers[.contentType] = headers[.contentType] ?? "application/json"
            headers[.authorization] = "Bearer \(key ?? region.region.key)"
            return try await region.send(.post, "/api/v1/requests", headers, body: Array(body.utf8))
        }

        @Test("a request is taken, led, and followed by its reference, without a word of who reported it")
        func story() async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await Self.post(region, try await Self.body(region))
                #expect(answer.status == 201, "\(answer.text)")
                let reference = try #require(answer.tree["reference"]?.string)
                #expect(answer.tree["jurisdiction_id"]?.string == "brindle-bay")
                #expect(answer.tree["decision"]?["lead"]?["jurisdiction_id"]?.string == "brindle-bay")
                let read = try await region.send(.get, "/api/v1/requests/\(reference.lowercased())")
                #expect(read.status == 200)
                #expect(read.tree["reference"]?.string == reference)
                #expect(read.tree["description"]?.string.hasPrefix("deep\nhole") == true)
                #expect(read.tree["step"]?.string == "received")
                #expect(read.tree["steps"]?["received"]?.string.isEmpty == false)
                #expect(read.tree["review_due"]?.string.isEmpty == false)
                #expect(read.tree["history"]?.list.isEmpty == false)
                #expect(!read.text.contains("secret"))
            }
        }

        @Test("the same Idempotency-Key gives the same receipt with 200, another body 422")
        func idempotency() async throws {
            try await DemonstrationRegion.run { region async throws in
                let body = try await Self.body(region)
                let headers: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): UUID().uuidString]
                let first = try await Self.post(region, body, headers: headers)
                let again = try await Self.post(region, body, headers: headers)
                #expect(first.status == 201 && again.status == 200)
                #expect(first.text == again.text)
                let other = try await Self.post(region, body.replacing("deep", with: "shallow"), headers: headers)
                #expect(other.status == 422)
                #expect(other.tree["errors"]?[0]?["code"]?.string == "other_body")
            }
        }

        @Test("no key is 401, a wrong or foreign one 403, an unknown jurisdiction 404, another type 415, no object 400")
        func refused() async throws {
            try await DemonstrationRegion.run { region async throws in
                let body = try await Self.body(region)
                let none = try await region.send(
                    .post,
                    "/api/v1/requests",
                    [.contentType: "application/json"],
                    body: Array(body.utf8)
                )
                #expect(none.status == 401)
                #expect(none.headers[.wwwAuthenticate] == "Bearer")
                #expect(try await Self.post(region, body, key: "wrong").status == 403)
                #expect(try await Self.post(region, body, key: region.region.brindleBayKey).status == 403)
                let unknown = body.replacing(
                    "{\"service_code\"",
                    with: "{\"jurisdiction_id\": \"atlantis\", \"service_code\""
                )
                #expect(try await Self.post(region, unknown).status == 404)
                #expect(try await Self.post(region, body, headers: [.contentType: "text/plain"]).status == 415)
                for broken in ["", "[]", "{", "null", "\"a\"", "{\"a\":}", "\u{FEFF}x"] {
                    #expect(try await Self.post(region, broken).status == 400, "\(broken)")
                }
                #expect(try await Self.post(region, String(repeating: " ", count: (1 << 20) + 1)).status == 413)
            }
        }

        @Test(
            "each fault names its field",
            arguments: [
                ("{}", "service_code"), ("{\"service_code\": 5}", "service_code"),
                ("{\"service_code\": \"NONE-1\", \"lat\": 44.1, \"long\": -79.18}", "service_code"),
                ("{\"service_code\": \"RD-POTH\"}", "lat"), ("{\"service_code\": \"RD-POTH\"}", "answers.SPOT"),
                ("{\"service_code\": \"CS-OTHER\", \"lat\": 44.1}", "long"),
                ("{\"service_code\": \"CS-OTHER\", \"lat\": 144.1, \"long\": -79}", "lat"),
                ("{\"service_code\": \"CS-OTHER\", \"lat\": [1], \"long\": -79}", "lat"),
                (
                    "{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"description\": \"a\\u0000b\"}",
                    "description"
                ),
                ("{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"answers\": [1]}", "answers"),
                (
                    "{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"photos\": [\"file:///x\"]}",
                    "photos"
                ),
                ("{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"photos\": 5}", "photos"),
                ("{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"contact\": \"x\"}", "contact"),
                (
                    "{\"service_code\": \"RD-POTH\", \"lat\": 44.1016, \"long\": -79.18, \"language\": \"de\"}",
                    "language"
                ),
                (
                    "{\"service_code\": \"RD-POTH\", \"lat\": 44.2768, \"long\": -79.1125, \"answers\": {\"SPOT\": [\"lane\"]}}",
                    "lat"
                ),
            ]
        )
        func faults(body: String, field: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await Self.post(region, body)
                #expect(answer.status == 400, "\(answer.status) \(answer.text)")
                let fields = answer.tree["errors"]?.list.compactMap { $0["field"]?.string } ?? []
                #expect(fields.contains(field), "\(answer.text)")
            }
        }

        @Test(
            "an unknown, a malformed and a confidential reference look alike",
            arguments: ["BB-00000-0000", "x", "%00", "é", "BB-22222-2222"]
        )
        func unknown(reference: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/v1/requests/\(reference)")
                #expect(answer.status == 404)
                #expect(answer.tree["errors"]?[0]?["code"]?.string == "not_found")
            }
        }
    }

    @Suite("services, description, health and metrics")
    struct Beside {
        @Test("words find the type, a place narrows the list")
        func services() async throws {
            try await DemonstrationRegion.run { region async throws in
                func codes(_ query: String) async throws -> [String?] {
                    try await region.send(.get, "/api/v1/services?\(query)").tree["services"]?.list
                        .map { $0["service_code"]?.string } ?? []
                }
                let all = try await codes("")
                #expect(all.count > 80)
                #expect(try await codes("q=pothole").first == "RD-POTH")
                #expect(try await codes("q=nid-de-poule").first == "RD-POTH")
                #expect(try await codes("lat=44.1016&long=-79.18").contains("RD-POTH"))
                #expect(try await codes("lat=51.5&long=-0.12").isEmpty)
                #expect(try await codes("jurisdiction=brindle-bay").contains("BB:DOCK"))
                #expect(try await region.send(.get, "/api/v1/services?jurisdiction=atlantis").status == 404)
            }
        }

        @Test("the description is OpenAPI and names every path that is there")
        func description() async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/api/openapi.json")
                #expect(answer.status == 200)
                #expect(answer.tree["openapi"]?.string == "3.1.0")
                let paths = answer.tree["paths"]?.names ?? []
                let here = ["route", "locate", "boundaries", "services", "requests", "requests/{reference}"].map {
                    "/api/v1/\($0)"
                }
                #expect(paths.isSuperset(of: here))
            }
        }

        @Test("the fields of an answer are those that the description names")
        func truthful() async throws {
            try await DemonstrationRegion.run { region async throws in
                let schemas = try #require(
                    try await region.send(.get, "/api/openapi.json").tree["components"]?["schemas"]
                )
                let posted = try await region.posted()
                let samples = [
                    (
                        "RouteAnswer",
                        try await region.send(.get, "/api/v1/route?lat=44.15&long=-79.19989&service=RD-POTH").tree
                    ),
                    ("PlaceFacts", try await region.send(.get, "/api/v1/locate?lat=44.22&long=-79.26").tree),
                    ("TrackedRequest", try await region.send(.get, "/api/v1/requests/\(posted)").tree),
                    ("Service", try await region.send(.get, "/api/v1/services").tree["services"]?[0] ?? .null),
                ]
                for (name, sample) in samples {
                    let named = schemas[name]?["properties"]?.names ?? []
                    let required = Set(schemas[name]?["required"]?.list.map(\.string) ?? [])
                    #expect(sample.names.subtracting(named).isEmpty, "\(name)")
                    #expect(required.subtracting(sample.names).isEmpty, "\(name)")
                }
                let decision = samples[0].1["decision"] ?? .null
                let named = schemas["Decision"]?["properties"]?.names ?? []
                #expect(decision.names.subtracting(named).isEmpty)
            }
        }

        @Test("live and ready answer; metrics only to whoever holds the token")
        func health() async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(try await region.send(.get, "/health/live").text == "{\"status\":\"live\"}")
                let ready = try await region.send(.get, "/health/ready")
                #expect(ready.status == 200, "\(ready.text)")
                #expect(ready.tree["ready"]?.string == "true")
                #expect(ready.tree["details"]?["generation"]?.string.isEmpty == false)
                #expect(try await region.send(.get, "/metrics").status == 404)
                #expect(try await region.send(.get, "/metrics", [.authorization: "Bearer wrong"]).status == 404)
                let open = try await region.send(.get, "/metrics", [.authorization: "Bearer a token for the scraper"])
                #expect(open.text == "hub_up 1\n")
            }
        }

        @Test("every answer carries the careful headers and an id of its own")
        func headers() async throws {
            try await DemonstrationRegion.run { region async throws in
                var ids: Set<String> = []
                for path in ["/api/v1/services", "/api/v1/nothing", "/open311/v2/services.xml", "/health/live"] {
                    let answer = try await region.send(.get, path)
                    #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                    #expect(
                        HTTPField.Name("Content-Security-Policy").flatMap { answer.headers[$0] }?.contains(
                            "default-src 'none'"
                        ) == true
                    )
                    ids.insert(HTTPField.Name("X-Request-Id").flatMap { answer.headers[$0] } ?? "")
                }
                #expect(ids.count == 4)
            }
        }
    }
}
