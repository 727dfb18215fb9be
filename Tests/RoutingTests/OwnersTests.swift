import Domain
import Testing

@Suite("Owners that are neither town nor region")
struct OwnersTests {
    @Test(
        "every kind of road owner leads somewhere",
        arguments: [
            // kind, owner, expected lead of a pothole in Cobbleford
            (RoadOwnerKind.local, "cobbleford", Lead.tenant("cobbleford")),
            (.upper, "maplewater", .tenant("maplewater")),
            (.provincial, "ontario", .partner("ontario")),
            (.federal, "canada", .partner("federal-lands")),
            (.firstNation, "somebody", .partner("first-nation-lands")),
            (.privateRoad, "private", .partner("private-owner")),
            (.unassumed, "some-builder", .partner("developer")),
            (.outside, "hartwick", .partner("hartwick")),
            (.unknown, "", .tenant("maplewater")),
        ] as [(RoadOwnerKind, String, Lead)]
    )
    func pothole(kind: RoadOwnerKind, owner: String, lead: Lead) {
        let road = Region.road("x", "Some Road", owner, kind)
        let decision = Region.decide("road.surface", Region.place("cobbleford", roads: [road]))
        #expect(decision.lead == lead)
        #expect(decision.mode == (lead.tenantID == nil ? .refer : .take))
        #expect(!decision.residentText.english.contains("{"))
        #expect(!decision.residentText.french.contains("{"))
    }

    @Test("without a road near by a pothole is the municipality's")
    func noRoad() {
        let decision = Region.decide("road.surface", Region.place("cobbleford"))
        #expect(decision.lead == .tenant("cobbleford"))
        #expect(decision.ruleID == "road-none-near")
    }

    @Test("a provincial highway's sentence names the highway and the number to dial")
    func highway() {
        let road = Region.road("hw7-2", "Highway 7", "ontario", .provincial)
        let decision = Region.decide("road.surface", Region.place("dunmore-mills", roads: [road]))
        #expect(
            decision.residentText.english
                == "Not a municipal matter here: Highway 7 is a provincial highway. "
                + "The Province (Ontario highways, 511) looks after it: 511."
        )
    }

    @Test(
        "a new street is its builder's until the town takes it over, and the town's from that day on",
        arguments: [
            ("2026-11-18", Lead.partner("larkfield-homes"), "road-unassumed-meadowlark"),
            ("2027-05-31", .partner("larkfield-homes"), "road-unassumed-meadowlark"),
            ("2027-06-01", .tenant("cobbleford"), "road-local"),
        ] as [(String, Lead, String)]
    )
    func unassumed(day: String, lead: Lead, rule: String) {
        let change = RoadOwnerChange(on: "2027-06-01", owner: "cobbleford", ownerKind: .local)
        let road = Region.road("cf-meadowlark", "Meadowlark Crescent", "larkfield-homes", .unassumed, change: change)
        let decision = Region.decide(
            "road.surface",
            Region.place("cobbleford", roads: [road]),
            at: Region.instant("\(day)T17:00:00Z")
        )
        #expect(decision.lead == lead)
        #expect(decision.ruleID == rule)
    }

    @Test("snow on a new street is the town's even before it takes the street over")
    func snowOnNewStreet() {
        let road = Region.road("cf-meadowlark", "Meadowlark Crescent", "larkfield-homes", .unassumed)
        #expect(Region.decide("winter.road", Region.place("cobbleford", roads: [road])).lead == .tenant("cobbleford"))
    }

    @Test("a swap agreement for one regional stretch beats the general rule, for plowing only")
    func winterSwap() {
        let king = Region.road("rr12-2", "King Street", "maplewater", .upper)
        let place = Region.place("brindle-bay", roads: [king])
        #expect(Region.decide("winter.road", place).lead == .tenant("brindle-bay"))
        #expect(Region.decide("road.surface", place).lead == .tenant("maplewater"))
    }

    @Test(
        "police and water of the township are its own way",
        arguments: [
            ("police.nonemerg", "fallow", Lead.partner("opp-fallow")),
            ("police.nonemerg", "elmsbridge", .tenant("maplewater")),
            ("water.meter", "fallow", .tenant("fallow")),
            ("water.meter", "elmsbridge", .tenant("maplewater")),
            ("water.treat", "fallow", .tenant("maplewater")),
            ("water.bill", "dunmore-mills", .partner("dunmore-power")),
            ("water.bill", "brindle-bay", .tenant("maplewater")),
        ] as [(String, String, Lead)]
    )
    func perMunicipality(part: String, town: String, lead: Lead) {
        #expect(Region.decide(part, Region.place(town)).lead == lead)
    }

    @Test(
        "areas that cross municipal lines name their own body",
        arguments: [
            ("power.supply", "distributor", "northern-electric"), ("river.flood", "watershed", "cobble-river"),
            ("school.french_public", "school_french_public", "cs-grands-lacs"),
        ]
    )
    func areaOwners(part: String, layer: String, area: String) {
        let place = Region.place("fallow", other: [(layer, area)])
        #expect(Region.decide(part, place).lead == .partner(area))
        // Also inside the enclave: the wire is the distributor's wherever it hangs.
        let enclave = Region.place("greyhaven", other: [(layer, area)])
        #expect(Region.decide(part, enclave).lead == .partner(area))
    }

    @Test("where the layer has no area here, nobody is named rather than somebody wrong")
    func areaUnknown() {
        let decision = Region.decide("river.flood", Region.place("fallow"))
        #expect(decision.lead == .undecided)
        #expect(decision.flags == ["unknown_body"])
        #expect(decision.residentText.english == "We will find out who is responsible.")
    }
}
