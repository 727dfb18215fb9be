import Domain
import Foundation
import TestSupport
import Testing

@testable import Hub

/// Path of a real data file, which a checkout need not have.
private let list =
    DemonstrationRegion.repository.deletingLastPathComponent()
    .appendingPathComponent("shared/data/telephone/ontario_co_codes_2024-10-10.csv.gz").path

/// Extra checks on the administrator's real list, where a checkout has it beside it; skipped elsewhere.
@Suite("The real Ontario list", .enabled(if: FileManager.default.fileExists(atPath: list)))
struct RealNumberingTests {
    @Test("is read whole: 9,630 codes, 9,507 in service, 724 exchanges, 18 area codes, 30 per cent wireless")
    func whole() throws {
        let read = try ReadNumberingList(path: list)
        #expect(read.report.badRows == [])
        #expect(read.codes.count == 9_630)
        #expect(read.report.inService == 9_507)
        #expect(read.report.exchanges == 724)
        #expect(read.report.areaCodes == 18)
        #expect(abs(Double(read.report.wireless) / 9_630 - 0.30) < 0.01, "\(read.report.wireless)")
        #expect(read.codes.count { $0.status == .assigned } == 120)
        #expect(read.codes.count { $0.status == .beingRecovered } == 3)
        let inService = read.codes.filter { $0.status == .inService }
        let areaCodes = Dictionary(grouping: inService, by: \.exchange).mapValues { Set($0.map(\.code.areaCode)).count }
        #expect(areaCodes.values.count { (2...4).contains($0) } == 554)
        let officeCodes = Dictionary(grouping: read.codes, by: \.code.officeCode).mapValues {
            Set($0.map(\.exchange)).count
        }
        #expect(officeCodes.values.allSatisfy { $0 > 1 })
    }

    @Test("known exchanges have their codes; the list is looked up code by code and agrees with itself")
    func lookedUp() throws {
        let read = try ReadNumberingList(path: list)
        let plan = NumberingPlan(
            list: NumberingList(id: 1, date: try CalendarDay("2024-10-10"), codes: read.codes.count),
            codes: read.codes,
            timeZone: .gmt
        )
        #expect(plan.codeCount == 9_630)
        let inService = Dictionary(grouping: read.codes.filter { $0.status == .inService }, by: \.exchange.rawValue)
        for (name, codes) in [("Oakville", 90), ("Campbellville", 9), ("Georgetown", 20), ("Ottawa-Hull", 425)] {
            #expect(inService[name]?.count == codes, "\(name): \(inService[name]?.count ?? 0)")
        }
        #expect(inService["Mississauga"] == nil)
        for line in read.codes {
            let number = NationalNumber(code: line.code, line: 100)
            let answer = plan.answer(
                caller: TelephoneNumber(number.e164),
                dialled: TelephoneNumber("311"),
                at: .distantPast,
                municipalities: [:]
            )
            #expect(answer.exchange == line.exchange)
            #expect(answer.hints.contains(.wireless) == line.isWireless)
        }
    }

    @Test("is stored and loaded in seconds, and answers from memory") func stored() async throws {
        try await withRegion { region in
            let read = try ReadNumberingList(path: list)
            let importing = ImportNumbering(databases: region.databases)
            let now = region.clock.now
            let edition = try await importing(
                read.codes,
                date: try CalendarDay("2024-10-10"),
                source: "ontario",
                passed: true,
                now: now
            )
            try await importing.activate(edition, at: now, by: "test", now: now)
            try await RefreshFromDatabase(region.surroundings).once()
            let plan = region.surroundings.numbering.plan
            #expect(plan.codeCount == 9_630)
            for line in read.codes where plan.assignment(of: line.code) != line {
                Issue.record("\(line.code) came back otherwise")
            }
        }
    }
}
