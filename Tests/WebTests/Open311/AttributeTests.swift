import Foundation
import HTTPTypes
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("attributes of a request")
    struct Attributes {
        private static let dock =
            RegionCaller.pothole.filter { $0.0 != "service_code" } + [("service_code", "BB:DOCK")]

        @Test(
            "A1 A5 the answers come back one entry per chosen value: label, name, value, code",
            arguments: Format.allCases
        )
        func answers(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let sent = [
                    ("attribute[PLACE]", "town-dock"), ("attribute[WRONG][]", "boards"),
                    ("attribute[WRONG][]", "ladder"),
                    ("attribute[DEPTH]", "2.5"), ("attribute[SEEN]", "2027-08-16T10:00:00-04:00"),
                    ("attribute[SLIP]", "A<7>"),
                    ("attribute[MORE]", "two\nlines"),
                ]
                let id = try await region.posted(sent, at: "BB:DOCK")
                let read = try await region.read(id, format, extended: true)
                let attributes = try #require(read["attributes"]?.list)
                #expect(
                    attributes.map { $0["name"]?.string } == [
                        "PLACE", "WRONG", "WRONG", "DEPTH", "SEEN", "SLIP", "MORE",
                    ]
                )
                #expect(attributes.map { $0["code"]?.string } == ["town-dock", "boards", "ladder", "", "", "", ""])
                #expect(attributes[0]["value"]?.string == "Town dock")
                #expect(attributes[0]["label"]?.string == "Where is it?")
                #expect(attributes[5]["value"]?.string == "A<7>")
                #expect(attributes.allSatisfy { $0.names == ["label", "name", "value", "code"] })
            }
        }

        @Test(
            "A2 A3 A4 every required attribute that is missing or empty is an entry of its own, naming its code",
            arguments: Format.allCases
        )
        func required(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.post("requests", format, Self.dock + [("attribute[PLACE]", "")])
                #expect(answer.isFault(400))
                #expect(answer.faults.count == 2)
                #expect(
                    answer.faults.contains { $0.contains("PLACE") } && answer.faults.contains { $0.contains("WRONG") }
                )
            }
        }

        @Test(
            "A6 A7 A8 several values may be written in each of the ways clients write them",
            arguments: [
                [("attribute[WRONG][]", "boards"), ("attribute[WRONG][]", "ladder")],
                [("attribute[WRONG]", "boards"), ("attribute[WRONG]", "ladder")],
                [("attribute[WRONG]", "boards,ladder")],
            ]
        )
        func several(fields: [(String, String)]) async throws {
            try await DemonstrationRegion.run { region async throws in
                let id = try await region.posted([("attribute[PLACE]", "town-dock")] + fields, at: "BB:DOCK")
                let read = try await region.read(id, extended: true)
                let codes = read["attributes"]?.list.filter { $0["name"]?.string == "WRONG" }.map { $0["code"]?.string }
                #expect(codes == ["boards", "ladder"])
            }
        }

        @Test(
            "A9 to A13 what an attribute cannot be is 400 and names it",
            arguments: [
                ("PLACE", "nowhere"), ("PLACE", "Town dock"), ("WRONG", "boards,none"), ("DEPTH", "deep"),
                ("DEPTH", "1e400"),
                ("DEPTH", "NaN"), ("SEEN", "yesterday"), ("SEEN", "2027-02-30T10:00:00Z"), ("SEEN", "2027-08-16"),
            ]
        )
        func wrong(code: String, value: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let rest = RegionCaller.dockAnswers.filter { !$0.0.contains(code) }
                let answer = try await region.post(
                    "requests",
                    .json,
                    Self.dock + rest + [("attribute[\(code)]", value)]
                )
                #expect(answer.isFault(400, naming: code), "\(answer.status) \(answer.text)")
            }
        }

        @Test("A10 two values for one that takes one are 400; codes the definition lacks are ignored")
        func single() async throws {
            try await DemonstrationRegion.run { region async throws in
                let two = [
                    ("attribute[PLACE]", "town-dock"), ("attribute[PLACE]", "beach-pier"),
                    ("attribute[WRONG]", "boards"),
                ]
                #expect(try await region.post("requests", .json, Self.dock + two).isFault(400, naming: "PLACE"))
                let unknown =
                    RegionCaller.dockAnswers + [
                        ("attribute[title]", "x"), ("attribute[]", "y"), ("attribute[[]]", "z"),
                    ]
                #expect(try await region.post("requests", .json, Self.dock + unknown).status == 200)
            }
        }

        @Test("what a witness says is in no answer of any public resource", arguments: Format.allCases)
        func staffOnly(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let sent = [
                    ("attribute[WHAT]", "Two mattresses"), ("attribute[HAZARD]", "no"), ("attribute[SEEN]", "yes"),
                    ("attribute[PLATE]", "ZZTOP 99"),
                ]
                let id = try await region.posted(sent, at: "WS-DUMP")
                let read = try await region.read(id, format, extended: true)
                #expect(read["attributes"]?.list.map { $0["name"]?.string } == ["WHAT", "HAZARD"])
                for resource in ["requests", "requests/\(id)", "servicerequestupdates"] {
                    for tenant in ["brindle-bay", "maplewater-311"] {
                        let answer = try await region.get(resource, format, in: tenant, [("extensions", "true")])
                        #expect(!answer.text.contains("ZZTOP") && !answer.text.contains("SEEN"), "\(resource)")
                    }
                }
                let tracked = try await region.send(.get, "/api/v1/requests/\(id)")
                #expect(tracked.status == 200)
                #expect(!tracked.text.contains("ZZTOP"))
            }
        }
    }
}
