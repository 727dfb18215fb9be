import Domain
import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("jurisdictions and keys")
    struct JurisdictionsAndKeys {
        private static let resources = [
            "services", "services/BB:DOCK", "requests", "requests/X", "tokens/x", "servicerequestupdates",
        ]

        @Test("J1 J3 a missing or empty jurisdiction_id is 400 and named", arguments: resources, Format.allCases)
        func missing(resource: String, format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(try await region.get(resource, format, in: nil).isFault(400, naming: "jurisdiction_id"))
                #expect(try await region.get(resource, format, in: "").isFault(400, naming: "jurisdiction_id"))
            }
        }

        @Test(
            "J2 an unknown jurisdiction_id is 404 and named",
            arguments: resources,
            [
                "atlantis", "Brindle-Bay", "public", "hub", "../x", "é", "greyhaven", "t_bb'--",
                String(repeating: "a", count: 500),
            ]
        )
        func unknown(resource: String, jurisdiction: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.get(resource, .json, in: jurisdiction)
                #expect(answer.isFault(404, naming: "jurisdiction_id"), "\(answer.status) \(answer.text)")
            }
        }

        @Test("J4 the same holds for POST, before the key is looked at")
        func post() async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole.filter { $0.0 != "jurisdiction_id" }
                #expect(
                    try await region.post("requests", .json, fields, key: "wrong").isFault(
                        400,
                        naming: "jurisdiction_id"
                    )
                )
                let unknown = try await region.post(
                    "requests",
                    .xml,
                    fields + [("jurisdiction_id", "atlantis")],
                    key: "wrong"
                )
                #expect(unknown.isFault(404, naming: "jurisdiction_id"))
            }
        }

        @Test("J5 E15 jurisdiction and key may stand in the query; two different values are refused")
        func inQuery() async throws {
            try await DemonstrationRegion.run { region async throws in
                let body = RegionCaller.form(RegionCaller.pothole.filter { $0.0 != "jurisdiction_id" })
                func post(_ query: String, _ extra: String = "") async throws -> Answer {
                    try await region.send(
                        .post,
                        "/open311/v2/requests.json?\(query)",
                        [.contentType: "application/x-www-form-urlencoded"],
                        body: Array((body + extra).utf8)
                    )
                }
                #expect(try await post("jurisdiction_id=brindle-bay&api_key=\(region.region.key)").status == 200)
                let key = "&api_key=\(region.region.key)"
                #expect(try await post("jurisdiction_id=fallow", "&jurisdiction_id=brindle-bay" + key).isFault(400))
                let twoKeys = try await post("jurisdiction_id=brindle-bay&api_key=other", key)
                #expect(twoKeys.isFault(400) || twoKeys.isFault(403))
            }
        }

        @Test(
            "J6 T1 T2 what one jurisdiction holds does not exist in another: answers equal byte for byte",
            arguments: Format.allCases
        )
        func foreign(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let unknown = "\(id.prefix(id.count - 10))22222-2222"
                for other in ["cobbleford", "maplewater", "maplewater-311"] {
                    let foreign = try await region.get("requests/\(id)", format, in: other)
                    let never = try await region.get("requests/\(unknown)", format, in: other)
                    #expect(foreign.isFault(404))
                    #expect(foreign.text == never.text)
                    #expect(foreign.headers[.contentLength] == never.headers[.contentLength])
                    let list = try await region.get("requests", format, in: other, [("service_request_id", id)])
                    #expect(list.status == 200)
                    #expect(list.tree.list.isEmpty)
                }
                #expect(try await region.get("requests", format, in: "cobbleford").tree.list.isEmpty)
                #expect(try await region.get("requests/\(id)", format).status == 200)
            }
        }

        @Test("a path below t/<tenant> names the jurisdiction; another one beside it is refused")
        func tenantPath() async throws {
            try await DemonstrationRegion.run { region async throws in
                let base = "/open311/v2/t/brindle-bay/services.json"
                #expect(try await region.send(.get, base).status == 200)
                #expect(try await region.send(.get, base + "?jurisdiction_id=brindle-bay").status == 200)
                #expect(
                    try await region.send(.get, base + "?jurisdiction_id=fallow").isFault(
                        400,
                        naming: "jurisdiction_id"
                    )
                )
                #expect(
                    try await region.send(.get, base + "?jurisdiction_id=atlantis").isFault(
                        404,
                        naming: "jurisdiction_id"
                    )
                )
                #expect(
                    try await region.send(.get, "/open311/v2/t/atlantis/services.json").isFault(
                        404,
                        naming: "jurisdiction_id"
                    )
                )
                #expect(try await region.send(.get, "/open311/v2/t/maplewater-311/services.json").status == 200)
            }
        }

        @Test(
            "E1 E2 E3 a missing, empty or unknown key is 403, and nothing is stored",
            arguments: ["", " ", "wrong", "' OR 1=1 --", String(repeating: "k", count: 5000)],
            ["requests", "servicerequestupdates"]
        )
        func refusedKey(key: String, resource: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.post(resource, .json, RegionCaller.pothole, key: key)
                #expect(answer.isFault(403), "\(answer.status) \(answer.text)")
                #expect(try await region.get("requests").tree.list.isEmpty)
            }
        }

        @Test("E4 a key without the right for a jurisdiction or an act is 403, the same words as an unknown key")
        func rights() async throws {
            try await DemonstrationRegion.run { region async throws in
                let unknown = try await region.post("requests", .json, RegionCaller.pothole, key: "wrong")
                let own = try await region.post(
                    "requests",
                    .json,
                    RegionCaller.pothole,
                    key: region.region.brindleBayKey
                )
                #expect(own.status == 200)
                let elsewhere =
                    RegionCaller.pothole.filter { $0.0 != "jurisdiction_id" } + [("jurisdiction_id", "fallow")]
                let foreign = try await region.post("requests", .json, elsewhere, key: region.region.brindleBayKey)
                #expect(foreign.isFault(403))
                #expect(foreign.text == unknown.text)
                let update = try await region.post(
                    "servicerequestupdates",
                    .json,
                    [("jurisdiction_id", "brindle-bay")],
                    key: region.region.brindleBayKey
                )
                #expect(update.isFault(403))
            }
        }

        @Test("E4 a tenant that takes no posts of other software refuses every key, and is read all the same")
        func closed() async throws {
            try await DemonstrationRegion.run { region async throws in
                let closed = DemonstrationRegion.closed.rawValue
                let fields = [
                    ("jurisdiction_id", closed), ("service_code", "RD-POTH"), ("lat", "44.28"), ("long", "-78.8225"),
                ]
                #expect(try await region.post("requests", .json, fields + [("attribute[SPOT]", "lane")]).isFault(403))
                #expect(try await region.get("services", .json, in: closed).status == 200)
                #expect(try await region.get("requests", .json, in: closed).tree.list.isEmpty)
            }
        }

        @Test("P17 the key may come as a bearer token")
        func bearer() async throws {
            try await DemonstrationRegion.run { region async throws in
                let headers: HTTPFields = [.authorization: "Bearer \(region.region.key)"]
                #expect(
                    try await region.post("requests", .json, RegionCaller.pothole, key: "", headers: headers).status
                        == 200
                )
                let wrong: HTTPFields = [.authorization: "Bearer wrong"]
                #expect(
                    try await region.post("requests", .json, RegionCaller.pothole, key: "", headers: wrong).isFault(403)
                )
                let basic: HTTPFields = [.authorization: "Basic \(region.region.key)"]
                #expect(
                    try await region.post("requests", .json, RegionCaller.pothole, key: "", headers: basic).isFault(403)
                )
            }
        }

        @Test("faults are told in the order jurisdiction, key, service_code, everything else")
        func order() async throws {
            try await DemonstrationRegion.run { region async throws in
                let all = [("service_code", "NONE"), ("lat", "x")]
                #expect(
                    try await region.post("requests", .json, all, key: "wrong").isFault(400, naming: "jurisdiction_id")
                )
                let placed = all + [("jurisdiction_id", "brindle-bay")]
                #expect(try await region.post("requests", .json, placed, key: "wrong").isFault(403))
                #expect(try await region.post("requests", .json, placed).isFault(404, naming: "service_code"))
                let missing = [("jurisdiction_id", "brindle-bay"), ("lat", "x")]
                #expect(try await region.post("requests", .json, missing).isFault(400, naming: "service_code"))
                let known = [
                    ("jurisdiction_id", "brindle-bay"), ("service_code", "BB:WEED"), ("lat", "x"), ("long", "-79"),
                ]
                #expect(try await region.post("requests", .json, known).isFault(400, naming: "lat"))
            }
        }
    }
}
