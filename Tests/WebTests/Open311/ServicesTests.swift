import Foundation
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("services and definitions")
    struct Services {
        @Test("S1 every service has every field, the same in both formats (P3)", arguments: Format.allCases)
        func fields(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let services = try await region.get("services", format).tree.list
                #expect(services.count > 50)
                let always: Set = [
                    "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
                ]
                for service in services {
                    #expect(service.names.subtracting(["groups"]) == always)
                    #expect(["realtime", "batch", "blackbox"].contains(service["type"]?.string ?? ""))
                    #expect(["true", "false"].contains(service["metadata"]?.string ?? ""))
                }
            }
        }

        @Test("S2 codes are texts and metadata a boolean in JSON")
        func types() async throws {
            try await DemonstrationRegion.run { region async throws in
                let service = try #require(try await region.get("services").tree.list.first)
                guard case .text = service["service_code"], case .boolean = service["metadata"] else {
                    Issue.record("\(service)")
                    return
                }
            }
        }

        @Test("S3 keywords are joined by commas without blanks")
        func keywords() async throws {
            try await DemonstrationRegion.run { region async throws in
                for service in try await region.get("services").tree.list {
                    let words = try #require(service["keywords"]?.string)
                    #expect(!words.contains(", ") && !words.contains(" ,"))
                }
            }
        }

        @Test(
            "S5 metadata is true exactly when the definition has attributes (S7: without any it is 200 and empty)",
            arguments: Format.allCases
        )
        func metadata(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                for service in try await region.get("services", format).tree.list.suffix(8) {
                    let code = try #require(service["service_code"]?.string)
                    let definition = try await region.get("services/\(code)", format)
                    #expect(definition.status == 200)
                    #expect(definition.tree["service_code"]?.string == code)
                    #expect(
                        (definition.tree["attributes"]?.list.isEmpty == false)
                            == (service["metadata"]?.string == "true")
                    )
                }
                let none = try await region.get("services/BB:WEED", format)
                #expect(none.status == 200)
                #expect(none.text.contains("attributes"))
            }
        }

        @Test(
            "S4 the definition of the fixture: seven fields, order from 1, values exactly for the lists",
            arguments: Format.allCases
        )
        func definition(format: Format) async throws {
            try await DemonstrationRegion.run { region async throws in
                let attributes = try #require(try await region.get("services/BB:DOCK", format).tree["attributes"]?.list)
                #expect(attributes.map { $0["code"]?.string } == ["PLACE", "WRONG", "DEPTH", "SEEN", "SLIP", "MORE"])
                #expect(
                    attributes.map { $0["datatype"]?.string }
                        == ["singlevaluelist", "multivaluelist", "number", "datetime", "string", "text"]
                )
                #expect(attributes.map { $0["order"]?.string } == ["1", "2", "3", "4", "5", "6"])
                for attribute in attributes {
                    let isList = attribute["datatype"]?.string.hasSuffix("valuelist") == true
                    #expect(attribute.names.contains("values") == isList)
                    let plain: Set = [
                        "variable", "code", "datatype", "required", "datatype_description", "order", "description",
                    ]
                    #expect(attribute.names.subtracting(["values"]) == plain)
                }
                let keys = (attributes[1]["values"]?.list ?? []).map { $0["key"]?.string ?? "" }
                #expect(keys == ["boards", "cleats", "lights", "ladder"])
            }
        }

        @Test(
            "S6 an unknown service_code is 404 and named",
            arguments: Format.allCases,
            ["NONE", "RD-POTH%00", "a b", "é"]
        )
        func unknown(format: Format, code: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let escaped = code.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? code
                #expect(try await region.get("services/\(escaped)", format).isFault(404, naming: "service_code"))
            }
        }

        @Test("S8 lat and long narrow the list; outside the boundary it is empty; half a pair is 400")
        func atPlace() async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(
                    try await region.get("services", .json, in: "brindle-bay", RegionCaller.here).tree.list.count > 50
                )
                let outside = [("lat", "44.13"), ("long", "-78.8825")]
                let cobbleford = try await region.get("services", .json, in: "brindle-bay", outside)
                #expect(cobbleford.status == 200)
                #expect(cobbleford.text == "[]")
                let xml = try await region.get("services", .xml, in: "brindle-bay", outside)
                #expect(xml.tree == .list([]))
                for place in [("44.1016", "-79.18"), ("44.13", "-78.8825")] {
                    let public311 = try await region.get(
                        "services",
                        .json,
                        in: "maplewater-311",
                        [("lat", place.0), ("long", place.1)]
                    )
                    #expect(public311.status == 200, "\(public311.text)")
                    #expect(public311.tree.list.contains { $0["service_code"]?.string == "RD-POTH" })
                }
                let far = try await region.get(
                    "services",
                    .json,
                    in: "maplewater-311",
                    [("lat", "51.5"), ("long", "-0.12")]
                )
                #expect(far.text == "[]")
                #expect(
                    try await region.get("services", .json, in: "brindle-bay", [("lat", "44.1")]).isFault(
                        400,
                        naming: "long"
                    )
                )
                #expect(
                    try await region.get("services", .json, in: "brindle-bay", [("lat", "NaN"), ("long", "-79")])
                        .isFault(400, naming: "lat")
                )
            }
        }
    }
}
