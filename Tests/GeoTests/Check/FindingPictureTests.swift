import Domain
import Foundation
import Testing

@testable import Geo

/// What a picture of a finding must show; whether it looks well is for eyes.
@Suite("Pictures of findings") struct FindingPictureTests {
    private var overlap: [BoundaryFeature] {
        var west = area("west", box(-79_000_000_000, 44_000_000_000, -78_990_000_000, 44_010_000_000))
        west.name = "Ost & <West>"
        return [west, area("east", box(-78_991_000_000, 44_000_000_000, -78_980_000_000, 44_010_000_000))]
    }

    @Test("names both areas, the finding, its size, north, scale and degrees, with XML's signs escaped")
    func shows() throws {
        let finding = try #require(try BoundaryCheck()(overlap).findings.first)
        let svg = try FindingPicture(finding, of: overlap).svg()
        for text in ["Ost &amp; &lt;West&gt;", ">east<", finding.id, " m²<", ">N<", " m</text>", "-78.99", "44.00"] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(svg.contains("url(#ground)") && !svg.contains("<West>"))
    }

    @Test("shades decided ground in the colour of who answers")
    func decided() throws {
        var report = try BoundaryCheck()(overlap)
        let day = try CalendarDay("2026-03-02")
        let decision = BoundaryDecision(
            layer: .municipality,
            matter: .overlap,
            areas: [AreaID(trusted: "east"), AreaID(trusted: "west")],
            verdict: .split(.middle),
            reason: "agreed",
            decidedBy: "council",
            decidedOn: day
        )
        let grounds = try DecisionMatching([decision])(&report, features: overlap)
        let finding = try #require(report.findings.first)
        let svg = try FindingPicture(
            finding,
            of: overlap,
            decided: DecidedGrounds(grounds, areas: overlap.map(\.covering))
        ).svg()
        #expect(svg.contains("decided: split in the middle") && svg.contains("council, 2026-03-02"))
        #expect(!svg.contains("fill=\"url(#ground)\""))
        for colour in FindingPicture.colours.prefix(2) {
            #expect(svg.contains("fill=\"\(colour)\" fill-opacity=\"0.5\""))
        }
    }

    @Test("adds a second map where the ground is too thin to be seen")
    func thin() throws {
        let features = [
            area("west", box(-79_000_000_000, 44_000_000_000, -78_990_000_000, 44_050_000_000)),
            area("east", box(-78_990_020_000, 44_000_000_000, -78_980_000_000, 44_050_000_000)),
        ]
        let finding = try #require(try BoundaryCheck()(features).findings.first)
        let svg = try FindingPicture(finding, of: features).svg()
        #expect(svg.contains("clip-path=\"url(#map1)\"") && svg.contains("Around "))
    }
}
