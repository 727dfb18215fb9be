import Domain
import Foundation
import Testing

@testable import Geo

/// What passes from whom to whom between two sets of boundaries.
@Suite("Changes of ground") struct GroundComparisonTests {
    private let unit: Int64 = 1_000_000

    private func square(_ id: String, _ west: Int64, _ south: Int64, _ east: Int64, _ north: Int64) -> BoundaryFeature {
        let (x, y) = (-79_000 * unit, 44_000 * unit)
        return area(id, box(x + west * unit, y + south * unit, x + east * unit, y + north * unit))
    }

    private func changes(_ old: [BoundaryFeature], _ new: [BoundaryFeature]) throws -> Set<String> {
        Set(
            try GroundComparison()(from: old, to: new).map { change in
                "\(change.from.map(\.rawValue).joined(separator: "+"))>\(change.to.map(\.rawValue).joined(separator: "+"))"
            }
        )
    }

    @Test("there is none between a set and itself") func same() throws {
        let features = [square("a", 0, 0, 10, 10), square("b", 9, 0, 20, 10)]
        #expect(try GroundComparison()(from: features, to: features.reversed()).isEmpty)
    }

    @Test("an annexed strip passes from one town to the other, measured") func annexed() throws {
        let found = try GroundComparison()(
            from: [square("a", 0, 0, 10, 10), square("b", 10, 0, 20, 10)],
            to: [square("a", 0, 0, 12, 10), square("b", 12, 0, 20, 10)]
        )
        #expect(found.count == 1)
        #expect(found.first?.from.map(\.rawValue) == ["b"] && found.first?.to.map(\.rawValue) == ["a"])
        let share = (found.first?.squareMetres ?? 0) / 178_204
        #expect(abs(share - 1) < 0.01)
    }

    @Test("tells what becomes nobody's, somebody's, contested or settled") func kinds() throws {
        let old = [square("a", 0, 0, 10, 10), square("b", 9, 0, 20, 10), square("c", 30, 0, 40, 10)]
        let new = [square("a", 0, 0, 9, 10), square("b", 9, 0, 22, 10), square("c", 31, 0, 40, 10)]
        #expect(try changes(old, new) == ["a+b>b", ">b", "c>"])
        #expect(try changes(new, old) == ["b>a+b", "b>", ">c"])
    }

    @Test("towns that merge hand over all their ground") func merged() throws {
        let old = [square("a", 0, 0, 10, 10), square("b", 10, 0, 20, 10)]
        #expect(try changes(old, [square("ab", 0, 0, 20, 10)]) == ["a>ab", "b>ab"])
    }

    @Test("draws old and new outline, the changed ground and what moves") func picture() throws {
        let old = [square("a", 0, 0, 10, 10), square("b", 10, 0, 20, 10)]
        let new = [square("a", 0, 0, 12, 10), square("b", 12, 0, 20, 10)]
        let ground = try GroundComparison()(from: old, to: new)
        let mark = ChangePicture.Mark(.openRequest, at: at(-78_989_000_000, 44_005_000_000))
        let svg = try ChangePicture(.municipality, from: old, to: new, changes: ground, marks: [mark]).svg(
            title: "A & B"
        )
        #expect(svg.contains("A &amp; B") && svg.contains("open request (1)") && svg.contains("old border"))
        #expect(svg.components(separatedBy: "stroke-dasharray=\"7 4\"").count == 4, "two areas and the legend")
    }

    @Test(
        "two surveys of one real city differ by what the README of the files says",
        .enabled(if: FileManager.default.fileExists(atPath: realFile("README.md")))
    )
    func mississauga() async throws {
        var options = ImportOptions(layer: .municipality)
        options.idProperty = "FID"
        let outline = try await BoundaryImport(options).read(
            path: realFile("boundaries-ontario/original/mississauga_city_boundary.geojson")
        )
        let city = try #require(outline.features.first)
        let wards = try await BoundaryImport(ImportOptions(layer: .municipality)).read(
            path: realFile("boundaries-ontario/municipalities.geojson")
        ).features.filter { $0.id.rawValue == "3521005" }
        let renamed = area("3521005", city.geometry)
        let found = try GroundComparison()(from: [renamed], to: wards)
        let lost = found.first { $0.to.isEmpty }?.squareMetres ?? 0
        let gained = found.first { $0.from.isEmpty }?.squareMetres ?? 0
        #expect(abs(lost / 132_644 - 1) < 0.01, "\(lost)")
        #expect(abs(gained / 345_909 - 1) < 0.01, "\(gained)")
    }
}
