import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("no input makes the server fail")
    struct Fuzz {
        private static let names = [
            "jurisdiction_id", "service_code", "lat", "long", "start_date", "end_date", "status", "page", "page_size",
            "service_request_id", "updated_after", "updated_before", "radius", "extensions", "api_key", "description",
            "attribute[PLACE]", "attribute[WRONG][]", "attribute[", "address_string", "media_url", "email", "update_id",
            "updated_datetime", "answer[SIGN]", "service", "part", "at", "bbox", "zoom", "layer", "road",
            "municipality", "language",
        ]
        private static let values = [
            "", "brindle-bay", "maplewater-311", "BB:WEED", "BB:DOCK", "RD-POTH", "44.1016", "-79.18", "NaN", "1e309",
            "-0", "0", "-1",
            "99999999999999999999999999", "2027-08-17T10:00:00Z", "2027-08-17T10:00:00+99:99", "0000-00-00T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "open", "true", "'", "\"", "%", "\\", "\u{0}", "\u{FFFE}", "é", "🕳️", "<a>", "]]>", ",", ",,,,",
            "-79.5,44,-78,45", "road.surface",
            "data:image/png;base64,AAAA", "https://a.example/x", "x@y.example", "do_not_know", "OPEN",
            String(repeating: "a", count: 5000),
        ]
        private static let paths = [
            "/open311/v2/services", "/open311/v2/services/BB:DOCK", "/open311/v2/requests", "/open311/v2/requests/X",
            "/open311/v2/tokens/x", "/open311/v2/servicerequestupdates", "/open311/v2/discovery",
            "/open311/v2/t/brindle-bay/requests", "/api/v1/route", "/api/v1/locate", "/api/v1/boundaries",
            "/api/v1/services",
            "/api/v1/requests", "/api/v1/requests/BB-00000-0000", "/photos/x.jpg", "/health/ready",
        ]

        @Test("random parameters of random resources, seeded", arguments: 1...8 as ClosedRange<UInt64>)
        func parameters(seed: UInt64) async throws {
            try await DemonstrationRegion.run { region async throws in
                var random = Seeded(state: seed &* 0x9E37_79B9_7F4A_7C15)
                for _ in 0..<150 {
                    let isPost = Bool.random(using: &random)
                    var fields: [(String, String)] =
                        Bool.random(using: &random) ? [("jurisdiction_id", "brindle-bay")] : []
                    if isPost, Bool.random(using: &random) { fields.append(("api_key", region.region.key)) }
                    for _ in 0..<Int.random(in: 0...6, using: &random) {
                        fields.append(
                            (
                                Self.names.randomElement(using: &random) ?? "",
                                Self.values.randomElement(using: &random) ?? ""
                            )
                        )
                    }
                    let path = Self.paths.randomElement(using: &random) ?? "/"
                    let ending =
                        path.hasPrefix("/open311")
                        ? [".json", ".xml", "", ".x"].randomElement(using: &random) ?? "" : ""
                    let form = RegionCaller.form(fields)
                    let answer =
                        if isPost {
                            try await region.send(
                                .post,
                                path + ending,
                                [.contentType: "application/x-www-form-urlencoded"],
                                body: Array(form.utf8)
                            )
                        } else {
                            try await region.send(.get, "\(path)\(ending)?\(form)")
                        }
                    #expect(
                        answer.status < 500,
                        "\(isPost ? "POST" : "GET") \(path)\(ending)?\(form) → \(answer.status) \(answer.text)"
                    )
                }
            }
        }

        @Test(
            "random bytes as bodies, seeded",
            arguments: ["application/x-www-form-urlencoded", "multipart/form-data; boundary=edge", "application/json"]
        )
        func bodies(type: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                var random = Seeded(state: 311)
                let pieces = [
                    "--edge\r\n", "--edge--", "Content-Disposition: form-data; name=\"lat\"\r\n\r\n", "\r\n", "=", "&",
                    "%", "%4", "[", "{\"a\":",
                    "\"", "lat=1", "api_key=\(region.region.key)", "\u{0}", "é", "filename=\"x\"",
                ]
                for _ in 0..<200 {
                    var body: [UInt8] = []
                    for _ in 0..<Int.random(in: 0...30, using: &random) {
                        body += Array((pieces.randomElement(using: &random) ?? "").utf8)
                        if Bool.random(using: &random) { body.append(UInt8.random(in: 0...255, using: &random)) }
                    }
                    for path in ["/open311/v2/requests.json?jurisdiction_id=brindle-bay", "/api/v1/requests"] {
                        let headers: HTTPFields = [.contentType: type, .authorization: "Bearer \(region.region.key)"]
                        let answer = try await region.send(.post, path, headers, body: body)
                        #expect(answer.status < 500, "\(path) \(answer.status) \(answer.text)")
                    }
                }
            }
        }

        @Test(
            "bombs in bodies are refused and cost little",
            arguments: [
                ("application/json", "/api/v1/requests", String(repeating: "[", count: 1_000_000)),
                (
                    "application/json", "/api/v1/requests",
                    "{\"service_code\":" + String(repeating: "{\"a\":", count: 150_000)
                ),
                (
                    "application/json", "/api/v1/requests",
                    "{\"answers\":{" + String(repeating: "\"a\":[1],", count: 100_000) + "\"b\":1}}"
                ),
                (
                    "application/x-www-form-urlencoded", "/open311/v2/requests.json?jurisdiction_id=brindle-bay",
                    String(repeating: "a=b&", count: 250_000)
                ),
                (
                    "application/x-www-form-urlencoded", "/open311/v2/requests.json?jurisdiction_id=brindle-bay",
                    String(repeating: "&", count: 1_000_000)
                ),
                (
                    "text/xml", "/open311/v2/requests.xml?jurisdiction_id=brindle-bay",
                    "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"
                ),
            ]
        )
        func bombs(type: String, path: String, body: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let started = ContinuousClock.now
                let headers: HTTPFields = [.contentType: type, .authorization: "Bearer \(region.region.key)"]
                let answer = try await region.send(.post, path, headers, body: Array(body.utf8))
                #expect((400..<500).contains(answer.status), "\(answer.status)")
                #expect(ContinuousClock.now - started < .seconds(30))
            }
        }
    }
}

/// A generator that gives the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
