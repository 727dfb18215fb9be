import Addresses
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

/// The demonstration region's addresses.
enum DemoAddresses {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../geo").path

    static func order(_ registers: [String]? = nil) throws -> ImportAddresses.Order {
        ImportAddresses.Order(
            sources: try (registers ?? [folder + "/addresses.csv"])
                .map { ImportAddresses.Source(path: $0, columns: try AddressColumns()) },
            aliases: folder + "/address-aliases.csv",
            communities: folder + "/address-communities.csv",
            note: "test"
        )
    }
}

extension DemonstrationRegion {
    func importAddresses(_ order: ImportAddresses.Order) async throws -> AddressImportReport {
        try await ImportAddresses(databases: surroundings.databases, boundaries: surroundings.geography.index)(
            order,
            now: clock.now
        )
    }

    /// Imports the region's addresses and puts them in force.
    func useAddresses() async throws -> AddressImportReport {
        let report = try await importAddresses(DemoAddresses.order())
        try await ImportAddresses.activate(
            report.set,
            at: clock.now,
            by: "test",
            now: clock.now,
            in: surroundings.databases
        )
        try await RefreshFromDatabase(surroundings).once()
        return report
    }
}

@Suite("Sets of civic addresses")
struct AddressSetTests {
    @Test("are imported, checked, and in force once activated; the same files again give the same set")
    func importAndActivate() async throws {
        try await withRegion { region in
            let surroundings = region.surroundings
            let report = try await region.importAddresses(DemoAddresses.order())
            #expect(report.passed && report.rejected == 0 && report.aliasesWithoutStreet.isEmpty)
            #expect(report.addresses > 6_000 && report.merged == 2)
            // Doors of the boundary road's far side, and the one in the gap between two surveys.
            #expect(report.overTheBorder > 20 && report.outside > 0)
            try await RefreshFromDatabase(surroundings).once()
            #expect(surroundings.addresses.book.count == 0, "a set is in force only once it is activated")
            let again = try await region.importAddresses(DemoAddresses.order())
            #expect(again.wasThere && again.set == report.set)
            _ = try await region.useAddresses()
            #expect(surroundings.addresses.book.count == report.doors)
            #expect(surroundings.addresses.set == report.set)
            let rows = try await surroundings.databases.withHub {
                try await AddressRows($0).rows(of: report.set, limit: 10_000)
            }
            #expect(rows.count == report.addresses)
            await #expect(throws: ImportAddresses.NotActivatable.self) {
                let now = region.clock.now
                try await ImportAddresses.activate(999, at: now, by: "test", now: now, in: surroundings.databases)
            }
        }
    }

    @Test("show both facts of a door over the border, and every town of one street name")
    func facts() async throws {
        try await withRegion { region in
            _ = try await region.useAddresses()
            let locate = LocateAddress(region.surroundings)
            let answer = locate("1001 Townline Road, Brindle Bay")
            let towns = answer.candidates.map { "\($0.municipalityID?.rawValue ?? "") \($0.statedMunicipality ?? "")" }
            #expect(towns == ["dunmore-mills Town of Brindle Bay"], "\(answer)")
            #expect(answer.warnings.contains(.overTheBorder))
            let everywhere = locate("21 Main Street")
            #expect(everywhere.outcome == .several && Set(everywhere.candidates.map(\.municipalityID)).count >= 5)
            #expect(
                locate("21 Main Street", municipality: "cobbleford").certain?.municipalityID?.rawValue == "cobbleford"
            )
            #expect(locate("21 Commercial Street, Cobbleford").certain?.street == "Main Street")
            #expect(locate("212A Main St, Cobbleford").certain?.number == HouseNumber(212, suffix: "A"))
            #expect(
                SuggestAddresses(region.surroundings)("21 main st cob").first?.municipalityID?.rawValue == "cobbleford"
            )
        }
    }

    @Test("cut off in the middle leave nothing in force, and the next import takes them away")
    func cutOff() async throws {
        try await withRegion { region in
            let databases = region.surroundings.databases
            let now = region.clock.now
            let torn = try await databases.withHub {
                try await AddressSets($0).create(
                    note: "torn",
                    digest: "x",
                    generation: nil,
                    now: now.addingTimeInterval(-200_000)
                )
            }
            var rows = CopiedAddresses()
            for position in 0..<10 {
                rows.append(
                    StoredAddress(
                        position: position,
                        number: 1,
                        suffix: "",
                        unit: "a\tb\\",
                        street: "L’Été\n",
                        municipalityID: nil,
                        municipality: nil,
                        statedMunicipality: nil,
                        community: nil,
                        postalCode: nil,
                        latitudeNano: 44_000_000_000,
                        longitudeNano: -79_000_000_000
                    ),
                    to: torn
                )
            }
            let copied = rows
            let taken = try await databases.withHub { try await AddressRows($0).copy(copied) }
            #expect(taken == 10)
            let stored = try await databases.withHub { try await AddressRows($0).rows(of: torn, limit: 1) }
            #expect(stored.first?.unit == "a\tb\\" && stored.first?.street == "L’Été\n")
            let isActivated = try await databases.withHub {
                try await AddressSets($0).activate(torn, at: now, by: "test", now: now)
            }
            #expect(!isActivated)
            _ = try await region.importAddresses(DemoAddresses.order())
            let left = try await databases.withHub { try await AddressSets($0).all().map(\.id) }
            #expect(!left.contains(torn))
        }
    }

    @Test("refuse rows whose halves are swapped or that lie on the other side of the earth, by row and reason")
    func badPoints() async throws {
        try await withRegion { region in
            let folder = FileManager.default.temporaryDirectory
            let file = folder.appending(path: "addresses-\(UUID().uuidString).csv").path
            let rejected = folder.appending(path: "rejected-\(UUID().uuidString).csv").path
            defer { for path in [file, rejected] { try? FileManager.default.removeItem(atPath: path) } }
            let text = """
                number,street,municipality,lat,lon
                1,Good Street,Brindle Bay,44.1016,-79.18
                2,Swapped Street,Brindle Bay,-79.18,44.1016
                3,Far Street,Brindle Bay,-44.1,100.2
                4,Wrong Street,Brindle Bay,forty,-79.18
                5,Good Street,Brindle Bay,44.1017,-79.18
                6,Good Street,Brindle Bay,44.1018,-79.18

                """
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            var order = try DemoAddresses.order([file])
            order.rejectedTo = rejected
            let report = try await region.importAddresses(order)
            #expect(report.addresses == 3 && report.rejected == 3 && report.swapped == 1 && report.passed)
            let lines = try String(contentsOfFile: rejected, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines[1].contains(",3,lat,") && lines[1].contains("swapped"))
            #expect(lines[2].contains(",4,lat,") && lines[2].contains("50 km"))
            #expect(lines[3].contains(",5,lat,"))
        }
    }
}

