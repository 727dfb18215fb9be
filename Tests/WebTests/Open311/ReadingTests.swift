import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("reading requests")
    struct Reading {
        private static let day: TimeInterval = 86_400
        private static let fields = [
            "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
            "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
            "address",
            "address_id", "zipcode", "lat", "long", "media_url",
        ]

        @Test("P3 P4 all fields are always there, in their order, the same in both formats", arguments: Format.allCases)
        func fields(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                for resource in ["requests/\(id)", "requests"] {
                    let answer = try await region.get(resource, format)
                    #expect(answer.tree[0]?.names == Set(Self.fields))
                    let places = Self.fields.map { field in
                        answer.text.range(of: format == .xml ? "<\(field)>" : "\"\(field)\"")?.lowerBound
                            ?? answer.text.range(of: "<\(field)/>")?.lowerBound
                    }
                    #expect(places.allSatisfy { $0 != nil })
                    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
                }
            }
        }

        @Test(
            "L1 the newest come first; L2 ids override dates, status and code; L3 L4 unknown ids are left out",
            arguments: Format.allCases
        )
        func byId(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                var ids: [String] = []
                for _ in 0..<3 {
                    region.clock.advance(by: 60)
                    ids.append(try await region.posted())
                }
                func list(_ query: [(String, String)]) async throws -> [String?] {
                    let answer = try await region.get("requests", format, in: "brindle-bay", query)
                    #expect(answer.status == 200, "\(answer.text)")
                    return answer.tree.list.map { $0["service_request_id"]?.string }
                }
                #expect(try await list([]) == ids.reversed())
                let override = [
                    ("service_request_id", "\(ids[0]) , \(ids[2]),UNKNOWN"), ("service_request_id", ids[0]),
                    ("status", "closed"),
                    ("service_code", "NONE"), ("start_date", "2001-01-01T00:00:00Z"),
                    ("end_date", "2001-01-02T00:00:00Z"),
                ]
                #expect(try await list(override) == [ids[2], ids[0]])
                #expect(try await list([("service_request_id", "UNKNOWN")]) == [])
                #expect(try await list([("service_request_id", ids[1].lowercased())]) == [ids[1]])
                #expect(try await list([("service_request_id", ""), ("status", "")]) == ids.reversed())
            }
        }

        @Test(
            "L6 L7 status in any case, as a list; another value is 400",
            arguments: ["open", "OPEN", "open,closed", " open , CLOSED "]
        )
        func status(text: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let found = try await region.get("requests", .json, in: "brindle-bay", [("status", text)])
                #expect(found.tree.list.map { $0["service_request_id"]?.string } == [id])
                #expect(try await region.get("requests", .json, in: "brindle-bay", [("status", "closed")]).text == "[]")
                #expect(
                    try await region.get("requests", .json, in: "brindle-bay", [("status", "fixed")]).isFault(
                        400,
                        naming: "status"
                    )
                )
            }
        }

        @Test("L8 codes as a list with blanks; an unknown code finds nothing")
        func codes() async throws {
            try await DemonstrationRegion.run { region async throws in
                _ = try await region.posted()
                _ = try await region.posted(RegionCaller.dockAnswers, at: "BB:DOCK")
                func count(_ codes: String) async throws -> Int {
                    try await region.get("requests", .json, in: "brindle-bay", [("service_code", codes)]).tree.list
                        .count
                }
                #expect(try await count("BB:WEED") == 1)
                #expect(try await count("BB:WEED , BB:DOCK") == 2)
                #expect(try await count("BB:DOCK,NONE") == 1)
                #expect(try await count("NONE") == 0)
                #expect(try await count("a b';--") == 0)
            }
        }

        @Test("L9 L15 both ends are inclusive: a window from a printed time to the same time finds the request")
        func inclusive() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let printed = try #require(try await region.read(id)["requested_datetime"]?.string)
                func found(_ start: String, _ end: String) async throws -> Bool {
                    let query = [("start_date", start), ("end_date", end)]
                    return try await region.get("requests", .json, in: "brindle-bay", query).tree.list.count == 1
                }
                #expect(try await found(printed, printed))
                #expect(
                    try await found(
                        WireDateTime.text(region.clock.now, offset: -4 * 3600).replacing("+", with: " "),
                        printed
                    )
                )
                let (before, after) = (region.clock.now.addingTimeInterval(-1), region.clock.now.addingTimeInterval(1))
                #expect(try await found(WireDateTime.text(before), WireDateTime.text(before)) == false)
                #expect(try await found(WireDateTime.text(after), WireDateTime.text(after)) == false)
            }
        }

        @Test("L10 to L14 windows: 90 days at most, one end gives 90 days, none the last 90")
        func windows() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let posted = region.clock.now
                func ids(_ start: TimeInterval?, _ end: TimeInterval?) async throws -> Answer {
                    var query: [(String, String)] = []
                    if let start { query.append(("start_date", WireDateTime.text(posted.addingTimeInterval(start)))) }
                    if let end { query.append(("end_date", WireDateTime.text(posted.addingTimeInterval(end)))) }
                    return try await region.get("requests", .json, in: "brindle-bay", query)
                }
                let day = Self.day
                #expect(try await ids(-45 * day, 45 * day).text.contains(id))
                #expect(try await ids(-45 * day, 45 * day + 1).isFault(400, naming: "end_date"))
                #expect(try await ids(1, -1).isFault(400, naming: "end_date"))
                #expect(try await ids(-90 * day, nil).text.contains(id))
                #expect(try await ids(-90 * day - 1, nil).text == "[]")
                #expect(try await ids(nil, 90 * day).text.contains(id))
                #expect(try await ids(nil, 90 * day + 1).text == "[]")
                region.clock.advance(by: 90 * day)
                #expect(try await ids(nil, nil).text.contains(id))
                region.clock.advance(by: 1)
                #expect(try await ids(nil, nil).text == "[]")
            }
        }

        @Test(
            "L11 what is no date-time with zone is 400 and named",
            arguments: [
                "2027-08-17", "2027-08-17T10:00:00", "2027-02-30T10:00:00Z", "yesterday", "1e9", "2027-13-01T00:00:00Z",
                "'", "2027-08-17T25:00:00Z",
            ],
            ["start_date", "end_date", "updated_after", "updated_before"]
        )
        func dates(text: String, name: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(
                    try await region.get("requests", .json, in: "brindle-bay", [(name, text)]).isFault(
                        400,
                        naming: name
                    )
                )
            }
        }

        @Test("L16 pages tile; L18 past the end is empty; L17 page 0 is the first and large sizes are held to 1000")
        func pages() async throws {
            try await DemonstrationRegion.run { region async throws in
                for _ in 0..<7 { _ = try await region.posted() }
                func page(_ number: String, _ size: String) async throws -> [String] {
                    let answer = try await region.get(
                        "requests",
                        .json,
                        in: "brindle-bay",
                        [("page", number), ("page_size", size)]
                    )
                    #expect(answer.status == 200, "\(answer.text)")
                    return answer.tree.list.compactMap { $0["service_request_id"]?.string }
                }
                let all = try await page("1", "100000")
                #expect(all.count == 7)
                #expect(try await page("1", "3") + page("2", "3") + page("3", "3") == all)
                #expect(try await page("0", "3") == Array(all.prefix(3)))
                #expect(try await page("4", "3").isEmpty)
                #expect(try await page("99999999999999999999", "1000").isEmpty)
            }
        }

        @Test(
            "L17 a page or size that is no whole number in its range is 400 and named",
            arguments: [
                ("page_size", "0"), ("page_size", "-1"), ("page_size", "ten"), ("page_size", "1.5"), ("page", "-1"),
                ("page", "x"),
            ]
        )
        func badPages(name: String, text: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(
                    try await region.get("requests", .json, in: "brindle-bay", [(name, text)]).isFault(
                        400,
                        naming: name
                    )
                )
            }
        }

        @Test("L19 updated_after and updated_before are inclusive on updated_datetime")
        func updated() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let now = region.clock.now
                func found(_ name: String, _ offset: TimeInterval) async throws -> Bool {
                    let query = [(name, WireDateTime.text(now.addingTimeInterval(offset)))]
                    return try await region.get("requests", .json, in: "brindle-bay", query).text.contains(id)
                }
                #expect(try await found("updated_after", 0))
                #expect(try await found("updated_before", 0))
                #expect(try await found("updated_after", 1) == false)
                #expect(try await found("updated_before", -1) == false)
            }
        }

        @Test("L20 a circle by geodesic distance; 1000 metres when no radius is given")
        func circle() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                func found(_ lat: String, _ radius: String?) async throws -> Bool {
                    let query = [("lat", lat), ("long", "-79.18")] + (radius.map { [("radius", $0)] } ?? [])
                    return try await region.get("requests", .json, in: "brindle-bay", query).text.contains(id)
                }
                // 0.01° of latitude are 1,111 m here; 0.0089° are 989 m.
                #expect(try await found("44.1105", nil))
                #expect(try await found("44.1107", nil) == false)
                #expect(try await found("44.1116", "1112"))
                #expect(try await found("44.1116", "1110") == false)
                let half = try await region.get("requests", .json, in: "brindle-bay", [("lat", "44.1")])
                #expect(half.isFault(400, naming: "long"))
                let bad = [("lat", "44.1"), ("long", "-79"), ("radius", "-1")]
                #expect(try await region.get("requests", .json, in: "brindle-bay", bad).isFault(400, naming: "radius"))
            }
        }

        @Test(
            "an unknown id is 404, however it is written",
            arguments: Format.allCases,
            ["1042", "BB-00000-0000", "x%2Fy", "%00", "é"]
        )
        func unknown(format: Format, id: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(
                    .get,
                    "/open311/v2/requests/\(id).\(format)?jurisdiction_id=brindle-bay"
                )
                #expect(answer.isFault(404), "\(answer.status)")
            }
        }

        @Test("an empty list is an empty array, and an empty root element in XML")
        func empty() async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(try await region.get("requests").text == "[]")
                let xml = try await region.get("requests", .xml)
                #expect(xml.status == 200)
                #expect(xml.tree == .list([]))
            }
        }

        @Test(
            "X1 without extensions none of the three fields is there, with it all three",
            arguments: Format.allCases,
            ["true", "1", "TRUE"]
        )
        func extensions(format: Format, word: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let three: Set = ["attributes", "notes", "extended_attributes"]
                for resource in ["requests/\(id)", "requests"] {
                    let plain = try #require(try await region.get(resource, format).tree[0])
                    #expect(plain.names.isDisjoint(with: three))
                    let full = try #require(
                        try await region.get(resource, format, in: "brindle-bay", [("extensions", word)]).tree[0]
                    )
                    #expect(full.names.isSuperset(of: three))
                    #expect(full["extended_attributes"]?["status"]?.string == "open")
                    let notes = try #require(full["notes"]?.list)
                    #expect(!notes.isEmpty)
                    #expect(notes.allSatisfy { $0.names == ["datetime", "description", "type"] })
                }
            }
        }

        @Test("L21 a list of more than a thousand is cut at a thousand and streamed", .timeLimit(.minutes(3)))
        func thousand() async throws {
            try await DemonstrationRegion.run { region async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<6 {
                        group.addTask {
                            for _ in 0..<(worker == 0 ? 172 : 167) { _ = try await region.posted() }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await region.get("requests").tree.list.count == 1000)
                let next = try await region.get("requests", .xml, in: "brindle-bay", [("page", "2")])
                #expect(next.tree.list.count == 7)
            }
        }
    }
}
