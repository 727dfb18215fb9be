import Domain
import Foundation
import Testing

@testable import Geo

/// Two towns whose surveys overlap by 1,000 units and leave a gap elsewhere, with what a region may decide about it.
@Suite("Decisions on gaps and overlaps") struct DecisionTests {
    private let west = area("west", box(-79_000_000_000, 44_000_000_000, -78_990_000_000, 44_010_000_000))
    private let east = area("east", box(-78_992_000_000, 44_000_000_000, -78_980_000_000, 44_010_000_000))
    private let far = area("far", box(-78_970_000_000, 44_000_000_000, -78_960_000_000, 44_010_000_000))
    private let north = area("north", box(-79_000_000_000, 44_010_000_000, -78_960_000_000, 44_020_000_000))
    private let south = area("south", box(-79_000_000_000, 43_990_000_000, -78_960_000_000, 44_000_000_000))

    private var features: [BoundaryFeature] { [west, east, far, north, south] }

    private func decision(
        _ matter: BoundaryDecision.Matter,
        _ areas: [String],
        _ verdict: BoundaryDecision.Verdict,
        near: Coordinate? = nil,
        withinMetres: Double = 50
    ) -> BoundaryDecision {
        BoundaryDecision(
            layer: .municipality,
            matter: matter,
            areas: areas.map { AreaID(trusted: $0) },
            near: near,
            withinMetres: withinMetres,
            verdict: verdict,
            reason: "agreed",
            decidedBy: "council",
            decidedOn: CalendarDay.testDay
        )
    }

    private func decide(
        _ decisions: [BoundaryDecision],
        _ features: [BoundaryFeature]? = nil
    ) throws -> (report: BoundaryCheckReport, grounds: DecidedGrounds, index: BoundaryIndex) {
        let features = features ?? self.features
        var report = try BoundaryCheck()(features)
        let grounds = try DecisionMatching(decisions)(&report, features: features)
        let index = BoundaryIndex(features)
        // Through JSON and back, as a stored generation is.
        let stored = try grounds.map { ground in
            var copy = try JSONDecoder().decode(DecidedGround.self, from: try JSONEncoder().encode(ground))
            copy.ground = ground.ground
            return copy
        }
        return (report, DecidedGrounds(stored, areas: index.areas), index)
    }

    private func owner(
        _ decided: (report: BoundaryCheckReport, grounds: DecidedGrounds, index: BoundaryIndex),
        _ longitude: Int64,
        _ latitude: Int64
    ) -> String? {
        let place = at(longitude, latitude)
        let covering = decided.index.areas(at: place).filter { $0.layer == .municipality }
        return decided.grounds.owner(in: .municipality, at: place, covering: covering)?.area.id.rawValue
    }

    @Test("priority lets one area answer on the overlap, and nowhere else") func priority() throws {
        let decided = try decide([decision(.overlap, ["east", "west"], .priority(AreaID(trusted: "east")))])
        #expect(owner(decided, -78_991_000_000, 44_005_000_000) == "east")
        #expect(owner(decided, -78_985_000_000, 44_005_000_000) == nil)
        #expect(owner(decided, -78_975_000_000, 44_005_000_000) == nil)
        #expect(decided.report.findings.first { $0.kind == .overlap }?.decision?.summary == "priority east")
        #expect(decided.report.unmatchedDecisions.isEmpty)
    }

    @Test(
        "split in the middle gives each half to the area it continues",
        arguments: [
            (-78_991_900_000, "west"), (-78_991_100_000, "west"), (-78_990_900_000, "east"), (-78_990_100_000, "east"),
        ] as [(Int64, String)]
    ) func middleOfOverlap(longitude: Int64, expected: String) throws {
        let decided = try decide([decision(.overlap, ["east", "west"], .split(.middle))])
        #expect(owner(decided, longitude, 44_005_000_000) == expected)
    }

