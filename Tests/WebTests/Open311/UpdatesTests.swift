import Foundation
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("service request updates")
    struct Updates {
        private static func fields(
            _ region: RegionCaller,
            _ id: String,
            _ changes: [(String, String)] = []
        ) -> [(String, String)] {
            let all = [
                ("jurisdiction_id", "brindle-bay"), ("service_request_id", id), ("update_id", "fms-17"),
                ("status", "IN_PROGRESS"), ("updated_datetime", WireDateTime.text(region.clock.now)),
                ("description", "Crew booked."),
            ]
            let changed = Set(changes.map(\.0))
            return all.filter { !changed.contains($0.0) } + changes
        }

        @Test(
            "U1 the id given back is the one in the feed; U5 the same message again changes nothing",
            arguments: Format.allCases
        )
        func once(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                region.clock.advance(by: 60)
                let fields = Self.fields(
                    region,
                    id,
                    [("email", "crew.secret@example.org"), ("first_name", "Secretname")]
                )
                let first = try await region.post("servicerequestupdates", format, fields)
                #expect(first.status == 200, "\(first.text)")
                let update = try #require(first.tree[0]?["update_id"]?.string)
                #expect(try await region.post("servicerequestupdates", format, fields).text == first.text)
                let feed = try await region.get("servicerequestupdates", format)
                #expect(feed.tree.list.count == 1)
                let entry = try #require(feed.tree[0])
                #expect(entry["update_id"]?.string == update)
                #expect(entry["service_request_id"]?.string == id)
                #expect(entry["status"]?.string == "in_progress")
                #expect(entry["description"]?.string == "Crew booked.")
                #expect(entry.names.isSuperset(of: ["updated_datetime", "media_url"]))
                #expect(!feed.text.contains("secret") && !feed.text.contains("Secret"))
                let notes = try #require(try await region.read(id, extended: true)["notes"]?.list)
                #expect(notes.contains { $0["description"]?.string == "Crew booked." })
            }
        }

        @Test(
            "U3 U4 the GeoReport status after each of the states",
            arguments: [
                ("CLOSED", "closed"), ("FIXED", "closed"), ("DUPLICATE", "closed"),
                ("NOT_COUNCILS_RESPONSIBILITY", "closed"),
                ("NO_FURTHER_ACTION", "closed"), ("CANCELLED", "closed"), ("OPEN", "open"), ("IN_PROGRESS", "open"),
                ("PLANNED", "open"), ("ACTION_SCHEDULED", "open"), ("INVESTIGATING", "open"),
                ("INTERNAL_REFERRAL", "open"),
                ("REOPEN", "open"), ("FOR_TRIAGE", "open"), ("UNCHANGED", "open"), ("fixed", "closed"),
            ]
        )
        func states(sent: String, status: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                region.clock.advance(by: 60)
                let answer = try await region.post(
                    "servicerequestupdates",
                    .json,
                    Self.fields(region, id, [("status", sent)])
                )
                #expect(answer.status == 200, "\(answer.text)")
                let read = try await region.read(id)
                #expect(read["status"]?.string == status)
                if status == "closed" {
                    #expect(read["updated_datetime"]?.string == WireDateTime.text(region.clock.now))
                }
                let feed = try await region.get("servicerequestupdates")
                #expect(feed.tree[0]?["status"]?.string == sent.lowercased())
            }
        }

        @Test("U3 UNCHANGED after CLOSED stays closed, REOPEN and OPEN open it again")
        func unchanged() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                for (number, (sent, expected)) in [
                    ("CLOSED", "closed"), ("UNCHANGED", "closed"), ("REOPEN", "open"), ("FIXED", "closed"),
                    ("OPEN", "open"),
                ].enumerated() {
                    region.clock.advance(by: 60)
                    let fields = Self.fields(region, id, [("status", sent), ("update_id", "u\(number)")])
                    let answer = try await region.post("servicerequestupdates", .json, fields)
                    #expect(answer.status == 200, "\(sent) \(answer.text)")
                    #expect(try await region.read(id)["status"]?.string == expected, "\(sent)")
                }
            }
        }

        @Test(
            "each required field that is missing is 400 and named",
            arguments: ["service_request_id", "update_id", "status", "updated_datetime"]
        )
        func required(name: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                let fields = Self.fields(region, id, [(name, "")])
                #expect(try await region.post("servicerequestupdates", .json, fields).isFault(400, naming: name))
            }
        }

        @Test("a bad status or time is 400; an unknown or foreign request is 404; an empty description is taken")
        func refused() async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted()
                func post(_ changes: [(String, String)]) async throws -> Answer {
                    try await region.post("servicerequestupdates", .json, Self.fields(region, id, changes))
                }
                #expect(try await post([("status", "LOST")]).isFault(400, naming: "status"))
                #expect(try await post([("updated_datetime", "now")]).isFault(400, naming: "updated_datetime"))
                #expect(try await post([("service_request_id", "1042")]).isFault(404))
                #expect(try await post([("jurisdiction_id", "cobbleford")]).isFault(404))
                #expect(try await post([("description", "")]).status == 200)
            }
        }

        @Test(
            "U1 through the hub's jurisdiction an update reaches what was posted through it, and shows in the hub's feed too"
        )
        func throughTheHub() async throws {
            try await DemonstrationRegion.run { region async throws in
                let place = RegionCaller.here + [("service_code", "RD-POTH"), ("attribute[SPOT]", "lane")]
                let hub = [("jurisdiction_id", "maplewater-311")]
                let posted = try await region.post("requests", .json, hub + place)
                let id = try #require(posted.tree[0]?["service_request_id"]?.string, "\(posted.text)")
                let own = try await region.posted()
                region.clock.advance(by: 60)
                let update = try await region.post("servicerequestupdates", .json, Self.fields(region, id, hub))
                #expect(update.status == 200, "\(update.text)")
                let foreign = try await region.post("servicerequestupdates", .json, Self.fields(region, own, hub))
                #expect(foreign.isFault(404))
                #expect(try await region.post("servicerequestupdates", .json, Self.fields(region, own)).status == 200)
                let feed = try await region.get("servicerequestupdates", .json, in: "maplewater-311").tree
                #expect(feed.list.map { $0["service_request_id"]?.string } == [id])
                #expect(feed[0]?["update_id"] == update.tree[0]?["update_id"])
                #expect(try await region.get("servicerequestupdates").tree.list.count == 2)
            }
        }

        @Test("U2 the feed is inclusive at both ends, oldest first, empty as an array", arguments: Format.allCases)
        func feed(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let none = try await region.get("servicerequestupdates", format)
                #expect(none.status == 200)
                #expect(none.tree == .list([]))
                let id = try await region.posted()
                var times: [String] = []
                for number in 0..<3 {
                    region.clock.advance(by: 60)
                    times.append(WireDateTime.text(region.clock.now))
                    let fields = Self.fields(region, id, [("update_id", "u\(number)"), ("description", "\(number)")])
                    #expect(try await region.post("servicerequestupdates", .json, fields).status == 200)
                }
                func texts(_ query: [(String, String)]) async throws -> [String?] {
                    try await region.get("servicerequestupdates", format, in: "brindle-bay", query).tree.list
                        .map { $0["description"]?.string }
                }
                #expect(try await texts([]) == ["0", "1", "2"])
                #expect(try await texts([("start_date", times[1]), ("end_date", times[1])]) == ["1"])
                #expect(try await texts([("start_date", times[1])]) == ["1", "2"])
                let bad = try await region.get(
                    "servicerequestupdates",
                    format,
                    in: "brindle-bay",
                    [("start_date", "x")]
                )
                #expect(bad.isFault(400, naming: "start_date"))
                #expect(try await region.get("servicerequestupdates", format, in: "cobbleford").tree.list.isEmpty)
            }
        }
    }
}
