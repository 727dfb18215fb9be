import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("posting a request")
    struct Posting {
        @Test(
            "P1 P2 a realtime request has an id at once, can be read at once, and all three fields are there",
            arguments: Format.allCases
        )
        func realtime(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.post("requests", format, RegionCaller.pothole)
                #expect(answer.status == 200)
                let posted = try #require(answer.tree[0])
                #expect(answer.tree.list.count == 1)
                #expect(posted.names == ["service_request_id", "service_notice", "account_id"])
                let id = try #require(posted["service_request_id"]?.string)
                #expect(id.wholeMatch(of: /[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}/) != nil)
                let read = try await region.read(id, format)
                #expect(read["description"]?.string == "Weeds on the beach")
                #expect(read["requested_datetime"]?.string == WireDateTime.text(region.clock.now))
                #expect(read["status"]?.string == "open")
            }
        }

        @Test(
            "E5 E6 a missing or empty service_code is 400, an unknown one 404; both name it",
            arguments: [("", 400), (" ", 400), ("NONE", 404), ("bb:weed", 404), ("BB:WEED;DROP", 404)]
        )
        func serviceCode(code: String, status: Int) async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole.filter { $0.0 != "service_code" } + [("service_code", code)]
                #expect(try await region.post("requests", .json, fields).isFault(status, naming: "service_code"))
                #expect(try await region.get("requests").tree.list.isEmpty)
            }
        }

        @Test(
            "E7 E8 E9 a place is required, and a pair is a pair",
            arguments: [
                ([], "location"), ([("lat", "44.1")], "long"), ([("long", "-79.18")], "lat"),
                ([("lat", ""), ("long", "")], "location"),
                ([("lat", "44.1"), ("address_string", "1 Main Street")], "long"),
            ] as [([(String, String)], String)]
        )
        func place(fields: [(String, String)], named: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let rest = RegionCaller.pothole.filter { !["lat", "long"].contains($0.0) }
                let answer = try await region.post("requests", .json, rest + fields)
                #expect(answer.isFault(400, naming: named), "\(answer.text)")
            }
        }

        @Test(
            "E10 a coordinate that is no plain decimal or off the earth is 400 and named",
            arguments: [
                "NaN", "1e400", "12,5", "0x10", "91", "-90.0000001", "inf", "--1", "4 4", "44.1°",
                String(repeating: "1", count: 400), "٤٤",
            ]
        )
        func latitude(text: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole.filter { $0.0 != "lat" } + [("lat", text)]
                #expect(try await region.post("requests", .json, fields).isFault(400, naming: "lat"))
            }
        }

        @Test("E11 outside the boundary is 400 and says who is responsible there; nothing is stored")
        func outside() async throws {
            try await DemonstrationRegion.run { region async throws in
                let elsewhere = [("lat", "44.2768"), ("long", "-79.1125"), ("attribute[SPOT]", "lane")]
                let rest = RegionCaller.pothole.filter { !["lat", "long", "service_code"].contains($0.0) }
                let answer = try await region.post("requests", .json, rest + elsewhere + [("service_code", "RD-POTH")])
                #expect(answer.isFault(400, naming: "Greyhaven"), "\(answer.text)")
                let hub = try await region.post(
                    "requests",
                    .json,
                    [("jurisdiction_id", "maplewater-311"), ("service_code", "RD-POTH"), ("description", "x")]
                        + elsewhere
                )
                #expect(hub.isFault(400, naming: "Greyhaven"), "\(hub.text)")
                #expect(try await region.get("requests").tree.list.isEmpty)
            }
        }

        @Test("P11 P12 an address or an address id alone is enough, and all that was given is kept")
        func addresses() async throws {
            try await DemonstrationRegion.run { region async throws in
                let rest = RegionCaller.pothole.filter { !["lat", "long"].contains($0.0) }
                for place in [[("address_string", "12 Main Street, Brindle Bay")], [("address_id", "0012")]] {
                    let answer = try await region.post("requests", .json, rest + place)
                    #expect(answer.status == 200, "\(answer.text)")
                }
                let id = try await region.posted([
                    ("address_string", "Pier 3"), ("address_id", "007"), ("lat", "44.1016"),
                ])
                let read = try await region.read(id)
                #expect(read["address"]?.string == "Pier 3")
                #expect(read["address_id"] == .text("007"))
                #expect(read["lat"]?.string == "44.1016")
            }
        }

        @Test("P5 seven decimals survive; lat and long are numbers in JSON and plain decimals in XML")
        func decimals() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted([("lat", "44.1016012"), ("long", "-79.1800034")])
                #expect(try await region.read(id)["lat"] == .number("44.1016012"))
                let xml = try await region.get("requests/\(id)", .xml)
                #expect(xml.text.contains("<lat>44.1016012</lat>"))
                #expect(xml.text.contains("<long>-79.1800034</long>"))
            }
        }

        @Test(
            "P6 P7 markup, quotes, emoji and line breaks come back as they were sent, CRLF as LF",
            arguments: Format.allCases
        )
        func text(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let sent = "<b>Nid-de-poule</b> & \"café\" ]]> 🕳️ \r\nline two\rline three\t' </description>"
                let id = try await region.posted([("description", sent)])
                let kept = "<b>Nid-de-poule</b> & \"café\" ]]> 🕳️ \nline two\nline three\t' </description>"
                #expect(try await region.read(id, format)["description"]?.string == kept)
            }
        }

        @Test("P8 P9 4000 code points are kept whole, 4001 are 400 and named")
        func length() async throws {
            try await DemonstrationRegion.run { region async throws in
                let full = String(repeating: "é", count: 3999) + "🕳"
                let id = try await region.posted([("description", full)])
                #expect(try await region.read(id)["description"]?.string == full)
                let fields = RegionCaller.pothole.filter { $0.0 != "description" } + [("description", full + "x")]
                #expect(try await region.post("requests", .json, fields).isFault(400, naming: "description"))
            }
        }

        @Test(
            "H11 H12 characters XML cannot carry, and bytes that are not UTF-8, are refused in any field",
            arguments: ["%00", "%01", "%0B", "%1F", "%EF%BF%BE", "%ED%A0%80", "%FF", "%C3"]
        )
        func characters(escape: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                for field in [
                    "description", "address_string", "first_name", "attribute%5BX%5D", "media_url", "service_code",
                ] {
                    let body =
                        RegionCaller.form(
                            RegionCaller.pothole.filter { $0.0 != field } + [("api_key", region.region.key)]
                        )
                        + "&\(field)=a\(escape)b"
                    let answer = try await region.send(
                        .post,
                        "/open311/v2/requests.json",
                        [.contentType: "application/x-www-form-urlencoded"],
                        body: Array(body.utf8)
                    )
                    #expect(answer.isFault(400), "\(field) \(answer.status)")
                }
            }
        }

        @Test("P10 the requester is kept and never shown, with or without extensions", arguments: Format.allCases)
        func requester(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let secrets = [
                    ("email", "zoe.secret@example.org"), ("phone", "705-555-9917"), ("first_name", "Zoësecret"),
                    ("last_name", "Lastsecret"), ("device_id", "device-secret"),
                ]
                let id = try await region.posted(secrets)
                for extended in ["false", "true"] {
                    for resource in ["requests/\(id)", "requests"] {
                        let text = try await region.get(resource, format, in: "brindle-bay", [("extensions", extended)])
                            .text
                        #expect(text.contains(id))
                        #expect(!text.contains("secret") && !text.contains("9917"))
                    }
                }
            }
        }

        @Test("P13 a multipart form is equal to a plain one")
        func multipart() async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole + [("api_key", region.region.key)]
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.json",
                    [.contentType: "multipart/form-data; boundary=edge"],
                    body: RegionCaller.multipart(fields, files: [])
                )
                #expect(answer.status == 200, "\(answer.text)")
            }
        }

        @Test("P16 unknown fields and parameters are ignored, also those that name columns of ours")
        func unknownFields() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted([
                    ("status", "closed"), ("tenant", "fallow"), ("requested_datetime", "2001-01-01T00:00:00Z"),
                    ("visibility", "confidential"), ("attribute[uprn]", "1"), ("priority", "P1"),
                ])
                let read = try await region.read(id)
                #expect(read["status"]?.string == "open")
                #expect(read["requested_datetime"]?.string == WireDateTime.text(region.clock.now))
            }
        }

        @Test(
            "T1 T2 T3 a batch request has a token first and its id later; a blackbox request has neither",
            arguments: Format.allCases
        )
        func tokens(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let rest = RegionCaller.pothole.filter { $0.0 != "service_code" }
                let batch = try await region.post("requests", format, rest + [("service_code", "BB:BENCH")])
                let posted = try #require(batch.tree[0])
                #expect(posted.names == ["token", "service_notice", "account_id"])
                let token = try #require(posted["token"]?.string)
                let waiting = try await region.get("tokens/\(token)", format)
                #expect(waiting.status == 200)
                #expect(waiting.tree[0]?["service_request_id"] == .null)
                #expect(waiting.tree[0]?["token"]?.string == token)
                #expect(try await region.get("requests", format).tree.list.isEmpty)
                region.clock.advance(by: 15)
                let known = try #require(try await region.get("tokens/\(token)", format).tree[0])
                let id = try #require(known["service_request_id"]?.string)
                #expect(try await region.read(id, format)["service_code"]?.string == "BB:BENCH")
                #expect(try await region.get("tokens/\(token)", format, in: "cobbleford").isFault(404))
                #expect(try await region.get("tokens/unknown", format).isFault(404))
                let box = try await region.post("requests", format, rest + [("service_code", "BB:IDEA")])
                #expect(box.status == 200)
                #expect(box.tree[0]?.names == ["service_notice", "account_id"])
            }
        }

        @Test(
            "E14 media_url takes http, https and data: pictures only",
            arguments: [
                "ftp://a.example/x.jpg", "javascript:alert(1)", "file:///etc/passwd", "not a url",
                "data:text/html;base64,PGI+", "data:image/jpeg;base64,AAAA",
            ]
        )
        func mediaURL(url: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.post("requests", .json, RegionCaller.pothole + [("media_url", url)])
                #expect(answer.isFault(400, naming: "media_url"), "\(answer.status) \(answer.text)")
            }
        }

        @Test("P15 several media_url: the first one is media_url, all are in extended_attributes.photos")
        func severalPictures() async throws {
            try await DemonstrationRegion.run { region async throws in
                let urls = ["https://pictures.example/1.jpg", "http://pictures.example/2.jpg"]
                let id = try await region.posted(urls.map { ("media_url", $0) })
                let read = try await region.read(id, extended: true)
                #expect(read["media_url"]?.string == urls[0])
                #expect(read["extended_attributes"]?["photos"]?.list.map { $0["media_url"]?.string } == urls)
            }
        }

        @Test("the same Idempotency-Key with the same body gives the same answer and one request; another body is 422")
        func idempotency() async throws {
            try await DemonstrationRegion.run { region async throws in
                let name = try #require(HTTPField.Name("Idempotency-Key"))
                let headers: HTTPFields = [name: UUID().uuidString]
                let first = try await region.post("requests", .json, RegionCaller.pothole, headers: headers)
                region.clock.advance(by: 60)
                let again = try await region.post("requests", .json, RegionCaller.pothole, headers: headers)
                #expect(first.status == 200 && again.status == 200)
                #expect(first.text == again.text)
                #expect(try await region.get("requests").tree.list.count == 1)
                let changed = RegionCaller.pothole + [("address_string", "another")]
                #expect(try await region.post("requests", .json, changed, headers: headers).isFault(422))
                let long: HTTPFields = [name: String(repeating: "k", count: 201)]
                #expect(try await region.post("requests", .json, RegionCaller.pothole, headers: long).isFault(400))
            }
        }

        @Test("fifty equal submissions at once with one key leave one request and fifty equal answers")
        func atOnce() async throws {
            try await DemonstrationRegion.run { region async throws in
                let name = try #require(HTTPField.Name("Idempotency-Key"))
                let headers: HTTPFields = [name: UUID().uuidString]
                let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            try await region.post("requests", .json, RegionCaller.pothole, headers: headers)
                        }
                    }
                    return try await group.reduce(into: [Answer]()) { $0.append($1) }
                }
                #expect(Set(answers.map(\.status)).isSubset(of: [200, 409]))
                #expect(Set(answers.filter { $0.status == 200 }.map(\.text)).count == 1)
                #expect(try await region.get("requests").tree.list.count == 1)
            }
        }

        @Test("danger in the words brings the 911 advice back as service_notice")
        func advice() async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields =
                    RegionCaller.pothole.filter { $0.0 != "description" } + [
                        ("description", "there is a fire and someone is hurt")
                    ]
                let answer = try await region.post("requests", .json, fields)
                #expect(answer.tree[0]?["service_notice"]?.string.contains("911") == true)
            }
        }

        @Test(
            "through the hub's jurisdiction a request goes straight to the lead and is read there and through the hub"
        )
        func throughTheHub() async throws {
            try await DemonstrationRegion.run { region async throws in
                for (lat, long, lead) in [("44.13", "-79.20005", "maplewater"), ("44.1016", "-79.18", "brindle-bay")] {
                    let fields = [
                        ("jurisdiction_id", "maplewater-311"), ("service_code", "RD-POTH"), ("description", "deep"),
                        ("lat", lat), ("long", long),
                    ]
                    let definition = try await region.get("services/RD-POTH", .json, in: "maplewater-311")
                    let required = definition.tree["attributes"]?.list.filter { $0["required"]?.string == "true" } ?? []
                    let answers = required.map { attribute in
                        (
                            "attribute[\(attribute["code"]?.string ?? "")]",
                            attribute["values"]?[0]?["key"]?.string ?? "1"
                        )
                    }
                    let answer = try await region.post("requests", .json, fields + answers)
                    try #require(answer.status == 200, "\(answer.text)")
                    let id = try #require(answer.tree[0]?["service_request_id"]?.string)
                    #expect(try await region.read(id, in: lead)["description"]?.string.hasPrefix("deep") == true)
                    #expect(try await region.read(id, in: "maplewater-311")["service_request_id"]?.string == id)
                }
            }
        }
    }
}
