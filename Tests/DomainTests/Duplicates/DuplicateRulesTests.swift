import Domain
import Foundation
import Testing

@Suite("When two reports count as one matter")
struct DuplicateRulesTests {
    private func part(_ text: String) -> ServicePart { ServicePart(trusted: text) }
    private func type(_ text: String) -> ServiceCode { ServiceCode(trusted: text) }

    @Test("A row for the type counts before one for its part, and the rules' own figures where there is none")
    func rows() {
        let rules = DuplicateRules(
            metres: 50,
            recentlyClosedDays: 14,
            rows: [
                .init(parts: [part("road.surface")], metres: 30),
                .init(parts: [], types: [type("WN-PLOW")], metres: 300, recentlyClosedDays: 2),
            ]
        )
        #expect(rules.reach(of: part("road.surface"), type: type("RD-POTH")).metres == 30)
        #expect(rules.reach(of: part("road.surface"), type: type("WN-PLOW")).metres == 300)
        #expect(rules.reach(of: part("road.surface"), type: type("WN-PLOW")).recentlyClosedDays == 2)
        let other = rules.reach(of: nil, type: type("CS-OTHER"))
        #expect(other.metres == 50 && other.recentlyClosedDays == 14)
        #expect(other.parts.isEmpty && other.types == [type("CS-OTHER")])
    }

    @Test("Parts that count together find each other, others only themselves")
    func together() {
        let tree = DuplicateRules.standard.reach(of: part("tree.hazard"), type: type("PK-TREEHZ"))
        #expect(tree.parts == [part("road.obstruct"), part("tree.hazard")])
        let hole = DuplicateRules.standard.reach(of: part("road.surface"), type: type("RD-POTH"))
        #expect(hole.parts == [part("road.surface")])
        #expect(hole.metres == 30)
    }
}

@Suite("A declared event")
struct DeclaredEventTests {
    private func point(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
        try Coordinate(latitude: latitude, longitude: longitude)
    }

    @Test("A circle holds what lies within its metres")
    func circle() throws {
        let area = EventArea.circle(centre: try point(44, -79), metres: 1000)
        // A thousandth of a degree is 111.1 m to the north and 80.2 m to the east here.
        #expect(try area.contains(point(44.0089, -79)))
        #expect(try !area.contains(point(44.0091, -79)))
        #expect(try area.contains(point(44, -78.9876)))
        #expect(try !area.contains(point(44, -78.9874)))
        #expect(!area.contains(nil))
        #expect(EventArea.everywhere.contains(nil))
    }

    @Test("A polygon holds its inside and its border, not its hollow")
    func polygon() throws {
        // A square with a bay cut into its east side.
        let ring = [
            try point(44, -79), try point(44, -78), try point(44.5, -78.5), try point(45, -78), try point(45, -79),
        ]
        let area = EventArea.polygon(ring)
        #expect(try area.contains(point(44.5, -78.8)))
        #expect(try !area.contains(point(44.5, -78.2)))
        #expect(try !area.contains(point(45.1, -78.8)))
        #expect(try area.contains(point(44, -78.5)), "on the southern edge")
        #expect(try area.contains(point(44.5, -78.5)), "on the corner of the bay")
        let middle = try #require(area.middle)
        #expect(abs(middle.latitude - 44.5) < 1e-6)
    }

    @Test("Collects its types in its area and time while it is open, and is closed once")
    func collects() throws {
        let begins = Date(timeIntervalSince1970: 1_700_000_000)
        var event = DeclaredEvent(
            owner: JurisdictionID(trusted: "brindle-bay"),
            parent: RequestReference.make(code: TenantCode(trusted: "BB")),
            types: [ServiceCode(trusted: "PK-TREEHZ")],
            area: .circle(centre: try point(44, -79), metres: 1000),
            begins: begins,
            ends: begins + 3600,
            banner: LocalizedText(english: "Ice storm", french: "Verglas")
        )
        let (tree, here) = (ServiceCode(trusted: "PK-TREEHZ"), try point(44, -79))
        #expect(event.collects(tree, at: here, made: begins))
        #expect(event.collects(tree, at: here, made: begins + 3600))
        #expect(!event.collects(tree, at: here, made: begins + 3601))
        #expect(!event.collects(tree, at: here, made: begins - 1))
        #expect(!event.collects(ServiceCode(trusted: "RD-POTH"), at: here, made: begins))
        let written = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(DeclaredEvent.self, from: written) == event)
        try event.close()
        #expect(!event.collects(tree, at: here, made: begins))
        #expect(throws: DeclaredEvent.ClosedAlready.self) { try event.close() }
    }
}
