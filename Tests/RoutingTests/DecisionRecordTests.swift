import Domain
import Foundation
import Routing
import Tenancy
import Testing

@Suite("The decision as a record")
struct DecisionRecordTests {
    /// Decisions of every shape: lead, partner, undecided by road, by municipality, by nothing, with others told, with an open question.
    private static let queries: [DecisionQuery] = {
        func query(_ part: String, _ place: PlaceFacts, answers: Answers = Answers(), road: String? = nil)
            -> DecisionQuery
        {
            DecisionQuery(
                place: place,
                part: ServicePart(trusted: part),
                publicType: ServiceCode(trusted: "RD-POTH"),
                answers: answers,
                chosenRoad: road,
                at: Region.noon.addingTimeInterval(0.123),
                rung: .mapPoint,
                answerBy: Region.day("2026-11-20")
            )
        }
        let both = Region.place(
            "brindle-bay",
            roads: [Region.regional, Region.local],
            other: [("distributor", "brindle-hydro")]
        )
        return [
            query("road.surface", both), query("road.surface", both, road: "rr25-1"),
            query("road.surface", both, road: DecisionQuery.doNotKnow), query("road.sidewalk", both),
            query("tree.hazard", both, answers: ["PLACE": ["wire"]], road: "rr25-1"), query("health.needle", both),
            query("waste.bluebox", both), query("road.surface", Region.place("greyhaven")),
            query("corp.foi", .unknown()),
            query("bylaw.noise", Region.place(.contested([Region.area("elmsbridge"), Region.area("cobbleford")]))),
            query("bylaw.noise", Region.place(.gap(nearest: [NearestArea(area: Region.area("fallow"), metres: 3.25)]))),
            query("animal.bite", Region.place("fallow")), query("moon.cheese", both),
        ]
    }()

    @Test(
        "the same query gives the same decision, from a table built anew and for the query read back from JSON",
        arguments: queries
    )
    func replay(query: DecisionQuery) throws {
        let decision = Region.table.decide(query)
        let again = RoutingTable(Region.agreement.ruleSets.reversed(), jurisdictions: Region.bodies.reversed())
        #expect(again.decide(query) == decision)
        let stored = try JSONDecoder().decode(DecisionQuery.self, from: JSONEncoder().encode(query))
        #expect(Region.table.decide(stored) == decision)
    }

    @Test("JSON and back is identity, whatever date strategy the coder has", arguments: queries)
    func roundTrip(query: DecisionQuery) throws {
        let decision = Region.table.decide(query)
        #expect(try JSONDecoder().decode(Decision.self, from: JSONEncoder().encode(decision)) == decision)
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        #expect(try decoder.decode(Decision.self, from: encoder.encode(decision)) == decision)
    }

    @Test("the quick writer says the same as the coder, key by key", arguments: queries)
    func quickWriter(query: DecisionQuery) throws {
        try Self.check(Region.table.decide(query))
    }

    /// Holds the quick writer and the coder against each other and against the decision itself.
    static func check(_ decision: Decision) throws {
        var bytes: [UInt8] = Array("x".utf8)
        DecisionJSON.append(decision, to: &bytes)
        #expect(bytes.first == UInt8(ascii: "x"))
        let quick = Data(bytes.dropFirst())
        #expect(try JSONDecoder().decode(Decision.self, from: quick) == decision)
        func object(_ data: Data) throws -> NSDictionary {
            try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
        }
        #expect(try object(quick) == object(JSONEncoder().encode(decision)))
    }

    @Test("the quick writer escapes what a road's name may hold")
    func quickWriterEscapes() throws {
        let name = "Ch\u{e2}teau \"Road\" \\ \u{1}\n\u{2028}😀"
        let road = Region.road("a\"b", name, "brindle-bay", .local)
        let decision = Region.decide("road.surface", Region.place("brindle-bay", roads: [road]))
        var bytes: [UInt8] = []
        DecisionJSON.append(decision, to: &bytes)
        #expect(try JSONDecoder().decode(Decision.self, from: Data(bytes)) == decision)
        #expect(decision.residentText.english.contains(name))
    }

