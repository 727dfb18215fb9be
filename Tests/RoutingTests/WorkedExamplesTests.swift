import Domain
import Testing

/// The worked examples of the facts about tiers, section 7, by their numbers.
@Suite("Worked examples on the region's agreement")
struct WorkedExamplesTests {
    @Test("1: a pothole on a regional road is the Region's, Transportation, and the sentence says so in both languages")
    func regionalRoad() {
        let decision = Region.decide("road.surface", Region.place("brindle-bay", roads: [Region.regional]))
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.department == "transportation")
        #expect(decision.mode == .take)
        #expect(decision.confidence == .certain)
        #expect(decision.ruleID == "road-upper")
        #expect(
            decision.residentText
                == LocalizedText(
                    english: "This is the Region’s job, because Regional Road 25 is a regional road.",
                    french: "C’est le travail de la Région, car Regional Road 25 est une route régionale."
                )
        )
        #expect(decision.rejected.map(\.lead) == [.tenant("brindle-bay")])
        #expect(
            decision.rejected.first?.reason.english
                == "Row road-none-near is more general: row road-upper names the road's owner."
        )
    }

    @Test("2: the same street further on, on its local section, is the town's")
    func localSection() {
        let king = Region.road("bb-king", "King Street", "brindle-bay", .local)
        let decision = Region.decide("road.surface", Region.place("brindle-bay", roads: [king]))
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(decision.residentText.english == "This is the Town’s job, because King Street is a local road.")
    }

    @Test("3: the sidewalk beside the regional road is the town's")
    func sidewalk() {
        let decision = Region.decide("road.sidewalk", Region.place("brindle-bay", roads: [Region.regional]))
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(
            decision.residentText
                == LocalizedText(
                    english: "This is the Town’s job, because the Town looks after sidewalks, even on regional roads.",
                    french:
                        "C’est le travail de la Ville, car la Ville s’occupe des trottoirs, même sur les routes régionales."
                )
        )
        // The owner of the road came into question, and the decision says why it is not meant.
        #expect(decision.rejected.map(\.lead) == [.tenant("maplewater")])
    }

    @Test(
        "4: snow is three matters on one corner: the road the Region's, the sidewalk the town's, the stop the transit owner's",
        arguments: [
            ("winter.road", "maplewater", "transportation"),
            ("winter.sidewalk", "brindle-bay", nil),
            ("transit.stop", "maplewater", "transit"),
        ] as [(String, String, String?)]
    )
    func snow(part: String, lead: String, department: String?) {
        let decision = Region.decide(part, Region.place("brindle-bay", roads: [Region.regional]))
        #expect(decision.lead == .tenant(lead))
        #expect(decision.department == department)
    }

    @Test(
        "5 and 6: missed garbage is the town's where the town collects its own, else the Region's",
        arguments: [
            ("cobbleford", "cobbleford"), ("brindle-bay", "maplewater"), ("dunmore-mills", "maplewater"),
            ("elmsbridge", "maplewater"), ("fallow", "maplewater"),
        ]
    )
    func garbage(municipality: String, lead: String) {
        let decision = Region.decide("waste.collect", Region.place(municipality))
        #expect(decision.lead == .tenant(lead))
        #expect(decision.confidence == .certain)
        if municipality == "cobbleford" {
            #expect(decision.rejected.map(\.lead) == [.tenant("maplewater")])
        }
    }

    @Test(
        "7: the blue box is the Region's until its day, then the contractor's; a shop in 2026 is told that it is not eligible",
        arguments: [
            // day, municipality, property, lead, mode, rule
            ("2023-03-01", "brindle-bay", "home", Lead.tenant("maplewater"), HandlingMode.take, "blue-box-region"),
            ("2024-12-31", "brindle-bay", "home", .tenant("maplewater"), .take, "blue-box-region"),
            ("2024-08-01", "fallow", "home", .partner("blue-box-contractor"), .refer, "blue-box-fallow-early"),
            ("2025-01-01", "brindle-bay", "home", .partner("blue-box-contractor"), .refer, "blue-box-contractor"),
            ("2026-02-01", "brindle-bay", "home", .partner("blue-box-contractor"), .refer, "blue-box-contractor"),
            ("2025-06-01", "brindle-bay", "shop", .partner("blue-box-contractor"), .refer, "blue-box-contractor"),
            ("2026-02-01", "brindle-bay", "shop", .tenant("maplewater"), .answer, "blue-box-not-eligible"),
        ] as [(String, String, String, Lead, HandlingMode, String)]
    )
    func blueBox(day: String, town: String, property: String, lead: Lead, mode: HandlingMode, rule: String) {
        let decision = Region.decide(
            "waste.bluebox",
            Region.place(town),
            property: property,
            at: Region.instant("\(day)T17:00:00Z")
        )
        #expect(decision.lead == lead)
        #expect(decision.mode == mode)
        #expect(decision.ruleID == rule)
        if rule == "blue-box-not-eligible" {
            #expect(decision.residentText.english.contains("not eligible"))
        }
        if rule == "blue-box-contractor", property == "home" {
            #expect(
                decision.rejected.first?.reason.english
                    == "Row blue-box-region was in force until December 31, 2024."
            )
        }
    }

    @Test(
        "8: noise by day is the by-law office's, at night the contractor's, the regional or the provincial police's",
        arguments: [
            // UTC, municipality, lead, mode; Toronto is five hours behind in November
            ("2026-11-18T17:00:00Z", "brindle-bay", Lead.tenant("brindle-bay"), HandlingMode.take),
            ("2026-11-18T07:00:00Z", "brindle-bay", .partner("shoreline-security"), .warmTransfer),
            ("2026-11-18T07:00:00Z", "elmsbridge", .tenant("maplewater"), .warmTransfer),
            ("2026-11-18T07:00:00Z", "fallow", .partner("opp-fallow"), .refer),
            ("2026-11-18T03:59:59Z", "elmsbridge", .tenant("elmsbridge"), .take),  // 22:59
            ("2026-11-18T04:00:00Z", "elmsbridge", .tenant("maplewater"), .warmTransfer),  // 23:00
            ("2026-11-18T12:00:00Z", "elmsbridge", .tenant("elmsbridge"), .take),  // 7:00
            ("2026-07-18T11:00:00Z", "elmsbridge", .tenant("elmsbridge"), .take),  // 7:00 in summer
            ("2026-07-18T10:59:59Z", "elmsbridge", .tenant("maplewater"), .warmTransfer),
        ] as [(String, String, Lead, HandlingMode)]
    )
    func noise(instant: String, town: String, lead: Lead, mode: HandlingMode) {
        let decision = Region.decide("bylaw.noise", Region.place(town), at: Region.instant(instant))
        #expect(decision.lead == lead)
        #expect(decision.mode == mode)
    }

    @Test("11: a dog bite is the town's by-law office's, and public health gets its own child")
    func dogBite() {
        let decision = Region.decide("animal.bite", Region.place("elmsbridge"))
        #expect(decision.lead == .tenant("elmsbridge"))
        #expect(decision.alsoTold.map(\.lead) == [.tenant("maplewater")])
        #expect(decision.alsoTold.first?.part == ServicePart(trusted: "health.rabies"))
        #expect(decision.alsoTold.first?.publicType == ServiceCode(trusted: "PH-BITE"))
        #expect(decision.alsoTold.first?.reason.english.contains("the Region") == true)
    }

    @Test(
        "12: on a boundary-line road the kilometre says which town keeps the whole width, whichever side one stands on",
        arguments: [
            // km, lead: 0 to 4 is the one town's, 4 to 9 the other's; the end of a stretch belongs to the next
            (0.0, "brindle-bay"), (2.5, "brindle-bay"), (3.999, "brindle-bay"), (4.0, "dunmore-mills"),
            (4.001, "dunmore-mills"), (8.985, "dunmore-mills"), (9.02, "dunmore-mills"),
        ]
    )
    func boundaryLine(km: Double, lead: String) {
        // The segment belongs to one town on its whole length; the agreement counts, not the segment.
        let townline = Region.road(
            "townline-1",
            "Townline Road",
            "brindle-bay",
            .local,
            speed: 60,
            route: "townline",
            km: km
        )
        for side in ["brindle-bay", "dunmore-mills"] {
            for part in ["road.surface", "road.sidewalk", "winter.road", "drain.ditch"] {
                let decision = Region.decide(part, Region.place(side, roads: [townline]))
                #expect(decision.lead == .tenant(lead), "\(part), side of \(side)")
                #expect(decision.residentText.english.hasPrefix("This place is on the border. By agreement"))
                #expect(decision.ruleID == (lead == "brindle-bay" ? "townline-west" : "townline-east"))
            }
        }
        // Exactly on the border both towns come into question, and the answer is the same.
        let border = Region.place(
            .contested([Region.area("brindle-bay"), Region.area("dunmore-mills")]),
            roads: [townline]
        )
        let decision = Region.decide("road.surface", border)
        #expect(decision.lead == .tenant(lead))
        #expect(decision.flags == ["contested_place"])
        #expect(decision.confidence == .likely)
    }

    @Test("12: where the kilometre is not known, the agreement decides nothing and the road's owner does")
    func boundaryLineWithoutKilometre() {
        let townline = Region.road("townline-1", "Townline Road", "brindle-bay", .local, route: "townline")
        let decision = Region.decide("road.surface", Region.place("dunmore-mills", roads: [townline]))
        #expect(decision.ruleID == "road-local")
    }

    @Test(
        "13: an enclave city is referred to itself, never to the Region",
        arguments: [
            "road.surface", "waste.collect", "police.nonemerg", "social.homeless", "health.food", "corp.tax",
            "water.bill",
        ]
    )
    func enclave(part: String) {
        let decision = Region.decide(part, Region.place("greyhaven"))
        #expect(decision.lead == .partner("greyhaven"))
        #expect(decision.mode == .refer)
        #expect(decision.rejected.map(\.lead) == [.tenant("maplewater")])
        #expect(
            decision.residentText.english
                == "This place is outside our region. The City of Greyhaven looks after it: 905-555-0140."
        )
    }

    @Test("14: between a regional and a local road the question is which road, the nearer one preselected")
    func twoRoads() {
        let place = Region.place("brindle-bay", roads: [Region.regional, Region.local])
        let asked = Region.decide("road.surface", place)
        #expect(asked.lead == .undecided)
        #expect(asked.confidence == .ask)
        #expect(asked.question?.kind == .road)
        #expect(asked.question?.text.english == "Two roads meet here. Which one do you mean?")
        #expect(asked.question?.preselected == "rr25-1")
        #expect(asked.question?.choices.map(\.lead) == [.tenant("maplewater"), .tenant("brindle-bay")])
        #expect(asked.question?.choices.map(\.label.english).first == "Regional Road 25 (the Region)")

        let regional = Region.decide("road.surface", place, road: "rr25-1")
        #expect(regional.lead == .tenant("maplewater"))
        let local = Region.decide("road.surface", place, road: "bb-mill-service")
        #expect(local.lead == .tenant("brindle-bay"))
        #expect(
            local.rejected.contains {
                $0.lead == .tenant("maplewater") && $0.reason.english.contains("Regional Road 25")
            }
        )

        let unsure = Region.decide("road.surface", place, road: DecisionQuery.doNotKnow)
        #expect(unsure.lead == .tenant("maplewater"))
        #expect(unsure.flags == ["answered_do_not_know"])

        // The sidewalk is the town's on either road, so nothing is asked.
        let sidewalk = Region.decide("road.sidewalk", place)
        #expect(sidewalk.lead == .tenant("brindle-bay"))
        #expect(sidewalk.question == nil)
    }

    @Test(
        "15: a change of tier on 2027-01-01 leaves a request of the day before with the old body",
        arguments: [("2026-12-30", "fallow"), ("2026-12-31", "fallow"), ("2027-01-01", "maplewater")]
    )
    func tierChange(day: String, lead: String) {
        let decision = Region.decide(
            "water.distribute",
            Region.place("fallow"),
            at: Region.instant("\(day)T17:00:00Z")
        )
        #expect(decision.lead == .tenant(lead))
    }

    @Test("15: the change takes place at midnight in Toronto, not in Greenwich")
    func tierChangeAtMidnight() {
        let before = Region.decide(
            "water.distribute",
            Region.place("fallow"),
            at: Region.instant("2027-01-01T04:59:59Z")
        )
        let after = Region.decide(
            "water.distribute",
            Region.place("fallow"),
            at: Region.instant("2027-01-01T05:00:00Z")
        )
        #expect(before.lead == .tenant("fallow"))
        #expect(after.lead == .tenant("maplewater"))
    }

    @Test("16: a tree on a wire tells the distributor first, then goes to whoever owns the land")
    func treeOnWire() {
        let place = Region.place("brindle-bay", roads: [Region.regional], other: [("distributor", "brindle-hydro")])
        let decision = Region.decide("tree.hazard", place, answers: ["PLACE": ["wire"]])
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.alsoTold.map(\.lead) == [.partner("brindle-hydro")])
        #expect(decision.alsoTold.first?.first == true)
        let harmless = Region.decide("tree.hazard", place, answers: ["PLACE": ["road"]])
        #expect(harmless.alsoTold.isEmpty)
    }

    @Test("17: who says Highway 7 where the highway was handed over means the regional road of that old name")
    func highwayName() {
        let regional = Region.road(
            "rr7",
            "Regional Road 7",
            "maplewater",
            .upper,
            metres: 9,
            aliases: [RoadAlias(name: "Highway 7", from: "2021-04-01")]
        )
        let street = Region.road("eb-main-street", "Main Street", "elmsbridge", .local, metres: 3)
        let place = Region.place("elmsbridge", roads: [street, regional])
        #expect(Region.decide("road.surface", place).question?.kind == .road)
        for name in ["Highway 7", "hwy 7", "HWY. 7", "RR 7", "regional rd 7"] {
            let decision = Region.decide("road.surface", place, roadName: name)
            #expect(decision.lead == .tenant("maplewater"), "\(name)")
            #expect(decision.road?.id == "rr7")
            #expect(decision.flags == ["road_by_name"])
            #expect(decision.rejected.contains { $0.lead == .tenant("elmsbridge") })
        }
        // Before the handing over nobody called the regional road so, and a name nobody knows settles nothing.
        let before = Region.decide(
            "road.surface",
            place,
            roadName: "Highway 7",
            at: Region.instant("2021-03-31T16:00:00Z")
        )
        #expect(before.lead == .undecided)
        #expect(before.flags == ["road_name_unknown"])
        #expect(Region.decide("road.surface", place, roadName: "Highway 70").lead == .undecided)
    }

    @Test("17: where two roads bear the spoken name, the question is which")
    func ambiguousName() {
        let regional = Region.road(
            "rr7",
            "Regional Road 7",
            "maplewater",
            .upper,
            aliases: [RoadAlias(name: "Highway 7")]
        )
        let province = Region.road("hw7-3", "Highway 7", "ontario", .provincial, metres: 8)
        let street = Region.road("x", "Main Street", "elmsbridge", .local, metres: 12)
        let decision = Region.decide(
            "road.surface",
            Region.place("elmsbridge", roads: [regional, province, street]),
            roadName: "Highway 7"
        )
        #expect(decision.lead == .undecided)
        #expect(decision.question?.choices.map(\.key) == ["rr7", "hw7-3"])
        #expect(decision.question?.preselected == "rr7")
        let chosen = Region.decide(
            "road.surface",
            Region.place("elmsbridge", roads: [regional, province, street]),
            road: "hw7-3",
            roadName: "Highway 7"
        )
        #expect(chosen.lead == .partner("ontario"))
    }

    @Test(
        "19: a needle in a park is the park's owner's, on private land the answer is how to dispose of it",
        arguments: [
            ("park", Lead.tenant("dunmore-mills"), HandlingMode.take),
            ("private", .tenant("maplewater"), .answer),
            ("street", .tenant("maplewater"), .take),
        ] as [(String, Lead, HandlingMode)]
    )
    func needle(property: String, lead: Lead, mode: HandlingMode) {
        let decision = Region.decide("health.needle", Region.place("dunmore-mills"), property: property)
        #expect(decision.lead == lead)
        #expect(decision.mode == mode)
        #expect(decision.question == nil)
    }

    @Test("19: where nobody said what land it is, public health takes it and the question stays open")
    func needleUnasked() {
        let decision = Region.decide("health.needle", Region.place("dunmore-mills"))
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.confidence == .likely)
        #expect(decision.question?.kind == .propertyType)
        #expect(
            decision.question?.choices.map(\.lead)
                == [.tenant("maplewater"), .tenant("dunmore-mills"), .tenant("maplewater")]
        )
    }

    @Test(
        "20: grass beside a regional road is the town's up to 60 km/h and the Region's above",
        arguments: [
            (50, "brindle-bay"), (60, "brindle-bay"), (61, "maplewater"), (80, "maplewater"), (nil, "brindle-bay"),
        ]
            as [(Int?, String)]
    )
    func grass(limit: Int?, lead: String) {
        let road = Region.road("rr25-2", "Regional Road 25", "maplewater", .upper, speed: limit)
        let decision = Region.decide("park.grass", Region.place("brindle-bay", roads: [road]))
        #expect(decision.lead == .tenant(lead))
    }
}