    @Test(
        "split in the middle gives a place of a gap to the nearer area",
        arguments: [
            (-78_979_000_000, 44_005_000_000, "east"), (-78_971_000_000, 44_005_000_000, "far"),
            (-78_975_000_000, 44_009_900_000, "north"), (-78_975_000_000, 44_000_100_000, "south"),
        ] as [(Int64, Int64, String)]
    ) func middleOfGap(longitude: Int64, latitude: Int64, expected: String) throws {
        let decided = try decide([decision(.gap, ["east", "far", "north", "south"], .split(.middle))])
        #expect(owner(decided, longitude, latitude) == expected)
    }

    @Test(
        "split along a line goes by the side of it",
        arguments: [
            (-78_991_500_000, 44_002_000_000, "west"), (-78_990_500_000, 44_002_000_000, "east"),
            (-78_990_700_000, 44_008_000_000, "west"), (-78_990_200_000, 44_008_000_000, "east"),
        ] as [(Int64, Int64, String)]
    ) func line(longitude: Int64, latitude: Int64, expected: String) throws {
        // Northwards in the middle, then a bend to the east and northwards again.
        let line = [
            at(-78_991_000_000, 44_000_000_000), at(-78_991_000_000, 44_005_000_000),
            at(-78_990_500_000, 44_005_000_000), at(-78_990_500_000, 44_010_000_000),
        ]
        let verdict = BoundaryDecision.Verdict.split(
            .line(line, left: AreaID(trusted: "west"), right: AreaID(trusted: "east"))
        )
        let decided = try decide([decision(.overlap, ["west", "east"], verdict)])
        #expect(owner(decided, longitude, latitude) == expected)
    }

    @Test("leave settles the finding and answers nothing") func leave() throws {
        let decided = try decide([decision(.overlap, ["west", "east"], .leave)])
        #expect(owner(decided, -78_991_000_000, 44_005_000_000) == nil)
        #expect(decided.report.open(.ask).map(\.kind) == [.gap])
    }

    @Test("a decision for one place is known again when the survey moves a little, and reported when it moves away")
    func nextImport() throws {
        let near = at(-78_975_000_000, 44_010_000_000)
        let kept = decision(
            .gap,
            ["east", "far", "north", "south"],
            .priority(AreaID(trusted: "north")),
            near: near,
            withinMetres: 100
        )
        #expect(try decide([kept]).report.unmatchedDecisions.isEmpty)
        // Half a thousandth of a degree further north: 55 m of new gap.
        var moved = north
        moved.geometry = box(-79_000_000_000, 44_010_500_000, -78_960_000_000, 44_020_000_000)
        let little = try decide([kept], [west, east, far, moved, south])
        #expect(little.report.unmatchedDecisions == [kept], "the gap is open to the outside now and no gap any more")
        var shrunk = far
        shrunk.geometry = box(-78_979_000_000, 44_000_000_000, -78_960_000_000, 44_010_000_000)
        let other = try decide([kept], [west, east, shrunk, north, south])
        #expect(other.report.unmatchedDecisions == [kept], "the gap ends 320 m away from the stated place")
        #expect(
            try decide(
                [decision(.gap, ["east", "far", "north", "south"], .leave)],
                [west, east, shrunk, north, south]
            )
            .report.unmatchedDecisions.isEmpty
        )
    }

    @Test("a decision about other areas settles nothing and is named") func unmatched() throws {
        let decided = try decide([decision(.overlap, ["north", "south"], .leave)])
        #expect(decided.report.unmatchedDecisions.count == 1)
        #expect(
            decided.report.description.contains(
                "a decision that matches nothing: municipality overlap of north and south"
            )
        )
    }

    @Test("a blocking finding that was decided blocks no longer") func unblocks() throws {
        let copy = area("copy", west.geometry)
        let open = try decide([], [west, copy])
        #expect(!open.report.passes)
        let decided = try decide(
            [decision(.overlap, ["copy", "west"], .priority(AreaID(trusted: "west")))],
            [west, copy]
        )
        #expect(decided.report.passes)
        #expect(owner(decided, -78_995_000_000, 44_005_000_000) == "west")
    }
}

extension CalendarDay {
    fileprivate static var testDay: CalendarDay {
        // A day that exists, whatever the initialiser thinks of it.
        guard let day = try? CalendarDay("2026-03-02") else { preconditionFailure("a plain day") }
        return day
    }
}
