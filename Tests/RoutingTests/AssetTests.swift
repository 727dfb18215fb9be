import Domain
import Testing

@testable import Routing

@Suite("Lights, bridges and bins: whose they are, and who looks after them")
struct AssetTests {
    private func elm(_ assets: [NearbyAsset], roads: [NearbyRoad] = []) -> PlaceFacts {
        Region.place("brindle-bay", roads: roads, other: [("distributor", "brindle-hydro")]).with(assets: assets)
    }

    @Test("a town's own light is the town's, and the sentence names it in both languages")
    func townLight() {
        let decision = Region.decide("light.street", elm([Region.light("2003", "brindle-bay")]))
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(decision.asset?.number == "2003")
        #expect(decision.ruleID == "light-recorded")
        #expect(
            decision.residentText
                == LocalizedText(
                    english: "This is the Town’s job, because street light 2003 is the Town’s.",
                    french: "C’est le travail de la Ville, propriétaire de l’élément suivant : lampadaire 2003."
                )
        )
        #expect(
            decision.staffText.english.contains("Asset: street light 2003 (light-2003), owner brindle-bay, 5.0 m away.")
        )
    }

    @Test("a distributor's own light is referred to it, with its number to call")
    func distributorLight() {
        let decision = Region.decide("light.street", elm([Region.light("2006", "brindle-hydro")]))
        #expect(decision.lead == .partner("brindle-hydro"))
        #expect(decision.mode == .refer)
        #expect(decision.residentText.english.contains("street light 2006 belongs to"))
        #expect(!decision.residentText.english.contains("{"))
    }

    @Test("owner is not operator: on the distributor's pole the town changes the lamp, and the sentence names both")
    func operatedLight() {
        let decision = Region.decide(
            "light.street",
            elm([Region.light("2009", "brindle-hydro", operatorID: "brindle-bay")])
        )
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(decision.ruleID == "light-operated")
        #expect(decision.residentText.english.contains("the Town looks after street light 2009"))
        #expect(decision.residentText.english.contains("Brindle Hydro"))
        #expect(decision.rejected.contains { $0.lead == .partner("brindle-hydro") })
    }

    @Test("two owners in reach are one question, the nearer preselected; the answer overrides the distance and is kept")
    func twoLights() {
        let place = elm([
            Region.light("2007", "brindle-bay", metres: 4.8), Region.light("H17", "brindle-hydro", metres: 6.4),
        ])
        let asked = Region.decide("light.street", place)
        #expect(asked.lead == .undecided)
        #expect(asked.question?.kind == .asset)
        #expect(
            asked.question?.text
                == LocalizedText(
                    english: "Which street light do you mean?",
                    french: "De quel lampadaire parlez-vous?"
                )
        )
        #expect(asked.question?.preselected == "light-2007")
        #expect(asked.question?.choices.map(\.label.english).first == "Street light 2007 (the Town)")
        #expect(asked.question?.choices.map(\.lead) == [.tenant("brindle-bay"), .partner("brindle-hydro")])

        // By its id, or by the number that is painted on it.
        for name in ["light-H17", "H17"] {
            let chosen = Region.decide("light.street", place, asset: name, rung: .asset)
            #expect(chosen.lead == .partner("brindle-hydro"))
            #expect(chosen.asset?.id == "light-H17")
            #expect(chosen.rung == .asset)
            #expect(chosen.confidence == .certain)
            #expect(chosen.rejected.map(\.lead) == [.tenant("brindle-bay")])
        }
        let unknown = Region.decide("light.street", place, asset: DecisionQuery.doNotKnow)
        #expect(unknown.lead == .tenant("brindle-bay"))
        #expect(unknown.flags == [Decision.Flag.notKnown])
        let wrong = Region.decide("light.street", place, asset: "9999")
        #expect(wrong.lead == .undecided)
        #expect(wrong.flags == [Decision.Flag.choiceIgnored])
    }

    @Test("several lights of one owner need no question")
    func oneOwner() {
        let place = elm([Region.light("2003", "brindle-bay"), Region.light("2004", "brindle-bay", metres: 9)])
        let decision = Region.decide("light.street", place)
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(decision.question == nil)
        #expect(decision.asset?.number == "2003")
    }

    @Test(
        "a light counts from its first day to its last",
        arguments: [
            ("2025-06-30", "light-distributor"), ("2025-07-01", "street-light"), ("2024-12-31", "street-light"),
        ]
    )
    func dates(day: String, rule: String) {
        let light = Region.light("2012", "brindle-hydro", from: "2025-01-01", until: "2025-06-30")
        let decision = Region.decide("light.street", elm([light]), at: Region.instant("\(day)T17:00:00Z"))
        #expect(decision.ruleID == rule)
        #expect((decision.asset == nil) == (rule == "street-light"))
    }

    @Test("where the register knows no light, the usual rule holds, on a border road too")
    func noLight() {
        #expect(Region.decide("light.street", elm([])).ruleID == "street-light")
        let townline = Region.road("townline-1", "Townline Road", "brindle-bay", .local, route: "townline", km: 6)
        let decision = Region.decide("light.street", Region.place("brindle-bay", roads: [townline]))
        #expect(decision.lead == .tenant("dunmore-mills"))
    }

    @Test("a matter that is about no asset does not look at any")
    func otherMatter() {
        let place = elm([Region.light("2006", "brindle-hydro")], roads: [Region.regional])
        let decision = Region.decide("road.surface", place)
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.asset == nil)
    }

    @Test("an agreement about one bridge beats the agreement about the road it carries")
    func bridge() {
        let townline = Region.road("townline-2", "Townline Road", "dunmore-mills", .local, route: "townline", km: 6)
        func bridge(_ id: String) -> NearbyAsset {
            NearbyAsset(
                id: id,
                kind: .bridge,
                name: "Townline Bridge",
                owner: "dunmore-mills",
                operatorID: "brindle-bay",
                road: "townline-2",
                metres: 0
            )
        }
        let place = Region.place("dunmore-mills", roads: [townline])
        #expect(
            Region.decide("road.bridge", place.with(assets: [bridge("townline-bridge")])).lead == .tenant("brindle-bay")
        )
        #expect(Region.decide("road.bridge", place.with(assets: [bridge("another")])).ruleID == "townline-east")
        #expect(Region.decide("road.surface", place).lead == .tenant("dunmore-mills"))
    }

    @Test("a basin goes by the road it lies in, not by the nearest road")
    func catchBasin() {
        let basin = NearbyAsset(
            id: "m4",
            kind: .catchBasin,
            number: "M4",
            owner: "brindle-bay",
            road: "bb-mill-service",
            metres: 6
        )
        let place = Region.place("brindle-bay", roads: [Region.regional, Region.local]).with(assets: [basin])
        #expect(Region.decide("drain.catchbasin", place).lead == .tenant("brindle-bay"))
        #expect(Region.decide("drain.flood", place).lead == .undecided)
    }

    @Test(
        "decisions with assets, names, kilometres and operators go through JSON unchanged, quick writer and coder alike"
    )
    func records() throws {
        let road = Region.road(
            "rr30",
            "Regional \"30\"",
            "maplewater",
            .upper,
            operatorID: "fallow",
            aliases: [RoadAlias(name: "Line 30", from: nil, until: "2030-01-01"), RoadAlias(name: "Old Road")],
            route: "rr30",
            km: 12.345
        )
        let light = Region.light("7", "brindle-hydro", operatorID: "brindle-bay", component: "x", from: "2020-01-01")
        let place = Region.place("fallow", roads: [road]).with(assets: [light])
        for part in ["light.street", "winter.road"] {
            try DecisionRecordTests.check(Region.decide(part, place))
        }
    }
}