    @Test("an agreement survives JSON too, so that a version can be stored and replayed")
    func agreementRoundTrip() throws {
        let sets = Region.agreement.ruleSets
        #expect(try JSONDecoder().decode([RuleSet].self, from: JSONEncoder().encode(sets)) == sets)
    }

    @Test("keys are snake case and the lead says its kind")
    func keys() throws {
        let json = try RouteStory.json(Region.table.decide(Self.queries[1]))
        for key in [
            "also_told", "as_of", "resident_text", "rule_id", "rule_version", "staff_text", "public_type", "owner_kind",
        ] {
            #expect(json.contains("\"\(key)\""), "\(key)")
        }
        #expect(json.contains("\"jurisdiction_id\" : \"maplewater\""))
        #expect(json.contains("\"as_of\" : \"2026-11-18T17:00:00Z\""))
        #expect(!json.contains("\\/"))
    }

    @Test("no sentence shows a blank or a brace, in either language", arguments: queries)
    func noBraces(query: DecisionQuery) {
        let decision = Region.table.decide(query)
        let texts =
            [decision.residentText, decision.staffText] + decision.rejected.map(\.reason)
            + decision.alsoTold.map(\.reason)
        for text in texts.flatMap({ [$0.english, $0.french] }) {
            #expect(
                !text.contains("{") && !text.contains("}") && !text.contains("  ") && !text.contains("Optional"),
                "\(text)"
            )
            #expect(!text.isEmpty)
        }
    }

    @Test("the story names the body, the row, who was rejected and what to ask, in both languages")
    func story() {
        let asked = Region.table.decide(Self.queries[0])
        let english = RouteStory(asked, of: Self.queries[0], table: Region.table).text(.english)
        #expect(english.hasPrefix("Two roads meet here. Which one do you mean?"))
        #expect(
            english.contains(
                "* rr25-1: Regional Road 25 (the Region), 4.0 m → Regional Municipality of Maplewater (tenant maplewater)"
            )
        )
        let settled = Region.table.decide(Self.queries[1])
        let french = RouteStory(settled, of: Self.queries[1], table: Region.table).text(.french)
        #expect(french.hasPrefix("C’est le travail de la Région, car Regional Road 25 est une route régionale."))
        #expect(french.contains("Règle            road-upper (2026-01, rules.yml:"))
        #expect(
            french.contains("Pas              Town of Brindle Bay")
                || french.contains("Pas              Ville de Brindle Bay")
        )
    }

    @Test("rules about other parts cost a decision nothing")
    func otherPartsCostNothing() throws {
        let set = try #require(Region.agreement.ruleSets.first)
        let further = (0..<2_000).map { number in
            CompletenessCheckTests.rule(id: "further-\(number)", parts: ["corp.foi"], lead: .municipality) {
                $0.roads = ["road-\(number)"]
            }
        }
        let large = RuleSet(
            version: set.version,
            validFrom: set.validFrom,
            timeZone: set.timeZone,
            parts: set.parts,
            rules: set.rules + further,
            alsoTold: set.alsoTold,
            partners: set.partners,
            shortNames: set.shortNames,
            roadAgreements: set.roadAgreements
        )
        let many = RoutingTable([large], jurisdictions: Region.bodies)
        let query = Self.queries[1]
        #expect(many.decide(query) == Region.table.decide(query))
        let clock = ContinuousClock()
        var best = (few: Duration.seconds(60), many: Duration.seconds(60))
        // Interleaved and the best of each, so that a busy machine weighs on both alike.
        for _ in 0..<60 {
            best.few = min(best.few, clock.measure { _ = Region.table.decide(query) })
            best.many = min(best.many, clock.measure { _ = many.decide(query) })
        }
        #expect(best.many < best.few * 3, "\(best)")
    }
}
