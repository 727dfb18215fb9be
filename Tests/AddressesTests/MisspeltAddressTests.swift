import DataFiles
import Domain
import Foundation
import Testing

@testable import Addresses

/// One address whose municipality is known.
private struct Known: Sendable {
    let number: String
    let street: String
    let municipality: String
}

@Suite("Misspelt addresses")
struct MisspeltAddressTests {
    private struct Counts {
        var right = 0
        var wrong: [String] = []
        var asked = 0

        var total: Int { right + wrong.count + asked }
    }

    private static func measure(_ known: [Known], _ book: AddressBook, seed: UInt64, _ count: Int) -> Counts {
        var writer = MisspeltAddress(seed: seed)
        var counts = Counts()
        for _ in 0..<count {
            guard let address = known.randomElement(using: &writer.numbers) else { break }
            let text = writer.written(
                number: address.number,
                street: address.street,
                municipality: address.municipality
            )
            let towns = Set(book.locate(text).candidates.map(\.municipality))
            if towns.count != 1 {
                counts.asked += 1
            } else if towns.allSatisfy({ AddressPlace.isSame($0, address.municipality) }) {
                counts.right += 1
            } else {
                counts.wrong.append("\(text) is in \(address.municipality), found in \(towns.first ?? "")")
            }
        }
        return counts
    }

    private static func expectGood(_ counts: Counts, _ name: String, seed: UInt64) {
        let line =
            "\(name), seed \(seed): \(counts.right) right, \(counts.wrong.count) wrong, \(counts.asked) ask, of \(counts.total)"
        print(line)
        #expect(counts.right * 100 >= counts.total * 97, "\(line)")
        #expect(counts.wrong.count * 1000 < counts.total * 3, "\(line): \(counts.wrong.prefix(10))")
    }

    private static func read(
        _ path: String,
        _ columns: AddressColumns,
        stated: String?,
        _ builder: inout AddressBookBuilder
    ) throws -> [Known] {
        var known: [Known] = []
        _ = try AddressFile(path: path, columns: columns).read { _, outcome in
            guard case .success(var row) = outcome else { return }
            row.stated = row.stated ?? stated
            guard let municipality = row.stated, builder.add(row) else { return }
            known.append(Known(number: row.number.description, street: row.street, municipality: municipality))
        }
        return known
    }

    @Test(
        "of the demonstration region find their municipality, 97 of 100 and 3 of 1,000 wrong at most",
        arguments: [11, 12] as [UInt64]
    )
    func demonstrationRegion(seed: UInt64) throws {
        let geo = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../geo").path
        var builder = AddressBookBuilder()
        for share in try SideTables.communities(path: geo + "/address-communities.csv") { builder.add(share) }
        for alias in try SideTables.aliases(path: geo + "/address-aliases.csv") { builder.add(alias) }
        let known = try Self.read(geo + "/addresses.csv", AddressColumns(), stated: nil, &builder)
        let book = builder.build()
        #expect(known.count > 5_000 && builder.aliasesWithoutStreet.isEmpty)
        // One name in every town is the rule here, so most people would name the town; who does not is asked, rightly.
        var writer = MisspeltAddress(seed: seed, withMunicipality: 1)
        var counts = Counts()
        for _ in 0..<5_000 {
            guard let address = known.randomElement(using: &writer.numbers) else { break }
            let text = writer.written(
                number: address.number,
                street: address.street,
                municipality: address.municipality
            )
            let answer = book.locate(text)
            let towns = Set(answer.candidates.map { $0.statedMunicipality ?? $0.municipality })
            if towns.count != 1 {
                counts.asked += 1
            } else if towns.first == address.municipality {
                counts.right += 1
            } else {
                counts.wrong.append(text)
            }
        }
        Self.expectGood(counts, "demonstration region", seed: seed)
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/data/addresses"
    ).path

    @Test(
        "of real registers find their municipality, 97 of 100 and 3 of 1,000 wrong at most",
        .enabled(if: FileManager.default.fileExists(atPath: folder), "the real registers are not here: skipped"),
    )
    func realRegisters() throws {
        var builder = AddressBookBuilder()
        var known = try Self.read(
            Self.folder + "/milton_address_points.csv.gz",
            AddressColumns(),
            stated: "Milton",
            &builder
        )
        known += try Self.read(
            Self.folder + "/waterloo_region_oda_addresses.csv.gz",
            AddressColumns(preset: .statcanODA),
            stated: nil,
            &builder
        )
        let book = builder.build()
        #expect(known.count > 400_000)
        print(
            "real registers: \(book.count) doors, \(book.streetCount) streets, \(book.byteCount) bytes, \(builder.mergedRows) merged"
        )
        #expect(book.byteCount < book.count * 30, "an address takes more than 30 bytes")
        for seed in [1, 2, 3] as [UInt64] {
            Self.expectGood(Self.measure(known, book, seed: seed, 5_000), "real registers", seed: seed)
        }
    }
}