@Suite("Owner is not operator")
struct OperatorTests {
    private let plowed = Region.road("rr30", "Regional Road 30", "maplewater", .upper, operatorID: "fallow")

    @Test("a town that plows the region's road leads for its snow, and for nothing else")
    func winter() {
        let place = Region.place("fallow", roads: [plowed])
        let snow = Region.decide("winter.road", place)
        #expect(snow.lead == .tenant("fallow"))
        #expect(
            snow.residentText
                == LocalizedText(
                    english: "By agreement the Township plows Regional Road 30, although it belongs to the Region.",
                    french:
                        "Selon une entente, le Canton déneige Regional Road 30, même si cette route appartient à la Région."
                )
        )
        #expect(snow.rejected.map(\.lead) == [.tenant("maplewater")])
        #expect(snow.staffText.english.contains("owner maplewater, operator fallow"))
        #expect(Region.decide("road.surface", place).lead == .tenant("maplewater"))
    }

    @Test(
        "a connecting link is the province's and kept by the city; the highway beyond it is the province's altogether"
    )
    func connectingLink() {
        let link = Region.road("hw7-link", "Highway 7", "ontario", .provincial, operatorID: "dunmore-mills")
        let decision = Region.decide("road.surface", Region.place("dunmore-mills", roads: [link]))
        #expect(decision.lead == .tenant("dunmore-mills"))
        #expect(decision.ruleID == "connecting-link")
        #expect(decision.residentText.english.contains("belongs to the Province"))
        #expect(decision.residentText.english.contains("the City looks after it here"))
        let beyond = Region.road("hw7-3", "Highway 7", "ontario", .provincial)
        #expect(
            Region.decide("road.surface", Region.place("dunmore-mills", roads: [beyond])).lead == .partner("ontario")
        )
    }

    @Test("an operator that is also the owner is no second body")
    func ownOperator() {
        let road = Region.road("x", "Regional Road 30", "maplewater", .upper, operatorID: "maplewater")
        let decision = Region.decide("winter.road", Region.place("fallow", roads: [road]))
        #expect(decision.ruleID == "road-upper")
    }

    @Test("land of others is referred to its owner, on the days it counts")
    func land() {
        func place(_ id: String, _ body: String, until: String? = nil) -> PlaceFacts {
            let area = CoveringArea(
                id: AreaID(trusted: id),
                layer: LayerName(trusted: "land"),
                name: id,
                jurisdictionID: JurisdictionID(trusted: body),
                until: until
            )
            return Region.place(.inside(Region.area("cobbleford")), areas: [Region.area("cobbleford"), area])
        }
        let harbour = Region.decide("bylaw.noise", place("brindle-harbour", "federal-lands"))
        #expect(harbour.lead == .partner("federal-lands"))
        #expect(harbour.residentText.english.contains("The federal property office looks after it: 1-800-555-0170."))
        #expect(
            Region.decide("park.grass", place("cedar-point", "first-nation-lands")).lead
                == .partner("first-nation-lands")
        )
        // What is the whole region's stays the whole region's.
        #expect(Region.decide("health.food", place("cedar-point", "first-nation-lands")).lead == .tenant("maplewater"))

        let lots = place("larkfield-phase-1", "larkfield-homes", until: "2027-05-31")
        #expect(Region.decide("road.sidewalk", lots).lead == .partner("larkfield-homes"))
        #expect(Region.decide("bylaw.noise", lots).lead == .tenant("cobbleford"))
        let after = Region.decide("road.sidewalk", lots, at: Region.instant("2027-06-01T17:00:00Z"))
        #expect(after.lead == .tenant("cobbleford"))
    }
}
