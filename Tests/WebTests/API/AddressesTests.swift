import Addresses
import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

/// The demonstration region's addresses, without a database: municipalities as the register states them.
enum DemoAddresses {
    static func book() throws -> AddressBook {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../geo").path
        var builder = AddressBookBuilder()
        _ = try AddressFile(path: folder + "/addresses.csv", columns: AddressColumns()).read { _, outcome in
            if case .success(let row) = outcome { _ = builder.add(row) }
        }
        return builder.build()
    }
}

extension API {
    @Suite("addresses")
    struct Addresses {
        @Test("are suggested while somebody types, ranked, with their municipality and point")
        func suggest() async throws {
            try await DemonstrationRegion.run { region async throws in
                region.surroundings.addresses.replace(with: try DemoAddresses.book())
                let answer = try await region.send(.get, "/api/v1/addresses/suggest?q=21+main+st+cob&limit=3")
                #expect(answer.status == 200)
                let tree = try answer.tree
                let first = tree["suggestions"]?[0]
                #expect(first?["text"]?.string.hasPrefix("21 Main Street") == true)
                // The boundaries in force say which municipality the point lies in.
                #expect(first?["municipality_id"]?.string == "cobbleford")
                #expect(first?["level"]?.string == "exact")
            }
        }

        @Test("are located: one beyond doubt with the facts of its place, several to be asked about, or nothing")
        func locate() async throws {
            try await DemonstrationRegion.run { region async throws in
                region.surroundings.addresses.replace(with: try DemoAddresses.book())
                func locate(_ address: String) async throws -> Answer {
                    try await region.send(.get, "/api/v1/locate?\(RegionCaller.form([("address", address)]))")
                }
                let found = try await locate("23 rue Queen, Brindle Bay").tree
                #expect(found["outcome"]?.string == "found")
                #expect(found["facts"]?["municipality"] != nil)
                #expect(found["municipality_id"]?.string == "brindle-bay")
                let several = try await locate("21 Main Street").tree
                #expect(several["outcome"]?.string == "several" && several["facts"] == nil)
                let nothing = try await locate("nowhere at all").tree
                #expect(nothing["outcome"]?.string == "nothing")
                #expect(nothing["warnings"]?[0]?["message"]?["fr"]?.string.isEmpty == false)
            }
        }

        @Test(
            "name what is wrong with a question, in the shape of every other fault",
            arguments: [
                ("/api/v1/addresses/suggest", "q"), ("/api/v1/addresses/suggest?q=a&limit=0", "limit"),
                ("/api/v1/addresses/suggest?q=a&limit=many", "limit"),
                ("/api/v1/locate?address=" + String(repeating: "x", count: 501), "address"),
                ("/api/v1/addresses/suggest?q=" + String(repeating: "x", count: 301), "q"),
            ]
        )
        func faults(path: String, field: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let answer = try await region.send(.get, path)
                #expect(answer.status == 400)
                #expect(try answer.tree["errors"]?[0]?["field"]?.string == field)
            }
        }
    }
}

@Suite("The where step by address")
struct PagesAddressTests {
    @Test("asks which of several addresses is meant, without scripts, and takes the one picked or the person's words")
    func choose() async throws {
        try await PagesRegion.run { region in
            region.surroundings.addresses.replace(with: try DemoAddresses.book())
            let asked = try await PagesReportTests.pothole(region, place: [("address", "21 Main Street")])
            #expect(asked.address == "/en/report/where")
            #expect(asked.text.contains("Which address do you mean?"))
            let values = asked.html.matches(of: /name="pick" value="([^"]+)"/).map { String($0.1) }
            #expect(values.count >= 3 && values.last == "keep")
            let here = try #require(values.first { $0.contains("Brindle Bay") })
            let fields = [("address", "21 Main Street"), ("go", "continue")]
            let picked = try await region.post(asked.action, asked.hidden + fields + [("pick", here)])
            #expect(picked.address == "/en/report/details", "\(picked.text.prefix(400))")
            let kept = try await region.post(asked.action, asked.hidden + fields + [("pick", "keep")])
            #expect(kept.address == "/en/report/where")
            #expect(kept.text.contains("In which municipality is it?"), "nobody knows yet whose the place is")
            let forged = try await region.post(asked.action, asked.hidden + fields + [("pick", "91|0|x")])
            #expect(forged.address == "/en/report/where")
        }
    }

    @Test("goes on at once when one address is beyond doubt")
    func certain() async throws {
        try await PagesRegion.run { region in
            region.surroundings.addresses.replace(with: try DemoAddresses.book())
            let next = try await PagesReportTests.pothole(region, place: [("address", "23 Queen Street, Brindle Bay")])
            #expect(next.address == "/en/report/details", "\(next.text.prefix(400))")
        }
    }
}
