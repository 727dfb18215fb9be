import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("decisions.yml")
struct BoundaryDecisionFileTests {
    private func load(_ text: String) throws -> BoundaryDecisionFile {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return BoundaryDecisionFile.load(path)
    }

    private static let signed = "reason: agreed\n    decided_by: council\n    decided_on: 2026-03-02\n"

    private func faults(_ keys: String) throws -> [String] {
        try load("decisions:\n  - layer: municipality\n    \(keys)\n    \(Self.signed)").faults.map(\.message)
    }

    @Test("takes priority, a split along a line, a split in the middle, and leave")
    func good() throws {
        let file = try load(
            """
            decisions:
              - { layer: municipality, kind: overlap, areas: [oakton, elmside], decision: priority, owner: oakton,
                  reason: agreed, decided_by: council, decided_on: 2026-03-02 }
              - { layer: ward, kind: gap, areas: ["1", "2"], near: [44.2197, -78.8], within_metres: 120, decision: split,
                  line: [[44.2, -78.8], [44.3, -78.8]], left: "1", right: "2",
                  reason: agreed, decided_by: council, decided_on: 2026-03-02 }
              - { layer: ward, kind: overlap, areas: ["1", "2"], decision: split, line: middle,
                  reason: agreed, decided_by: council, decided_on: 2026-03-02 }
              - { layer: municipality, kind: gap, areas: [oakton], decision: leave,
                  reason: agreed, decided_by: council, decided_on: 2026-03-02 }

            """
        )
        #expect(file.faults == [])
        #expect(
            file.decisions.map(\.summary) == [
                "priority oakton", "split, 1 left and 2 right of a line", "split in the middle", "leave",
            ]
        )
        let second = try #require(file.decisions.dropFirst().first)
        #expect(second.near == (try Coordinate(latitude: 44.2197, longitude: -78.8)) && second.withinMetres == 120)
        // What is stored with a generation is read back the same.
        let stored = try JSONEncoder().encode(file.decisions)
        #expect(try JSONDecoder().decode([BoundaryDecision].self, from: stored) == file.decisions)
    }

    @Test("is the demonstration region's without a fault")
    func demonstration() {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = BoundaryDecisionFile.load(root.appendingPathComponent("geo/decisions.yml").path)
        #expect(file.faults == [] && file.decisions.count == 3)
    }

    @Test(
        "says what is wrong, and what would be right",
        arguments: [
            (
                "kind: overlap\n    areas: [a, b]\n    decision: priority\n    owner: c",
                "\"owner\" is c, which is none of \"areas\""
            ),
            ("kind: overlap\n    areas: [a, b]\n    decision: priority", "owner"),
            ("kind: overlap\n    areas: []\n    decision: leave", "\"areas\" needs at least one id"),
            ("kind: overlaps\n    areas: [a]\n    decision: leave", "did you mean overlap"),
            ("kind: gap\n    areas: [a]\n    decision: split\n    line: centre", "\"line\""),
            (
                "kind: gap\n    areas: [a, b]\n    decision: split\n    line: [[44, -79]]\n    left: a\n    right: b",
                "two vertices or more"
            ),
            ("kind: gap\n    areas: [a]\n    near: [144, -79]\n    decision: leave", "[latitude, longitude]"),
            ("kind: gap\n    areas: [a]\n    within_metres: 0\n    decision: leave", "from 1 to 10000"),
            ("kind: gap\n    areas: [a]\n    decision: leave\n    ownr: a", "ownr"),
        ]
    )
    func wrong(keys: String, message: String) throws {
        let found = try faults(keys)
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test("names the missing reason, person and day")
    func unsigned() throws {
        let file = try load("decisions:\n  - { layer: ward, kind: gap, areas: [a], decision: leave }\n")
        #expect(file.decisions.isEmpty)
        for key in ["reason", "decided_by", "decided_on"] {
            #expect(file.faults.contains { $0.message.contains(key) && $0.line == 2 }, "\(file.faults)")
        }
    }
}
