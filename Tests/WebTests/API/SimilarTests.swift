import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import Testing

@testable import Web

extension API {
    @Suite("requests/similar")
    struct Similar {
        static let canary = "canary-5512"

        /// Posts a request whose every personal field holds a marker, and tells the index.
        static func post(_ region: RegionCaller, at place: (String, String) = ("44.1016", "-79.18")) async throws
            -> String
        {
            let id = try await region.posted([
                ("description", "\(canary) lives here"), ("first_name", canary), ("last_name", canary),
                ("email", "\(canary)@example.org"), ("phone", "705-555-5512"), ("address_string", "\(canary) Street"),
                ("device_id", canary), ("account_id", canary), ("media_url", "https://\(canary).example/1.jpg"),
                ("lat", place.0), ("long", place.1),
            ])
            try await index(region)
            return id
        }

        static func index(_ region: RegionCaller) async throws {
            for entry in region.surroundings.directory.entries {
                try await IndexPlaces(region.surroundings).pass(over: entry.code)
            }
        }

        @Test("finds what was reported near by, with public fields only: no word, photo or name of anybody")
        func found() async throws {
            try await DemonstrationRegion.run { region in
                let id = try await Self.post(region)
                let answer = try await region.send(
                    .get,
                    "/api/v1/requests/similar?jurisdiction_id=brindle-bay&service=BB:WEED&lat=44.10165&long=-79.18"
                )
                #expect(answer.status == 200, "\(answer.text)")
                let found = answer.tree["similar"]?.list.first { $0["reference"]?.string == id }
                #expect(found?["jurisdiction_id"]?.string == "brindle-bay")
                #expect(found?["step"]?.string == "received")
                #expect((Int(found?["distance_metres"]?.string ?? "") ?? 99) < 10)
                #expect(!answer.text.contains(Self.canary))
                #expect(!answer.text.contains("5512"))
                #expect(
                    found?.names == [
                        "reference", "public_type", "jurisdiction_id", "body", "distance_metres", "road", "step",
                        "status",
                        "requested_datetime", "completed_datetime",
                    ]
                )
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }

        @Test(
            "says which parameter is missing or wrong, in both languages",
            arguments: [
                ("service=RD-POTH&lat=44", "long"), ("service=RD-POTH", "lat"), ("lat=44&long=-79", "service"),
                ("service=XX-NONE&lat=44&long=-79", "service"), ("service=RD-POTH&lat=north&long=-79", "lat"),
                ("service=RD-POTH&lat=44&long=-79&jurisdiction_id=atlantis", "jurisdiction_id"),
            ]
        )
        func wrong(query: String, field: String) async throws {
            try await DemonstrationRegion.run { region in
                let answer = try await region.send(.get, "/api/v1/requests/similar?\(query)")
                #expect(answer.status == (field == "jurisdiction_id" ? 404 : 400), "\(answer.text)")
                let fields = answer.tree["errors"]?.list.compactMap { $0["field"]?.string } ?? []
                #expect(fields.contains(field), "\(answer.text)")
                #expect(answer.text.contains("\"fr\""))
            }
        }
    }
}