@Suite("A request that gives only an address")
struct IntakeByAddressTests {
    @Test("goes to the body that answers at the address's door, on the rung of a civic address")
    func placed() async throws {
        try await withRegion { region in
            _ = try await region.useAddresses()
            let answers = try await region.required("RD-POTH")
            let receipt = try await region.take(
                region.intake(at: nil, address: "23 Queen St, Brindle Bay", answers: answers)
            )
            #expect(receipt.reference.rawValue.hasPrefix(try await region.tenant("brindle-bay").tenant.code.rawValue))
            let row = try #require(try await region.row(receipt.reference, in: "brindle-bay"))
            #expect(row.coordinate != nil && row.address == "23 Queen St, Brindle Bay")
            let place = PlaceInput(address: "23 Queen St, Brindle Bay")
            let answer = try await ExplainResponsibility(region.surroundings)(
                RouteQuery(place: place, service: ServiceCode(trusted: "RD-POTH"))
            )
            #expect(answer.decision.rung == .civicAddress)
        }
    }

    @Test(
        "waits for a person when the address is in several towns, or only the street is known",
        arguments: [
            "21 Main Street", "99999 Queen St, Brindle Bay", "somewhere by the old mill",
        ]
    )
    func waits(address: String) async throws {
        try await withRegion { region in
            _ = try await region.useAddresses()
            let answers = try await region.required("RD-POTH")
            let receipt = try await region.take(region.intake(at: nil, address: address, answers: answers))
            let row = try await region.row(receipt.reference, in: "maplewater-311")
            #expect(row?.life.state == .waitingForPlace && row?.coordinate == nil)
        }
    }
}
