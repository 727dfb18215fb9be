import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

/// Open311 GeoReport v2 as a client meets it: every rule of the contract by its id, over a real database.
@Suite("Open311 GeoReport v2", .region)
enum GeoReport {}

extension GeoReport {
    @Suite("discovery")
    struct Discovery {
        @Test(
            "D1 needs no jurisdiction_id; D2 all fields; D3 full date-times in the past; D4 the address works",
            arguments: Format.allCases
        )
        func discovery(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.get("discovery", format, in: nil)
                #expect(answer.status == 200)
                let tree = answer.tree
                #expect(tree.names == ["changeset", "contact", "key_service", "endpoints"])
                #expect(tree["contact"]?.string == "api@hub.example")
                let endpoint = try #require(tree["endpoints"]?[0])
                #expect(endpoint.names == ["specification", "url", "changeset", "type", "formats"])
                #expect(endpoint["specification"]?.string == "http://wiki.open311.org/GeoReport_v2")
                #expect(endpoint["url"]?.string == "https://hub.example/open311/v2")
                #expect(endpoint["formats"]?.list.map(\.string) == ["text/xml", "application/json"])
                #expect(["production", "test"].contains(endpoint["type"]?.string ?? ""))
                for changeset in [tree["changeset"], endpoint["changeset"]] {
                    let date = try #require(changeset.flatMap { WireDateTime.date($0.string) })
                    #expect(date <= region.clock.now)
                    #expect(changeset?.string.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
                }
            }
        }
    }

    @Suite("paths, methods and formats")
    struct PathsAndMethods {
        @Test("H1 the ending picks the format, and its content type is exact", arguments: Format.allCases)
        func ending(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.get("services", format)
                #expect(answer.headers[.contentType] == format.contentType)
                if format == .xml { #expect(answer.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")) }
            }
        }

        @Test(
            "H1 H2 other endings are 404; without one, Accept decides",
            arguments: [
                ("services.yaml", nil, 404, nil), ("services.html", "text/html", 404, nil),
                ("services.", nil, 404, nil),
                ("services", nil, 200, "text/xml; charset=utf-8"),
                ("services", "application/json", 200, "application/json; charset=utf-8"),
                ("services", "text/html, application/json;q=0.9", 200, "application/json; charset=utf-8"),
                ("services", "*/*", 200, "text/xml; charset=utf-8"),
                ("services.xml", "application/json", 200, "text/xml; charset=utf-8"),
            ] as [(String, String?, Int, String?)]
        )
        func withoutEnding(path: String, accept: String?, status: Int, type: String?) async throws {
            try await DemonstrationRegion.run { region async throws in
                var headers = HTTPFields()
                headers[.accept] = accept
                let answer = try await region.send(.get, "/open311/v2/\(path)?jurisdiction_id=brindle-bay", headers)
                #expect(answer.status == status)
                if let type { #expect(answer.headers[.contentType] == type) }
                if status == 404 { #expect(answer.isFault(404)) }
            }
        }

        @Test(
            "E paths that name nothing are 404 with an errors body",
            arguments: [
                "", "/", "/nothing.json", "/requests/a/b.json", "/t/brindle-bay", "/services/a/b/c.xml", "/tokens.json",
                "/..%2f..%2fetc.json",
            ]
        )
        func unknownPath(path: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, "/open311/v2\(path)?jurisdiction_id=brindle-bay")
                #expect(answer.status == 404)
            }
        }

        @Test(
            "H3 HEAD answers as GET without a body",
            arguments: [
                "discovery.json", "services.xml", "services/BB:DOCK.json", "requests.xml", "servicerequestupdates.json",
            ]
        )
        func head(path: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let uri = "/open311/v2/\(path)?jurisdiction_id=brindle-bay"
                let get = try await region.send(.get, uri)
                let head = try await region.send(.head, uri)
                #expect(head.status == 200)
                #expect(head.text.isEmpty)
                #expect(head.headers[.contentType] == get.headers[.contentType])
                #expect(head.headers[.contentLength] == get.headers[.contentLength])
            }
        }

        @Test(
            "H4 H5 a wrong method is 405 with Allow and an errors body, in the format of the path",
            arguments: [
                (HTTPRequest.Method.put, "requests.json", "GET, HEAD, POST, OPTIONS"),
                (.delete, "requests/X.xml", "GET, HEAD, OPTIONS"), (.post, "services.json", "GET, HEAD, OPTIONS"),
                (.patch, "discovery.xml", "GET, HEAD, OPTIONS"), (.post, "tokens/x.json", "GET, HEAD, OPTIONS"),
                (.trace, "services.json", "GET, HEAD, OPTIONS"),
            ]
        )
        func wrongMethod(method: HTTPRequest.Method, path: String, allowed: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(method, "/open311/v2/\(path)?jurisdiction_id=brindle-bay")
                #expect(answer.isFault(405))
                #expect(answer.headers[.allow] == allowed)
                #expect(answer.headers[.contentType]?.contains(path.hasSuffix("json") ? "json" : "xml") == true)
            }
        }

        @Test("H6 every GET answer may be read by scripts of other sites, faults too; OPTIONS says what is allowed")
        func sharing() async throws {
            try await DemonstrationRegion.run { region async throws in
                for path in ["services.json?jurisdiction_id=brindle-bay", "services.json", "nothing.xml"] {
                    let answer = try await region.send(.get, "/open311/v2/\(path)")
                    #expect(answer.headers[.accessControlAllowOrigin] == "*")
                }
                let options = try await region.send(.options, "/open311/v2/requests.json")
                #expect(options.status == 204)
                #expect(options.headers[.accessControlAllowMethods]?.contains("POST") == true)
            }
        }

        @Test("H7 a form over 1 MiB and a multipart body over 20 MiB are 413 with an errors body")
        func tooLarge() async throws {
            try await DemonstrationRegion.run { region async throws in
                let form = try await region.post(
                    "requests",
                    .json,
                    [("description", String(repeating: "a", count: 1 << 20))]
                )
                #expect(form.isFault(413))
                let parts = RegionCaller.multipart(
                    [],
                    files: [("media", "a.jpg", Array(repeating: 65, count: 20 << 20))]
                )
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.xml",
                    [.contentType: "multipart/form-data; boundary=edge"],
                    body: parts
                )
                #expect(answer.isFault(413))
            }
        }

        @Test(
            "H7 a compressed body is 415: what it unfolds to cannot be known beforehand",
            arguments: ["gzip", "deflate", "br"]
        )
        func compressed(coding: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let headers: HTTPFields = [.contentEncoding: coding]
                #expect(try await region.post("requests", .json, RegionCaller.pothole, headers: headers).isFault(415))
            }
        }

        @Test(
            "E12 H13 a body that is no form is 400 or 415",
            arguments: [
                "application/json", "text/xml", "text/plain", "application/octet-stream", "multipart/form-data",
                "nonsense",
            ]
        )
        func otherBodies(type: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.json?jurisdiction_id=brindle-bay",
                    [.contentType: type],
                    body: Array("{\"service_code\":\"BB:WEED\"}".utf8)
                )
                #expect(answer.isFault(400) || answer.isFault(415), "\(answer.status) \(answer.text)")
            }
        }
    }
}
